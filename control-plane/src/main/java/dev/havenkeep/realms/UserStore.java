package dev.havenkeep.realms;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The SQL of a realm's users and their passwords. */
@Repository
class UserStore {

    /** Greater than every character that a text can have. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    /** A user and the hash of their password, if they have one. */
    record Account(RealmUser user, Optional<String> passwordHash) {}

    private final Json json;

    UserStore(Json json) {
        this.json = json;
    }

    Optional<RealmUser> find(RealmDatabase store, UserId id) {
        return store.read("SELECT * FROM {realm}.users WHERE id = :id")
                .param("id", id.value())
                .query(this::user)
                .optional();
    }

    Optional<Account> account(RealmDatabase store, EmailAddress email) {
        return store.read("""
                        SELECT users.*, passwords.hash FROM {realm}.users AS users
                        LEFT JOIN {realm}.passwords AS passwords ON passwords.user_id = users.id
                        WHERE users.email = :email""")
                .param("email", email.value())
                .query((row, number) -> new Account(user(row, number), Optional.ofNullable(row.getString("hash"))))
                .optional();
    }

    Optional<String> passwordHash(RealmDatabase store, UserId id) {
        return store.read("SELECT hash FROM {realm}.passwords WHERE user_id = :id")
                .param("id", id.value())
                .query(String.class)
                .optional();
    }

    List<RealmUser> list(RealmDatabase store, @Nullable String after, int rows) {
        return store.read("SELECT * FROM {realm}.users WHERE id > :after ORDER BY id LIMIT :rows")
                .param("after", after == null ? "" : after)
                .param("rows", rows)
                .query(this::user)
                .list();
    }

    /** Users whose address or name begins with the text, each kind found by its index; at most so many. */
    List<RealmUser> search(RealmDatabase store, String text, int rows) {
        Map<UserId, RealmUser> found = new LinkedHashMap<>();
        for (String column : List.of("email", "name_key")) {
            store.read("SELECT * FROM {realm}.users WHERE " + column + " >= :text AND " + column + " < :end ORDER BY "
                            + column + " LIMIT :rows")
                    .param("text", text)
                    .param("end", text + LAST)
                    .param("rows", rows)
                    .query(this::user)
                    .list()
                    .forEach(user -> found.putIfAbsent(user.id(), user));
        }
        return new ArrayList<>(found.values()).subList(0, Math.min(rows, found.size()));
    }

    /** Whether the address was free. */
    boolean insert(RealmDatabase store, RealmUser user, String nameKey) {
        return store.write("""
                        INSERT INTO {realm}.users (id, email, email_verified, name, name_key, profile, blocked, version,
                            created_at, changed_at)
                        VALUES (:id, :email, :verified, :name, :key, :profile, :blocked, :version, :created, :changed)
                        ON CONFLICT (email) DO NOTHING""")
                        .param("id", user.id().value())
                        .param(
                                "email",
                                user.email() == null ? null : user.email().value())
                        .param("verified", user.emailVerified())
                        .param("name", user.name())
                        .param("key", nameKey)
                        .param("profile", json.write(user.profile()))
                        .param("blocked", user.blocked())
                        .param("version", user.version())
                        .param("created", user.createdAt().toEpochMilli())
                        .param("changed", user.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    /** Whether the user was still of the version before this one. */
    boolean update(RealmDatabase store, RealmUser user, String nameKey) {
        return store.write("""
                        UPDATE {realm}.users SET email = :email, email_verified = :verified, name = :name,
                            name_key = :key, profile = :profile, blocked = :blocked, version = :version,
                            changed_at = :changed
                        WHERE id = :id AND version = :version - 1""")
                        .param("id", user.id().value())
                        .param(
                                "email",
                                user.email() == null ? null : user.email().value())
                        .param("verified", user.emailVerified())
                        .param("name", user.name())
                        .param("key", nameKey)
                        .param("profile", json.write(user.profile()))
                        .param("blocked", user.blocked())
                        .param("version", user.version())
                        .param("changed", user.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    void touch(RealmDatabase store, UserId id, Instant now) {
        store.write("UPDATE {realm}.users SET last_sign_in_at = :now WHERE id = :id")
                .param("id", id.value())
                .param("now", now.toEpochMilli())
                .update();
    }

    void delete(RealmDatabase store, UserId id) {
        store.write("DELETE FROM {realm}.users WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    void setPasswordHash(RealmDatabase store, UserId id, String hash, Instant now) {
        store.write("""
                        INSERT INTO {realm}.passwords (user_id, hash, changed_at) VALUES (:user, :hash, :now)
                        ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at""")
                .param("user", id.value())
                .param("hash", hash)
                .param("now", now.toEpochMilli())
                .update();
    }

    void deletePassword(RealmDatabase store, UserId id) {
        store.write("DELETE FROM {realm}.passwords WHERE user_id = :id")
                .param("id", id.value())
                .update();
    }

    long count(RealmDatabase store) {
        return store.read("SELECT count(*) FROM {realm}.users")
                .query(Long.class)
                .single();
    }

    private RealmUser user(ResultSet row, int number) throws SQLException {
        String email = row.getString("email");
        long signedIn = row.getLong("last_sign_in_at");
        return new RealmUser(
                new UserId(row.getString("id")),
                email == null ? null : new EmailAddress(email),
                row.getBoolean("email_verified"),
                row.getString("name"),
                json.read(row.getString("profile"), RealmUser.Profile.class),
                row.getBoolean("blocked"),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                signedIn == 0 ? null : Instant.ofEpochMilli(signedIn));
    }
}
