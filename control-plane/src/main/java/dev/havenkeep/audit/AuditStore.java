package dev.havenkeep.audit;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The SQL of audit events: they are inserted, read, and forgotten when they are old; nothing changes them. */
@Component
class AuditStore {

    /** Sorts after every id. */
    private static final String END = "g";

    private final Database database;
    private final Json json;

    AuditStore(Database database, Json json) {
        this.database = database;
        this.json = json;
    }

    /** Writes an event into the log of a team; into nobody's while there is no team yet. */
    void insert(AuditEvent event, @Nullable TeamId log) {
        AuditEvent.Place place = event.place();
        database.write()
                .sql("""
                        INSERT INTO audit_events (id, at, actor_kind, actor_user_id, actor_name, token_id, address,
                            request_id, action, log_team_id, team_id, project_id, environment_id, target_type,
                            target_id, target_name, changes)
                        VALUES (:id, :at, :actorKind, :actorUser, :actorName, :token, :address, :request, :action,
                            :log, :team, :project, :environment, :targetType, :targetId, :targetName, :changes)""")
                .param("id", event.id())
                .param("at", event.at().toEpochMilli())
                .param("actorKind", event.actor().kind())
                .param("actorUser", event.actor().userId())
                .param("actorName", event.actor().name())
                .param("token", event.actor().tokenId())
                .param("address", event.actor().address())
                .param("request", event.requestId())
                .param("action", event.action())
                .param("log", log == null ? null : log.value())
                .param("team", place == null ? null : place.teamId())
                .param("project", place == null ? null : place.projectId())
                .param("environment", place == null ? null : place.environmentId())
                .param("targetType", event.target().type())
                .param("targetId", event.target().id())
                .param("targetName", event.target().name())
                .param("changes", json.write(event.changes()))
                .update();
    }

    /**
     * Events in a team's log, newest first.
     *
     * @param before the id after which, going back in time, to go on; absent for the newest
     */
    List<AuditEvent> find(AuditQuery query, @Nullable String before, int rows) {
        return database.read()
                .sql("""
                        SELECT id, at, actor_kind, actor_user_id, actor_name, token_id, address, request_id, action,
                            team_id, project_id, environment_id, target_type, target_id, target_name, changes
                        FROM audit_events
                        WHERE log_team_id = :team
                            AND id < :before
                            AND at >= :since AND at < :until
                            AND (:actor = '' OR actor_user_id = :actor OR token_id = :actor
                                OR lower(actor_name) LIKE :actorPart ESCAPE '!')
                            AND (:target = '' OR target_id = :target
                                OR lower(target_name) LIKE :targetPart ESCAPE '!')
                            AND action LIKE :action ESCAPE '!'
                        ORDER BY id DESC LIMIT :rows""")
                .param("team", query.team().value())
                .param("before", before == null ? END : before)
                .param("since", query.since() == null ? 0 : query.since().toEpochMilli())
                .param(
                        "until",
                        query.until() == null ? Long.MAX_VALUE : query.until().toEpochMilli())
                .param("actor", text(query.actor()))
                .param("actorPart", "%" + literal(query.actor()) + "%")
                .param("target", text(query.target()))
                .param("targetPart", "%" + literal(query.target()) + "%")
                .param("action", literal(query.action()) + "%")
                .param("rows", rows)
                .query((row, _) -> event(row))
                .list();
    }

    /**
     * Forgets up to so many events that are older than this. The one of the set-up stays: it says who looks after the
     * installation.
     */
    int deleteBefore(Instant instant, int most) {
        return database.write()
                .sql("""
                        DELETE FROM audit_events WHERE id IN (
                            SELECT id FROM audit_events
                            WHERE at < :before AND action <> 'installation.set-up'
                            LIMIT :most)""")
                .param("before", instant.toEpochMilli())
                .param("most", most)
                .update();
    }

    /** The team that the installation was set up with, whose people look after the installation too. */
    Optional<TeamId> firstTeam() {
        return database.read()
                .sql("SELECT team_id FROM audit_events WHERE action = 'installation.set-up' ORDER BY id LIMIT 1")
                .query((row, _) -> new TeamId(row.getString("team_id")))
                .optional();
    }

    /** Text for a LIKE pattern that stands for itself; names are compared without regard to case. */
    private static String literal(@Nullable String value) {
        return text(value)
                .toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private AuditEvent event(ResultSet row) throws SQLException {
        String team = row.getString("team_id");
        return new AuditEvent(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                new AuditEvent.Actor(
                        row.getString("actor_kind"),
                        row.getString("actor_user_id"),
                        row.getString("actor_name"),
                        row.getString("token_id"),
                        row.getString("address")),
                row.getString("request_id"),
                row.getString("action"),
                team == null
                        ? null
                        : new AuditEvent.Place(team, row.getString("project_id"), row.getString("environment_id")),
                new AuditEvent.Target(
                        row.getString("target_type"), row.getString("target_id"), row.getString("target_name")),
                json.read(row.getString("changes"), new TypeReference<Map<String, Object>>() {}));
    }
}
