package dev.havenkeep.servers;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The {@code servers} table. */
@Repository
class ServerStore {

    private final Database database;

    ServerStore(Database database) {
        this.database = database;
    }

    Optional<Server> find(ServerId id) {
        return database.read()
                .sql("SELECT * FROM servers WHERE id = :id")
                .param("id", id.value())
                .query(ServerStore::server)
                .optional();
    }

    Optional<String> sealedPrivateKey(ServerId id) {
        return database.read()
                .sql("SELECT private_key FROM servers WHERE id = :id AND private_key IS NOT NULL")
                .param("id", id.value())
                .query(String.class)
                .optional();
    }

    List<Server> list(TeamId team, Paging paging) {
        return database.read()
                .sql("""
                        SELECT * FROM servers
                        WHERE team_id = :team AND id > :after
                        ORDER BY id
                        LIMIT :rows
                        """)
                .param("team", team.value())
                .param("after", paging.after() == null ? "" : paging.after())
                .param("rows", paging.rows())
                .query(ServerStore::server)
                .list();
    }

    List<Server> all() {
        return database.read()
                .sql("SELECT * FROM servers ORDER BY id")
                .query(ServerStore::server)
                .list();
    }

    Optional<Server> findByName(TeamId team, ServerName name) {
        return database.read()
                .sql("SELECT * FROM servers WHERE team_id = :team AND name = :name")
                .param("team", team.value())
                .param("name", name.value())
                .query(ServerStore::server)
                .optional();
    }

    /** Answers false when the team has a server of this name already. */
    boolean insert(Server server, @Nullable String sealedPrivateKey) {
        return bind(database.write().sql("""
                        INSERT INTO servers (id, team_id, name, kind, host, port, username, public_key, private_key,
                            host_key, pending_host_key, version, created_at, updated_at)
                        VALUES (:id, :team, :name, :kind, :host, :port, :username, :publicKey, :privateKey,
                            :hostKey, :pendingHostKey, :version, :createdAt, :updatedAt)
                        ON CONFLICT (team_id, name) DO NOTHING
                        """), server)
                        .param("team", server.team().value())
                        .param("createdAt", server.createdAt().toEpochMilli())
                        .param("privateKey", sealedPrivateKey)
                        .update()
                == 1;
    }

    /**
     * Writes everything but the team and the private key.
     *
     * @return false when the row is no longer at the version before
     */
    boolean update(Server server) {
        return bind(database.write().sql("""
                        UPDATE servers
                        SET name = :name, kind = :kind, host = :host, port = :port, username = :username,
                            public_key = :publicKey, host_key = :hostKey, pending_host_key = :pendingHostKey,
                            version = :version, updated_at = :updatedAt
                        WHERE id = :id AND version = :before
                        """), server)
                        .param("before", server.version() - 1)
                        .update()
                == 1;
    }

    void setPrivateKey(ServerId id, String sealedPrivateKey) {
        database.write()
                .sql("UPDATE servers SET private_key = :privateKey WHERE id = :id")
                .param("privateKey", sealedPrivateKey)
                .param("id", id.value())
                .update();
    }

    /** Remembers a host key seen at first contact, unless one is pinned or pending already. */
    void offerHostKey(ServerId id, String hostKey) {
        database.write()
                .sql("""
                        UPDATE servers SET pending_host_key = :hostKey, version = version + 1
                        WHERE id = :id AND host_key IS NULL
                            AND (pending_host_key IS NULL OR pending_host_key <> :hostKey)
                        """)
                .param("hostKey", hostKey)
                .param("id", id.value())
                .update();
    }

    Optional<Server> findByEngine(String engine) {
        return database.read()
                .sql("SELECT * FROM servers WHERE engine_id = :engine")
                .param("engine", engine)
                .query(ServerStore::server)
                .optional();
    }

    /** Notes which engine answers there; no change that a person made. */
    void setEngine(ServerId id, String engine) {
        database.write()
                .sql("UPDATE servers SET engine_id = :engine WHERE id = :id")
                .param("engine", engine)
                .param("id", id.value())
                .update();
    }

    boolean delete(ServerId id) {
        return database.write()
                        .sql("DELETE FROM servers WHERE id = :id")
                        .param("id", id.value())
                        .update()
                == 1;
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Server server) {
        Server.Reach.@Nullable Ssh ssh = server.reach() instanceof Server.Reach.Ssh reach ? reach : null;
        return statement
                .param("id", server.id().value())
                .param("name", server.name().value())
                .param("kind", ssh == null ? "local" : "ssh")
                .param("host", ssh == null ? null : ssh.host())
                .param("port", ssh == null ? null : ssh.port())
                .param("username", ssh == null ? null : ssh.user())
                .param("publicKey", ssh == null ? null : ssh.publicKey())
                .param("hostKey", ssh == null ? null : ssh.hostKey())
                .param("pendingHostKey", ssh == null ? null : ssh.pendingHostKey())
                .param("version", server.version())
                .param("updatedAt", server.updatedAt().toEpochMilli());
    }

    private static Server server(ResultSet row, int number) throws SQLException {
        return new Server(
                new ServerId(row.getString("id")),
                new TeamId(row.getString("team_id")),
                new ServerName(row.getString("name")),
                reach(row),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    private static Server.Reach reach(ResultSet row) throws SQLException {
        return switch (row.getString("kind")) {
            case "local" -> new Server.Reach.Local();
            case "ssh" ->
                new Server.Reach.Ssh(
                        row.getString("host"),
                        row.getInt("port"),
                        row.getString("username"),
                        row.getString("public_key"),
                        row.getString("host_key"),
                        row.getString("pending_host_key"));
            default -> throw new IllegalStateException("A server of the kind " + row.getString("kind"));
        };
    }
}
