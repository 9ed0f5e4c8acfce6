package dev.havenkeep.audit;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Writes down what is done, inside the transaction that does it: both happen or neither does. */
@Component
class AuditLog {

    private static final int EXPORT_PAGE = 500;

    private final AuditStore store;
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final Json json;

    AuditLog(AuditStore store, Database database, Ids ids, Clock clock, Json json) {
        this.store = store;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    @EventListener
    void write(Audited audited) {
        Caller caller = Caller.current();
        UserId user = caller.user();
        AuditEvent event = new AuditEvent(
                ids.next(),
                clock.instant(),
                new AuditEvent.Actor(
                        caller.kind().name().toLowerCase(Locale.ROOT),
                        user == null ? null : user.value(),
                        caller.name(),
                        caller.tokenId(),
                        caller.address()),
                caller.requestId(),
                audited.action(),
                place(audited.scope()),
                new AuditEvent.Target(audited.targetType(), audited.targetId(), Redaction.of(audited.targetName())),
                Redaction.of(tree(audited.changes())));
        database.transaction(() -> store.insert(event, log(audited.scope())));
    }

    /** One page, newest first. */
    Page<AuditEvent> find(AuditQuery query, Paging paging) {
        return Page.of(store.find(query, paging.after(), paging.rows()), paging, AuditEvent::id);
    }

    /** Every event that is asked for, newest first, a few at a time. */
    void forEach(AuditQuery query, Consumer<AuditEvent> consumer) {
        @Nullable String before = null;
        List<AuditEvent> events;
        do {
            events = store.find(query, before, EXPORT_PAGE);
            events.forEach(consumer);
            before = events.isEmpty() ? before : events.getLast().id();
        } while (events.size() == EXPORT_PAGE);
    }

    /** Sign-ins and the like happen in no team; those who run the first team, and so the installation, see them. */
    private @Nullable TeamId log(@Nullable Scope scope) {
        if (scope != null) {
            return scope.team();
        }
        return store.firstTeam().orElse(null);
    }

    /** The changes as plain JSON values; a {@link dev.havenkeep.kernel.Secret} redacts itself on the way. */
    private Map<String, Object> tree(Map<String, Object> changes) {
        return json.read(json.write(changes), new TypeReference<Map<String, Object>>() {});
    }

    private static AuditEvent.@Nullable Place place(@Nullable Scope scope) {
        return scope == null
                ? null
                : new AuditEvent.Place(
                        scope.team().value(),
                        scope.project() == null ? null : scope.project().value(),
                        scope.environment() == null ? null : scope.environment().value());
    }
}
