package dev.havenkeep.deployments;

import dev.havenkeep.applications.ApplicationChanged;
import dev.havenkeep.kernel.AccessRules;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.projects.ProjectsChanged;
import dev.havenkeep.web.EventStream;
import dev.havenkeep.web.Sends;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final int KEPT = 10_000;

    /** What of the audited kinds of things clients hear of, and what one must hold to hear of it. */
    private static final Map<String, Permission> AUDITED = Map.of(
            "team", Permission.TEAM_READ,
            "member", Permission.MEMBERS_READ,
            "invitation", Permission.MEMBERS_READ,
            "token", Permission.TOKENS_WRITE,
            "server", Permission.SERVERS_READ,
            "git-credential", Permission.APPLICATIONS_READ,
            "domain", Permission.APPLICATIONS_READ);

    private final AccessRules access;
    private final RecentChanges changes = new RecentChanges(KEPT);

    EventController(AccessRules access) {
        this.access = access;
    }

    /**
     * Something that changed.
     *
     * @param type the kind of thing and what happened, for example {@code deployment.updated}. A stream begins with
     *     {@code stream.opened}; {@code stream.reset} means that changes were missed, so that everything should be read
     *     again
     * @param id of the thing
     * @param applicationId the application that it is part of, if any
     * @param state the state it is in now, where it has one
     */
    record ChangeEvent(
            String type,
            String id,
            @Nullable String applicationId,
            @Nullable String state) {}

    /**
     * Streams what changes in a team, as it changes. The caller hears of what they may read; who comes back with the id
     * of the last event is told what they missed.
     *
     * @param team the team whose changes are wanted
     */
    @Sends(event = "change", with = ChangeEvent.class)
    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamEvents(@RequestParam TeamId team, EventStream stream) {
        Caller caller = Caller.current();
        String resumed = stream.lastEventId();
        stream.serve(feed -> follow(team, caller, resumed, feed));
    }

    private void follow(TeamId team, Caller caller, @Nullable String resumed, EventStream.Feed feed)
            throws InterruptedException {
        long seen = resumed == null ? -1 : changes.number(resumed);
        if (seen < 0) {
            seen = begin(team, resumed == null ? "stream.opened" : "stream.reset", feed);
        }
        while (true) {
            List<RecentChanges.Change> more = changes.after(seen);
            if (more == null) {
                seen = begin(team, "stream.reset", feed);
                continue;
            }
            for (RecentChanges.Change change : more) {
                if (change.scope().team().equals(team) && access.allows(caller, change.permission(), change.scope())) {
                    feed.send(new EventStream.Event(changes.id(change.number()), "change", change.event()));
                }
            }
            seen = more.getLast().number();
        }
    }

    private long begin(TeamId team, String how, EventStream.Feed feed) throws InterruptedException {
        long latest = changes.latest();
        feed.send(new EventStream.Event(changes.id(latest), "change", new ChangeEvent(how, team.value(), null, null)));
        return latest;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void deploymentChanged(DeploymentChanged change) {
        changes.add(
                change.scope(),
                Permission.DEPLOYMENTS_READ,
                new ChangeEvent(
                        "deployment.updated",
                        change.deployment().value(),
                        change.application().value(),
                        change.state().text()));
    }

    @TransactionalEventListener(fallbackExecution = true)
    void applicationChanged(ApplicationChanged change) {
        String what = switch (change.change()) {
            case CREATED -> "created";
            case REMOVED -> "deleted";
            case CONFIGURED, REPORTED -> "updated";
        };
        changes.add(
                change.scope(),
                Permission.APPLICATIONS_READ,
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
        changes.add(change.scope(), Permission.PROJECTS_READ, new ChangeEvent(thing + what, id, null, null));
    }

    /** What has no event of its own is heard of as it is written into the audit log. */
    @TransactionalEventListener(fallbackExecution = true)
    void audited(Audited audited) {
        Scope scope = audited.scope();
        if (scope == null) {
            return;
        }
        Permission permission = AUDITED.get(audited.targetType());
        String verb = audited.action().substring(audited.action().lastIndexOf('.') + 1);
        if (permission != null) {
            String what = switch (verb) {
                case "created", "joined" -> "created";
                case "deleted", "removed", "left", "revoked" -> "deleted";
                case "refused" -> "";
                default -> "updated";
            };
            if (!what.isEmpty()) {
                changes.add(
                        scope,
                        permission,
                        new ChangeEvent(audited.targetType() + "." + what, audited.targetId(), null, null));
            }
        } else if (audited.action().startsWith("variable")) {
            changes.add(
                    scope,
                    Permission.VARIABLES_READ,
                    new ChangeEvent("variables.updated", audited.targetId(), audited.targetId(), null));
        }
    }
}
