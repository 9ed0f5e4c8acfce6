package dev.havenkeep.sources;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tables {@code git_credentials} and {@code git_host_keys}. */
@Component
class GitCredentialStore {

    private static final String COLUMNS = "id, team_id, name, kind, username, sealed_secret, public_key, created_at";

    private final Database database;
    private final InstantSource clock;

    GitCredentialStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether it was stored; false when the team has one of that name. */
    boolean insert(GitCredential credential) {
        return database.write()
                        .sql("""
                        INSERT INTO git_credentials (id, team_id, name, kind, username, sealed_secret, public_key, created_at)
                        VALUES (:id, :team, :name, :kind, :username, :secret, :publicKey, :createdAt)
                        ON CONFLICT (team_id, name) DO NOTHING
                        """)
                        .param("id", credential.id().value())
                        .param("team", credential.team().value())
                        .param("name", credential.name())
                        .param("kind", credential.kind().text())
                        .param("username", credential.username())
                        .param("secret", credential.sealedSecret())
                        .param("publicKey", credential.publicKey())
                        .param("createdAt", credential.createdAt().toEpochMilli())
                        .update()
                == 1;
    }

    List<GitCredential> list(TeamId team, Paging paging) {
        String after = paging.after();
        return database.read()
                .sql("SELECT " + COLUMNS + """
                         FROM git_credentials WHERE team_id = :team AND id > :after ORDER BY id LIMIT :rows
                        """)
                .param("team", team.value())
                .param("after", after == null ? "" : after)
                .param("rows", paging.rows())
                .query(GitCredentialStore::row)
                .list();
    }

    Optional<GitCredential> find(GitCredentialId id) {
        return database.read()
                .sql("SELECT " + COLUMNS + " FROM git_credentials WHERE id = :id")
                .param("id", id.value())
                .query(GitCredentialStore::row)
                .optional();
    }

    void delete(GitCredentialId id) {
        database.write()
                .sql("DELETE FROM git_credentials WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** The host key that a credential knows a server by, if it has met it. */
    @Nullable
    String hostKey(GitCredentialId id, String server) {
        return database.read()
                .sql("SELECT host_key FROM git_host_keys WHERE credential_id = :id AND server = :server")
                .param("id", id.value())
                .param("server", server)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Records a server's first host key; one that is there already stays. */
    void pinHostKey(GitCredentialId id, String server, String key) {
        database.write()
                .sql("""
                        INSERT INTO git_host_keys (credential_id, server, host_key, first_seen_at)
                        VALUES (:id, :server, :key, :now)
                        ON CONFLICT (credential_id, server) DO NOTHING
                        """)
                .param("id", id.value())
                .param("server", server)
                .param("key", key)
                .param("now", clock.millis())
                .update();
    }

    List<PinnedHost> hostKeys(GitCredentialId id) {
        return database.read()
                .sql(
                        "SELECT server, host_key, first_seen_at FROM git_host_keys WHERE credential_id = :id ORDER BY server")
                .param("id", id.value())
                .query((row, number) -> new PinnedHost(
                        row.getString("server"),
                        row.getString("host_key"),
                        Instant.ofEpochMilli(row.getLong("first_seen_at"))))
                .list();
    }

    void forgetHostKeys(GitCredentialId id) {
        database.write()
                .sql("DELETE FROM git_host_keys WHERE credential_id = :id")
                .param("id", id.value())
                .update();
    }

    /** A server that a credential has met, and the key that it showed then. */
    record PinnedHost(String server, String key, Instant firstSeenAt) {}

    private static GitCredential row(ResultSet row, int number) throws SQLException {
        return new GitCredential(
                new GitCredentialId(row.getString("id")),
                new TeamId(row.getString("team_id")),
                row.getString("name"),
                GitCredential.Kind.parse(row.getString("kind")),
                row.getString("username"),
                row.getString("sealed_secret"),
                row.getString("public_key"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
