package dev.havenkeep.realms;

import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;

/** What happened at the doors of realms: written down in the realm's own store, and published as {@link Happened}. */
@Service
public class RealmEvents {

    /** How long events are kept. */
    public static final Duration KEPT = Duration.ofDays(400);

    private static final TypeReference<Map<String, Object>> DETAIL = new TypeReference<>() {};

    private final Realms realms;
    private final Ids ids;
    private final Json json;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    RealmEvents(Realms realms, Ids ids, Json json, InstantSource clock, ApplicationEventPublisher events) {
        this.realms = realms;
        this.ids = ids;
        this.json = json;
        this.clock = clock;
        this.events = events;
    }

    /** Published for each event, for metrics and webhooks. */
    public record Happened(RealmId realm, AuthEvent event) {}

    /**
     * What is to be noted; the rest (time, request, address) is known.
     *
     * @param kind what was tried, for example {@code sign-in}
     * @param reason why it did not come about; null when it did
     */
    public record Note(
            String kind,
            @Nullable String reason,
            @Nullable UserId user,
            @Nullable String email,
            @Nullable String clientId,
            @Nullable String connection,
            Map<String, Object> detail) {

        /** Something that came about. */
        public static Note success(String kind, @Nullable UserId user, @Nullable String clientId) {
            return new Note(kind, null, user, null, clientId, null, Map.of());
        }

        /** Something that did not. */
        public static Note failure(String kind, String reason, @Nullable UserId user, @Nullable String clientId) {
            return new Note(kind, reason, user, null, clientId, null, Map.of());
        }

        /** The same with the address that was typed. */
        public Note withEmail(@Nullable String typed) {
            return new Note(kind, reason, user, typed, clientId, connection, detail);
        }

        /** The same with the upstream provider. */
        public Note through(@Nullable String provider) {
            return new Note(kind, reason, user, email, clientId, provider, detail);
        }

        /** The same with further facts. */
        public Note with(Map<String, Object> facts) {
            return new Note(kind, reason, user, email, clientId, connection, facts);
        }
    }

    /** Which events are asked for; what is null does not matter. */
    public record Filter(
            @Nullable String kind,
            @Nullable Boolean success,
            @Nullable UserId user,
            @Nullable String clientId) {}

    /** Writes an event down. */
    public void note(RealmId realm, Visit visit, Note note) {
        AuthEvent event = new AuthEvent(
                ids.next(),
                clock.instant(),
                note.kind(),
                note.reason() == null,
                note.reason(),
                note.user(),
                note.email(),
                note.clientId(),
                note.connection(),
                visit.address(),
                visit.userAgent(),
                Caller.current().requestId(),
                note.detail());
        realms.database(realm)
                .write("""
                        INSERT INTO {realm}.auth_events (id, at, kind, success, reason, user_id, email, client_id,
                            connection, address, user_agent, request_id, detail)
                        VALUES (:id, :at, :kind, :success, :reason, :user, :email, :client, :connection, :address,
                            :agent, :request, :detail)""")
                .param("id", event.id())
                .param("at", event.at().toEpochMilli())
                .param("kind", event.kind())
                .param("success", event.success())
                .param("reason", event.reason())
                .param("user", event.user() == null ? null : event.user().value())
                .param("email", event.email())
                .param("client", event.clientId())
                .param("connection", event.connection())
                .param("address", event.address())
                .param("agent", event.userAgent())
                .param("request", event.requestId())
                .param("detail", json.write(event.detail()))
                .update();
        events.publishEvent(new Happened(realm, event));
    }

    /** One page of a realm's events, the newest first. */
    public Page<AuthEvent> list(RealmId realm, Filter filter, Paging paging) {
        StringBuilder sql = new StringBuilder("SELECT * FROM {realm}.auth_events WHERE id < :before");
        if (filter.kind() != null) {
            sql.append(" AND kind = :kind");
        }
        if (filter.success() != null) {
            sql.append(" AND success = :success");
        }
        if (filter.user() != null) {
            sql.append(" AND user_id = :user");
        }
        if (filter.clientId() != null) {
            sql.append(" AND client_id = :client");
        }
        sql.append(" ORDER BY id DESC LIMIT :rows");
        var statement = realms.database(realm)
                .read(sql.toString())
                .param("before", paging.after() == null ? "z" : paging.after())
                .param("rows", paging.rows());
        if (filter.kind() != null) {
            statement = statement.param("kind", filter.kind());
        }
        if (filter.success() != null) {
            statement = statement.param("success", filter.success());
        }
        if (filter.user() != null) {
            statement = statement.param("user", filter.user().value());
        }
        if (filter.clientId() != null) {
            statement = statement.param("client", filter.clientId());
        }
        List<AuthEvent> rows = statement.query(this::event).list();
        return Page.of(rows, paging, AuthEvent::id);
    }

    /** Forgets what is older than {@link #KEPT}. */
    public void forgetOld(RealmId realm) {
        realms.database(realm)
                .write("DELETE FROM {realm}.auth_events WHERE at < :before")
                .param("before", clock.instant().minus(KEPT).toEpochMilli())
                .update();
    }

    private AuthEvent event(ResultSet row, int number) throws SQLException {
        String user = row.getString("user_id");
        return new AuthEvent(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("kind"),
                row.getBoolean("success"),
                row.getString("reason"),
                user == null ? null : new UserId(user),
                row.getString("email"),
                row.getString("client_id"),
                row.getString("connection"),
                row.getString("address"),
                row.getString("user_agent"),
                row.getString("request_id"),
                json.read(row.getString("detail"), DETAIL));
    }
}
