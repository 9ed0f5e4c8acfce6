package dev.havenkeep.realms;

import dev.havenkeep.connections.ConnectionSettings;
import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The SQL of a realm's connections. The secret is sealed apart from the document, in which it redacts itself. */
@Repository
class ConnectionStore {

    private record Document(String label, ConnectionSettings settings) {}

    private final Json json;
    private final SecretBox box;

    ConnectionStore(Json json, SecretBox box) {
        this.json = json;
        this.box = box;
    }

    Optional<Connection> find(RealmDatabase store, ConnectionId id) {
        return store.read("SELECT * FROM {realm}.connections WHERE id = :id")
                .param("id", id.value())
                .query((row, _) -> connection(store.realm(), row))
                .optional();
    }

    Optional<Connection> named(RealmDatabase store, String name) {
        return store.read("SELECT * FROM {realm}.connections WHERE name = :name")
                .param("name", name)
                .query((row, _) -> connection(store.realm(), row))
                .optional();
    }

    List<Connection> enabled(RealmDatabase store) {
        return store.read("SELECT * FROM {realm}.connections WHERE enabled = TRUE ORDER BY id")
                .query((row, _) -> connection(store.realm(), row))
                .list();
    }

    List<Connection> list(RealmDatabase store, @Nullable String after, int rows) {
        return store.read("SELECT * FROM {realm}.connections WHERE id > :after ORDER BY id LIMIT :rows")
                .param("after", after == null ? "" : after)
                .param("rows", rows)
                .query((row, _) -> connection(store.realm(), row))
                .list();
    }

    /** Whether the name was free. */
    boolean insert(RealmDatabase store, Connection connection) {
        return store.write("""
                        INSERT INTO {realm}.connections (id, name, kind, document, sealed_secret, enabled, version,
                            created_at, changed_at)
                        VALUES (:id, :name, :kind, :document, :secret, :enabled, :version, :created, :changed)
                        ON CONFLICT (name) DO NOTHING""")
                        .param("id", connection.id().value())
                        .param("name", connection.name().value())
                        .param("kind", connection.settings().kind().wireName())
                        .param("document", document(connection))
                        .param("secret", sealed(store.realm(), connection))
                        .param("enabled", connection.offer().enabled())
                        .param("version", connection.version())
                        .param("created", connection.createdAt().toEpochMilli())
                        .param("changed", connection.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    /** Whether the connection was still of the version before this one. */
    boolean update(RealmDatabase store, Connection connection) {
        return store.write("""
                        UPDATE {realm}.connections SET kind = :kind, document = :document, sealed_secret = :secret,
                            enabled = :enabled, version = :version, changed_at = :changed
                        WHERE id = :id AND version = :version - 1""")
                        .param("id", connection.id().value())
                        .param("kind", connection.settings().kind().wireName())
                        .param("document", document(connection))
                        .param("secret", sealed(store.realm(), connection))
                        .param("enabled", connection.offer().enabled())
                        .param("version", connection.version())
                        .param("changed", connection.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    void delete(RealmDatabase store, ConnectionId id) {
        store.write("DELETE FROM {realm}.connections WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    private String document(Connection connection) {
        return json.write(new Document(connection.offer().label().value(), connection.settings()));
    }

    private @Nullable String sealed(RealmId realm, Connection connection) {
        Secret secret = connection.settings().secret();
        return secret.reveal().isEmpty() ? null : box.seal(secret, owner(realm, connection.id()));
    }

    private Connection connection(RealmId realm, ResultSet row) throws SQLException {
        ConnectionId id = new ConnectionId(row.getString("id"));
        Document document = json.read(row.getString("document"), Document.class);
        String sealed = row.getString("sealed_secret");
        return new Connection(
                id,
                new ConnectionName(row.getString("name")),
                new Connection.Offer(new DisplayName(document.label()), row.getBoolean("enabled")),
                document.settings().withSecret(sealed == null ? Secret.of("") : box.open(sealed, owner(realm, id))),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private static String owner(RealmId realm, ConnectionId id) {
        return "realm/" + realm + "/connection/" + id + "/secret";
    }
}
