package dev.havenkeep.deployments;

import dev.havenkeep.applications.ApplicationChanged;
import dev.havenkeep.kernel.AccessRules;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.projects.ProjectsChanged;
import dev.havenkeep.web.EventStream;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What changes in a team, as it changes, so that a client knows what to read again. It says what changed, never how: who
 * may read the thing asks for it.
 */
@RestController
class EventController {

    private final AccessRules access;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    EventController(AccessRules access) {
        this.access = access;
    }

    /** Somebody who listens. */
    private record Listener(TeamId team, Caller caller, EventStream.Feed feed) {}

    /**
     * Something that changed.
     *
     * @param type for example {@code deployment.updated}
     * @param id of the thing
     * @param applicationId the application that it is part of, if any
     * @param state the state it is in now, where it has one
     */
    record ChangeEvent(
            String type,
            String id,
            @Nullable String applicationId,
            @Nullable String state) {}

    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamEvents(@RequestParam TeamId team, EventStream stream) {
        Caller caller = Caller.current();
        stream.serve(feed -> {
            Listener listener = new Listener(team, caller, feed);
            listeners.add(listener);
            try {
                feed.awaitEnd();
            } finally {
                listeners.remove(listener);
            }
        });
    }

    @TransactionalEventListener(fallbackExecution = true)
    void deploymentChanged(DeploymentChanged change) {
        tell(
                change.scope(),
                new ChangeEvent(
                        "deployment.updated",
                        change.deployment().value(),
                        change.application().value(),
                        change.state().text()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void applicationChanged(ApplicationChanged change) {
        String what = switch (change.change()) {
            case CREATED, REMOVED -> change.change().name().toLowerCase(Locale.ROOT);
            case CONFIGURED, REPORTED -> "updated";
        };
        tell(
                change.scope(),
                new ChangeEvent(
                        "application." + what,
                        change.application().value(),
                        change.application().value(),
                        null));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void projectsChanged(ProjectsChanged change) {
        String id = change.scope().environment() != null
                ? change.scope().environment().value()
                : change.scope().project() != null
                        ? change.scope().project().value()
                        : change.scope().team().value();
        String thing = change.scope().environment() != null ? "environment." : "project.";
        String what = switch (change.change()) {
            case CREATED, DELETED -> change.change().name().toLowerCase(Locale.ROOT);
            case CHANGED -> "updated";
        };
        tell(change.scope(), new ChangeEvent(thing + what, id, null, null));
    }

    private void tell(Scope scope, ChangeEvent change) {
        for (Listener listener : listeners) {
            if (listener.team().equals(scope.team()) && access.mayKnow(listener.caller(), scope)) {
                listener.feed().offer(new EventStream.Event(null, "change", change));
            }
        }
    }
}
