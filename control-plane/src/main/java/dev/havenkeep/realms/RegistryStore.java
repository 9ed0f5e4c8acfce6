package dev.havenkeep.realms;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The table of realms in the installation's database. */
@Repository
class RegistryStore {

    private final Database database;

    RegistryStore(Database database) {
        this.database = database;
    }

    Optional<Realm> find(RealmId id) {
        return database.read()
                .sql("SELECT * FROM realms WHERE id = :id")
                .param("id", id.value())
                .query(RegistryStore::realm)
                .optional();
    }

    Optional<RealmStores.Place> place(RealmId id) {
        return database.read()
                .sql("SELECT * FROM realms WHERE id = :id")
                .param("id", id.value())
                .query((row, _) -> new RealmStores.Place(
                        new RealmId(row.getString("id")), row.getString("schema_name"), row.getString("sealed_access")))
                .optional();
    }

    Optional<Realm> named(RealmName name) {
        return database.read()
                .sql("SELECT * FROM realms WHERE name = :name")
                .param("name", name.value())
                .query(RegistryStore::realm)
                .optional();
    }

    Optional<Realm> atHost(String host) {
        return database.read()
                .sql("SELECT * FROM realms WHERE host = :host")
                .param("host", host)
                .query(RegistryStore::realm)
                .optional();
    }

    List<Realm> list(TeamId team, Paging paging) {
        return database.read()
                .sql("SELECT * FROM realms WHERE team_id = :team AND id > :after ORDER BY id LIMIT :rows")
                .param("team", team.value())
                .param("after", paging.after() == null ? "" : paging.after())
                .param("rows", paging.rows())
                .query(RegistryStore::realm)
                .list();
    }

    List<Realm> all() {
        return database.read()
                .sql("SELECT * FROM realms ORDER BY id")
                .query(RegistryStore::realm)
                .list();
    }

    void insert(Realm realm, RealmStores.Place place) {
        database.write()
                .sql("""
                        INSERT INTO realms (id, team_id, name, host, schema_name, sealed_access, version, created_at,
                            changed_at)
                        VALUES (:id, :team, :name, :host, :schema, :access, :version, :created, :changed)""")
                .param("id", realm.id().value())
                .param("team", realm.teamId() == null ? null : realm.teamId().value())
                .param("name", realm.name().value())
                .param("host", realm.host())
                .param("schema", place.schema())
                .param("access", place.sealedAccess())
                .param("version", realm.version())
                .param("created", realm.createdAt().toEpochMilli())
                .param("changed", realm.changedAt().toEpochMilli())
                .update();
    }

    /** Whether the realm was still of the version before this one. */
    boolean update(Realm realm) {
        return database.write()
                        .sql("""
                                UPDATE realms SET host = :host, version = :version, changed_at = :changed
                                WHERE id = :id AND version = :version - 1""")
                        .param("id", realm.id().value())
                        .param("host", realm.host())
                        .param("version", realm.version())
                        .param("changed", realm.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    void delete(RealmId id) {
        database.write()
                .sql("DELETE FROM realms WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    private static Realm realm(ResultSet row, int number) throws SQLException {
        String team = row.getString("team_id");
        return new Realm(
                new RealmId(row.getString("id")),
                team == null ? null : new TeamId(team),
                new RealmName(row.getString("name")),
                row.getString("host"),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }
}
