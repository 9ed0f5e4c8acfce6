package dev.havenkeep.provider;

import dev.havenkeep.kernel.Json;
import dev.havenkeep.realms.RealmDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** SQL of grants and of the tokens that stand for them. It sees hashes only. */
@Component
class GrantStore {

    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
    private static final String COLUMNS = """
            SELECT id, client, kind, scopes, facts, request, code_hash, code_expires_at, code_used_at, refresh_hash,
                   refresh_issued_at, refresh_expires_at, bound_to, revoked_at, created_at
            FROM {realm}.grants
            """;

    private final Json json;

    GrantStore(Json json) {
        this.json = json;
    }

    /** An access token that says nothing by itself. */
    record Opaque(@Nullable String grant, String client, Map<String, Object> claims, Instant expiresAt) {}

    void insert(RealmDatabase realm, Grant grant, @Nullable String codeHash, Instant expiresAt) {
        realm.write("""
                        INSERT INTO {realm}.grants
                            (id, client, user_id, session_id, kind, scopes, facts, request, code_hash, code_expires_at,
                             refresh_hash, refresh_issued_at, refresh_expires_at, bound_to, created_at, expires_at)
                        VALUES (:id, :client, :user, :session, :kind, :scopes, :facts, :request, :code, :codeExpires,
                                :refresh, :refreshIssued, :refreshExpires, :boundTo, :created, :expires)""")
                .param("id", grant.id())
                .param("client", grant.client())
                .param("user", grant.facts().user())
                .param("session", grant.facts().session())
                .param("kind", grant.kind())
                .param("scopes", joined(grant.scopes()))
                .param("facts", json.write(grant.facts()))
                .param("request", json.write(grant.request()))
                .param("code", codeHash)
                .param(
                        "codeExpires",
                        grant.code() == null ? null : grant.code().expiresAt().toEpochMilli())
                .param(
                        "refresh",
                        grant.refresh() == null ? null : grant.refresh().hash())
                .param(
                        "refreshIssued",
                        grant.refresh() == null
                                ? null
                                : grant.refresh().issuedAt().toEpochMilli())
                .param(
                        "refreshExpires",
                        grant.refresh() == null
                                ? null
                                : grant.refresh().expiresAt().toEpochMilli())
                .param("boundTo", grant.boundTo())
                .param("created", grant.createdAt().toEpochMilli())
                .param("expires", expiresAt.toEpochMilli())
                .update();
    }

    Optional<Grant> find(RealmDatabase realm, String id) {
        return one(realm, "WHERE id = :key", id);
    }

    Optional<Grant> withCode(RealmDatabase realm, String hash) {
        return one(realm, "WHERE code_hash = :key", hash);
    }

    Optional<Grant> withRefreshToken(RealmDatabase realm, String hash) {
        return one(realm, "WHERE refresh_hash = :key", hash);
    }

    /** The grant of a refresh token that has had its successor. */
    Optional<Grant> withSpentRefreshToken(RealmDatabase realm, String hash) {
        return one(realm, "WHERE id = (SELECT grant_id FROM {realm}.spent_refresh_tokens WHERE hash = :key)", hash);
    }

    /** Takes the code for its one use; false when somebody was faster or the grant is revoked. */
    boolean useCode(
            RealmDatabase realm,
            String id,
            Grant.@Nullable Refresh refresh,
            @Nullable String boundTo,
            Instant now,
            Instant expiresAt) {
        return realm.write("""
                        UPDATE {realm}.grants
                        SET code_used_at = :now, refresh_hash = :refresh, refresh_issued_at = :issued,
                            refresh_expires_at = :refreshExpires, bound_to = :boundTo, expires_at = :expires
                        WHERE id = :id AND code_used_at IS NULL AND revoked_at IS NULL""")
                        .param("id", id)
                        .param("now", now.toEpochMilli())
                        .param("boundTo", boundTo)
                        .param("refresh", refresh == null ? null : refresh.hash())
                        .param(
                                "issued",
                                refresh == null ? null : refresh.issuedAt().toEpochMilli())
                        .param(
                                "refreshExpires",
                                refresh == null ? null : refresh.expiresAt().toEpochMilli())
                        .param("expires", expiresAt.toEpochMilli())
                        .update()
                == 1;
    }

    /** Puts a refresh token in the place of the one before; false when that is not the newest any more. */
    boolean rotate(RealmDatabase realm, String id, String before, Grant.Refresh after, Instant expiresAt) {
        boolean rotated = realm.write("""
                        UPDATE {realm}.grants
                        SET refresh_hash = :after, refresh_issued_at = :issued, refresh_expires_at = :refreshExpires,
                            expires_at = :expires
                        WHERE id = :id AND refresh_hash = :before AND revoked_at IS NULL""")
                        .param("id", id)
                        .param("before", before)
                        .param("after", after.hash())
                        .param("issued", after.issuedAt().toEpochMilli())
                        .param("refreshExpires", after.expiresAt().toEpochMilli())
                        .param("expires", expiresAt.toEpochMilli())
                        .update()
                == 1;
        if (rotated) {
            realm.write("""
                            INSERT INTO {realm}.spent_refresh_tokens (hash, grant_id, expires_at)
                            VALUES (:hash, :grant, :expires)""")
                    .param("hash", before)
                    .param("grant", id)
                    .param("expires", expiresAt.toEpochMilli())
                    .update();
        }
        return rotated;
    }

    /** Ends a grant with everything that stands for it; false when it had ended before. */
    boolean revoke(RealmDatabase realm, String id, String because, Instant now) {
        return realm.write("""
                        UPDATE {realm}.grants SET revoked_at = :now, revoked_because = :because
                        WHERE id = :id AND revoked_at IS NULL""")
                        .param("id", id)
                        .param("now", now.toEpochMilli())
                        .param("because", because)
                        .update()
                == 1;
    }

    /** Ends every grant that was given in a session. */
    void revokeOfSession(RealmDatabase realm, String session, String because, Instant now) {
        realm.write("""
                        UPDATE {realm}.grants SET revoked_at = :now, revoked_because = :because
                        WHERE session_id = :session AND revoked_at IS NULL""")
                .param("session", session)
                .param("now", now.toEpochMilli())
                .param("because", because)
                .update();
    }

    boolean isRevoked(RealmDatabase realm, String id) {
        return realm.read("SELECT 1 FROM {realm}.grants WHERE id = :id AND revoked_at IS NULL")
                .param("id", id)
                .query((row, _) -> true)
                .optional()
                .isEmpty();
    }

    void insertOpaque(RealmDatabase realm, String hash, Opaque token) {
        realm.write("""
                        INSERT INTO {realm}.opaque_access_tokens (hash, grant_id, client, claims, expires_at)
                        VALUES (:hash, :grant, :client, :claims, :expires)""")
                .param("hash", hash)
                .param("grant", token.grant())
                .param("client", token.client())
                .param("claims", json.write(token.claims()))
                .param("expires", token.expiresAt().toEpochMilli())
                .update();
    }

    Optional<Opaque> opaque(RealmDatabase realm, String hash) {
        return realm.read("""
                        SELECT grant_id, client, claims, expires_at FROM {realm}.opaque_access_tokens
                        WHERE hash = :hash""")
                .param("hash", hash)
                .query((row, _) -> new Opaque(
                        row.getString("grant_id"),
                        row.getString("client"),
                        json.read(row.getString("claims"), CLAIMS),
                        Instant.ofEpochMilli(row.getLong("expires_at"))))
                .optional();
    }

    void deleteOpaque(RealmDatabase realm, String hash) {
        realm.write("DELETE FROM {realm}.opaque_access_tokens WHERE hash = :hash")
                .param("hash", hash)
                .update();
    }

    void revokeAccessToken(RealmDatabase realm, String id, Instant expiresAt) {
        realm.write("""
                        INSERT INTO {realm}.revoked_access_tokens (id, expires_at) VALUES (:id, :expires)
                        ON CONFLICT (id) DO NOTHING""")
                .param("id", id)
                .param("expires", expiresAt.toEpochMilli())
                .update();
    }

    boolean isAccessTokenRevoked(RealmDatabase realm, String id) {
        return realm.read("SELECT 1 FROM {realm}.revoked_access_tokens WHERE id = :id")
                .param("id", id)
                .query((row, _) -> true)
                .optional()
                .isPresent();
    }

    Set<String> consented(RealmDatabase realm, String user, String client) {
        return realm.read("SELECT scopes FROM {realm}.consents WHERE user_id = :user AND client = :client")
                .param("user", user)
                .param("client", client)
                .query((row, _) -> split(row.getString("scopes")))
                .optional()
                .orElse(Set.of());
    }

    void consent(RealmDatabase realm, String user, String client, Set<String> scopes, Instant now) {
        realm.write("""
                        INSERT INTO {realm}.consents (user_id, client, scopes, changed_at)
                        VALUES (:user, :client, :scopes, :now)
                        ON CONFLICT (user_id, client) DO UPDATE
                        SET scopes = excluded.scopes, changed_at = excluded.changed_at""")
                .param("user", user)
                .param("client", client)
                .param("scopes", joined(scopes))
                .param("now", now.toEpochMilli())
                .update();
    }

    /** Forgets what has been good for nothing since then. */
    void deleteExpired(RealmDatabase realm, Instant before) {
        for (String table : List.of(
                "grants",
                "spent_refresh_tokens",
                "opaque_access_tokens",
                "revoked_access_tokens",
                "interactions",
                "pushed_requests",
                "used_numbers",
                "device_requests")) {
            realm.write("DELETE FROM {realm}." + table + " WHERE expires_at < :before")
                    .param("before", before.toEpochMilli())
                    .update();
        }
    }

    private Optional<Grant> one(RealmDatabase realm, String condition, String key) {
        return realm.read(COLUMNS + condition)
                .param("key", key)
                .query((row, _) -> grant(row))
                .optional();
    }

    private Grant grant(ResultSet row) throws SQLException {
        String codeHash = row.getString("code_hash");
        String refreshHash = row.getString("refresh_hash");
        return new Grant(
                row.getString("id"),
                row.getString("client"),
                row.getString("kind"),
                split(row.getString("scopes")),
                json.read(row.getString("facts"), SignedIn.Facts.class),
                json.read(row.getString("request"), AuthorizationRequest.class),
                codeHash == null
                        ? null
                        : new Grant.Code(
                                Instant.ofEpochMilli(row.getLong("code_expires_at")),
                                row.getObject("code_used_at") != null),
                refreshHash == null
                        ? null
                        : new Grant.Refresh(
                                refreshHash,
                                Instant.ofEpochMilli(row.getLong("refresh_issued_at")),
                                Instant.ofEpochMilli(row.getLong("refresh_expires_at"))),
                row.getString("bound_to"),
                row.getObject("revoked_at") != null,
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private static String joined(Set<String> scopes) {
        return String.join(" ", new TreeSet<>(scopes));
    }

    private static Set<String> split(String scopes) {
        return scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" "));
    }
}
