package dev.havenkeep.realms;

import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The SQL of a realm's sessions. */
@Repository
class SessionStore {

    void insert(RealmDatabase store, RealmSession session, String secretHash, Visit visit) {
        store.write("""
                        INSERT INTO {realm}.sessions (id, secret_hash, user_id, authenticated_at, acr, amr, connection,
                            impersonator, remembered, address, network, user_agent, created_at, last_seen_at, expires_at)
                        VALUES (:id, :hash, :user, :authenticated, :acr, :amr, :connection, :impersonator, :remembered,
                            :address, :network, :agent, :created, :seen, :expires)""")
                .param("id", session.id())
                .param("hash", secretHash)
                .param("user", session.user().value())
                .param("authenticated", session.authenticatedAt().toEpochMilli())
                .param("acr", session.authentication().acr())
                .param("amr", String.join(" ", session.authentication().amr()))
                .param("connection", session.authentication().connection())
                .param("impersonator", session.impersonator())
                .param("remembered", session.remembered())
                .param("address", visit.address())
                .param("network", visit.network())
                .param("agent", visit.userAgent())
                .param("created", session.createdAt().toEpochMilli())
                .param("seen", session.lastSeenAt().toEpochMilli())
                .param("expires", session.expiresAt().toEpochMilli())
                .update();
    }

    Optional<RealmSession> withSecret(RealmDatabase store, String secretHash) {
        return store.read("SELECT * FROM {realm}.sessions WHERE secret_hash = :hash")
                .param("hash", secretHash)
                .query(SessionStore::session)
                .optional();
    }

    Optional<RealmSession> find(RealmDatabase store, String id) {
        return store.read("SELECT * FROM {realm}.sessions WHERE id = :id")
                .param("id", id)
                .query(SessionStore::session)
                .optional();
    }

    List<RealmSession> of(RealmDatabase store, UserId user) {
        return store.read("SELECT * FROM {realm}.sessions WHERE user_id = :user ORDER BY id DESC")
                .param("user", user.value())
                .query(SessionStore::session)
                .list();
    }

    boolean knowsNetwork(RealmDatabase store, UserId user, String network) {
        return store.read("SELECT 1 FROM {realm}.sessions WHERE user_id = :user AND network = :network LIMIT 1")
                .param("user", user.value())
                .param("network", network)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void touch(RealmDatabase store, String id, Instant now) {
        store.write("UPDATE {realm}.sessions SET last_seen_at = :now WHERE id = :id")
                .param("now", now.toEpochMilli())
                .param("id", id)
                .update();
    }

    /** A new proof in the same session, under a new secret. */
    void prove(RealmDatabase store, RealmSession session, String secretHash) {
        store.write("""
                        UPDATE {realm}.sessions SET secret_hash = :hash, authenticated_at = :authenticated, acr = :acr,
                            amr = :amr, connection = :connection, last_seen_at = :seen, expires_at = :expires,
                            remembered = :remembered
                        WHERE id = :id""")
                .param("id", session.id())
                .param("hash", secretHash)
                .param("authenticated", session.authenticatedAt().toEpochMilli())
                .param("acr", session.authentication().acr())
                .param("amr", String.join(" ", session.authentication().amr()))
                .param("connection", session.authentication().connection())
                .param("remembered", session.remembered())
                .param("seen", session.lastSeenAt().toEpochMilli())
                .param("expires", session.expiresAt().toEpochMilli())
                .update();
    }

    /** Whether there was such a session. */
    boolean delete(RealmDatabase store, String id) {
        return store.write("DELETE FROM {realm}.sessions WHERE id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    void deleteEnded(RealmDatabase store, Instant now) {
        store.write("DELETE FROM {realm}.sessions WHERE expires_at <= :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    void join(RealmDatabase store, String session, ClientId client, Instant now) {
        store.write("""
                        INSERT INTO {realm}.session_clients (session_id, client_id, first_at)
                        VALUES (:session, :client, :now) ON CONFLICT (session_id, client_id) DO NOTHING""")
                .param("session", session)
                .param("client", client.value())
                .param("now", now.toEpochMilli())
                .update();
    }

    List<ClientId> clients(RealmDatabase store, String session) {
        return store.read("SELECT client_id FROM {realm}.session_clients WHERE session_id = :session ORDER BY first_at")
                .param("session", session)
                .query((row, _) -> new ClientId(row.getString("client_id")))
                .list();
    }

    private static RealmSession session(ResultSet row, int number) throws SQLException {
        return new RealmSession(
                row.getString("id"),
                new UserId(row.getString("user_id")),
                Instant.ofEpochMilli(row.getLong("authenticated_at")),
                new RealmSession.Authentication(
                        row.getString("acr"), List.of(row.getString("amr").split(" ")), row.getString("connection")),
                row.getString("impersonator"),
                row.getBoolean("remembered"),
                new RealmSession.Device(row.getString("address"), row.getString("user_agent")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("last_seen_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }
}
