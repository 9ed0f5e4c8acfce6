package dev.havenkeep.realms;

import dev.havenkeep.kernel.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The SQL of a realm's clients. */
@Repository
class ClientStore {

    /** A client and the keyed hash of its secret, if it has one. */
    record Row(Client client, @Nullable String secretMac) {}

    private final Json json;

    ClientStore(Json json) {
        this.json = json;
    }

    Optional<Row> find(RealmDatabase store, ClientId id) {
        return store.read("SELECT * FROM {realm}.clients WHERE id = :id")
                .param("id", id.value())
                .query(this::row)
                .optional();
    }

    Optional<Row> withClientId(RealmDatabase store, String clientId) {
        return store.read("SELECT * FROM {realm}.clients WHERE client_id = :id")
                .param("id", clientId)
                .query(this::row)
                .optional();
    }

    List<Client> list(RealmDatabase store, @Nullable String after, int rows) {
        return store.read("SELECT * FROM {realm}.clients WHERE id > :after ORDER BY id LIMIT :rows")
                .param("after", after == null ? "" : after)
                .param("rows", rows)
                .query((row, number) -> row(row, number).client())
                .list();
    }

    /** Whether the client_id was free. */
    boolean insert(RealmDatabase store, Client client, @Nullable String secretMac) {
        return store.write("""
                        INSERT INTO {realm}.clients (id, client_id, name, secret_mac, document, version, created_at,
                            changed_at)
                        VALUES (:id, :clientId, :name, :mac, :document, :version, :created, :changed)
                        ON CONFLICT (client_id) DO NOTHING""")
                        .param("id", client.id().value())
                        .param("clientId", client.clientId())
                        .param("name", client.settings().name())
                        .param("mac", secretMac)
                        .param("document", json.write(client.settings()))
                        .param("version", client.version())
                        .param("created", client.createdAt().toEpochMilli())
                        .param("changed", client.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    /** Whether the client was still of the version before this one. */
    boolean update(RealmDatabase store, Client client, @Nullable String secretMac) {
        return store.write("""
                        UPDATE {realm}.clients SET name = :name, secret_mac = :mac, document = :document,
                            version = :version, changed_at = :changed
                        WHERE id = :id AND version = :version - 1""")
                        .param("id", client.id().value())
                        .param("name", client.settings().name())
                        .param("mac", secretMac)
                        .param("document", json.write(client.settings()))
                        .param("version", client.version())
                        .param("changed", client.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    void delete(RealmDatabase store, ClientId id) {
        store.write("DELETE FROM {realm}.clients WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    private Row row(ResultSet row, int number) throws SQLException {
        String mac = row.getString("secret_mac");
        return new Row(
                new Client(
                        new ClientId(row.getString("id")),
                        row.getString("client_id"),
                        mac != null,
                        json.read(row.getString("document"), ClientSettings.class),
                        row.getLong("version"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("changed_at"))),
                mac);
    }
}
