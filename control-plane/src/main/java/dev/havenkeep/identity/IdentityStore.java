package dev.havenkeep.identity;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The SQL of people, passwords, sessions, attempts and keys. */
@Component
class IdentityStore {

    private static final String USER_COLUMNS = "users.id AS user_id, users.email, users.name";
    private static final String SESSION_COLUMNS = "sessions.id AS session_id, sessions.address, sessions.user_agent,"
            + " sessions.created_at, sessions.last_seen_at, sessions.expires_at";

    /** A person and the hash of their password, if they have one. */
    record Account(User user, Optional<String> passwordHash) {}

    /** A session and whose it is. */
    record SessionRow(
            String id,
            User user,
            String address,
            String userAgent,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt) {}

    private final Database database;

    IdentityStore(Database database) {
        this.database = database;
    }

    boolean isSetUp() {
        return database.read()
                .sql("SELECT 1 FROM installation WHERE id = 1")
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Whether this call was the one that did it; a second one at the same time waits for the first. */
    boolean markSetUp(Instant now) {
        return database.write().sql("""
                        INSERT INTO installation (id, set_up_at) VALUES (1, :now)
                        ON CONFLICT (id) DO NOTHING""").param("now", now.toEpochMilli()).update() == 1;
    }

    /** Whether the address was free. */
    boolean insertUser(User user, String passwordHash, Instant now) {
        int inserted = database.write()
                .sql("""
                        INSERT INTO users (id, email, name, created_at) VALUES (:id, :email, :name, :now)
                        ON CONFLICT (email) DO NOTHING""")
                .param("id", user.id().value())
                .param("email", user.email().value())
                .param("name", user.name())
                .param("now", now.toEpochMilli())
                .update();
        if (inserted == 1) {
            setPasswordHash(user.id(), passwordHash, now);
        }
        return inserted == 1;
    }

    Optional<User> find(UserId id) {
        return database.read()
                .sql("SELECT " + USER_COLUMNS + " FROM users WHERE id = :id")
                .param("id", id.value())
                .query((row, _) -> user(row))
                .optional();
    }

    List<User> find(Collection<UserId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.read()
                .sql("SELECT " + USER_COLUMNS + " FROM users WHERE id IN (:ids)")
                .param("ids", ids.stream().map(UserId::value).toList())
                .query((row, _) -> user(row))
                .list();
    }

    Optional<Account> account(EmailAddress email) {
        return database.read()
                .sql("SELECT " + USER_COLUMNS + """
                        , passwords.hash FROM users LEFT JOIN passwords ON passwords.user_id = users.id
                        WHERE users.email = :email""")
                .param("email", email.value())
                .query((row, _) -> new Account(user(row), Optional.ofNullable(row.getString("hash"))))
                .optional();
    }

    void rename(UserId id, String name) {
        database.write()
                .sql("UPDATE users SET name = :name WHERE id = :id")
                .param("name", name)
                .param("id", id.value())
                .update();
    }

    void setPasswordHash(UserId user, String hash, Instant now) {
        database.write()
                .sql("""
                        INSERT INTO passwords (user_id, hash, changed_at) VALUES (:user, :hash, :now)
                        ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at""")
                .param("user", user.value())
                .param("hash", hash)
                .param("now", now.toEpochMilli())
                .update();
    }

    void insertSession(String id, String secretHash, UserId user, Visit visit, Instant now, Instant expiresAt) {
        database.write()
                .sql("""
                        INSERT INTO sessions (id, secret_hash, user_id, address, network, user_agent,
                            created_at, last_seen_at, expires_at)
                        VALUES (:id, :hash, :user, :address, :network, :agent, :now, :now, :expires)""")
                .param("id", id)
                .param("hash", secretHash)
                .param("user", user.value())
                .param("address", visit.address())
                .param("network", visit.network())
                .param("agent", visit.userAgent())
                .param("now", now.toEpochMilli())
                .param("expires", expiresAt.toEpochMilli())
                .update();
    }

    Optional<SessionRow> session(String secretHash) {
        return database.read()
                .sql("SELECT " + SESSION_COLUMNS + ", " + USER_COLUMNS + """
                         FROM sessions JOIN users ON users.id = sessions.user_id
                        WHERE sessions.secret_hash = :hash""")
                .param("hash", secretHash)
                .query((row, _) -> session(row))
                .optional();
    }

    List<SessionRow> sessions(UserId user) {
        return database.read()
                .sql("SELECT " + SESSION_COLUMNS + ", " + USER_COLUMNS + """
                         FROM sessions JOIN users ON users.id = sessions.user_id
                        WHERE sessions.user_id = :user ORDER BY sessions.id""")
                .param("user", user.value())
                .query((row, _) -> session(row))
                .list();
    }

    void touchSession(String id, String address, Instant now) {
        database.write()
                .sql("UPDATE sessions SET last_seen_at = :now, address = :address WHERE id = :id")
                .param("now", now.toEpochMilli())
                .param("address", address)
                .param("id", id)
                .update();
    }

    /** Whether there was such a session of this person. */
    boolean deleteSession(UserId user, String id) {
        return database.write()
                        .sql("DELETE FROM sessions WHERE id = :id AND user_id = :user")
                        .param("id", id)
                        .param("user", user.value())
                        .update()
                == 1;
    }

    int deleteSessionsExcept(UserId user, String kept) {
        return database.write()
                .sql("DELETE FROM sessions WHERE user_id = :user AND id <> :kept")
                .param("user", user.value())
                .param("kept", kept)
                .update();
    }

    void deleteEndedSessions(Instant now, Instant idleSince) {
        database.write()
                .sql("DELETE FROM sessions WHERE expires_at <= :now OR last_seen_at <= :idle")
                .param("now", now.toEpochMilli())
                .param("idle", idleSince.toEpochMilli())
                .update();
    }

    /** Keeps the newest sessions of a person. */
    void deleteOldestSessions(UserId user, int kept) {
        database.write()
                .sql("""
                        DELETE FROM sessions WHERE user_id = :user AND id NOT IN
                            (SELECT id FROM sessions WHERE user_id = :user ORDER BY id DESC LIMIT :kept)""")
                .param("user", user.value())
                .param("kept", kept)
                .update();
    }

    /** Whether the person has a session that began in this network. */
    boolean knowsNetwork(UserId user, String network) {
        return database.read()
                .sql("SELECT 1 FROM sessions WHERE user_id = :user AND network = :network LIMIT 1")
                .param("user", user.value())
                .param("network", network)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * Counts one attempt, unless the subject is locked. One statement, so that attempts made at once all count.
     *
     * @return how many there are now; empty when locked
     */
    Optional<Integer> countAttempt(String subject, Instant now, Instant forgottenBefore) {
        return database.write()
                .sql("""
                        INSERT INTO sign_in_attempts (subject, failures, last_at, locked_until_at)
                        VALUES (:subject, 1, :now, 0)
                        ON CONFLICT (subject) DO UPDATE SET
                            failures = CASE WHEN sign_in_attempts.last_at < :forgotten THEN 1
                                ELSE sign_in_attempts.failures + 1 END,
                            last_at = excluded.last_at
                        WHERE sign_in_attempts.locked_until_at <= :now
                        RETURNING failures""")
                .param("subject", subject)
                .param("now", now.toEpochMilli())
                .param("forgotten", forgottenBefore.toEpochMilli())
                .query(Integer.class)
                .optional();
    }

    void lockUntil(String subject, Instant until) {
        database.write()
                .sql("UPDATE sign_in_attempts SET locked_until_at = :until WHERE subject = :subject")
                .param("until", until.toEpochMilli())
                .param("subject", subject)
                .update();
    }

    Optional<Instant> lockedUntil(String subject) {
        return database.read()
                .sql("SELECT locked_until_at FROM sign_in_attempts WHERE subject = :subject")
                .param("subject", subject)
                .query(Long.class)
                .optional()
                .map(Instant::ofEpochMilli);
    }

    /** Takes one attempt back. */
    void forgiveOne(String subject) {
        database.write().sql("""
                        UPDATE sign_in_attempts SET failures = failures - 1, locked_until_at = 0
                        WHERE subject = :subject AND failures > 0""").param("subject", subject).update();
    }

    void forgiveAll(String subject) {
        database.write()
                .sql("DELETE FROM sign_in_attempts WHERE subject = :subject")
                .param("subject", subject)
                .update();
    }

    void deleteAttempts(Instant before) {
        database.write()
                .sql("DELETE FROM sign_in_attempts WHERE last_at < :before")
                .param("before", before.toEpochMilli())
                .update();
    }

    Optional<String> sealedKey(String purpose) {
        return database.write()
                .sql("SELECT sealed_key FROM sealed_keys WHERE purpose = :purpose")
                .param("purpose", purpose)
                .query(String.class)
                .optional();
    }

    void insertSealedKey(String purpose, String sealed, Instant now) {
        database.write()
                .sql("""
                        INSERT INTO sealed_keys (purpose, sealed_key, created_at) VALUES (:purpose, :sealed, :now)
                        ON CONFLICT (purpose) DO NOTHING""")
                .param("purpose", purpose)
                .param("sealed", sealed)
                .param("now", now.toEpochMilli())
                .update();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getString("user_id")), new EmailAddress(row.getString("email")), row.getString("name"));
    }

    private static SessionRow session(ResultSet row) throws SQLException {
        return new SessionRow(
                row.getString("session_id"),
                user(row),
                row.getString("address"),
                row.getString("user_agent"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_seen_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
