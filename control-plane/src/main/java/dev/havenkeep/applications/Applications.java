package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The applications of all teams: what is wanted of each, and what is reported about it. */
@Service
public class Applications {

    private final ApplicationStore store;
    private final Belongings belongings;
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Applications(
            ApplicationStore store,
            Belongings belongings,
            Database database,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.belongings = belongings;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /** The application with this id, if there is one. */
    public Optional<Application> find(ApplicationId id) {
        return store.find(id);
    }

    /**
     * The application with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Application get(ApplicationId id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no application with this id.")));
    }

    /** One page of an environment's applications, oldest first. */
    public Page<Application> list(EnvironmentId environment, Paging paging) {
        return Page.of(
                store.list(environment, paging),
                paging,
                application -> application.id().value());
    }

    /** Every application that is configured to run on a server. */
    public List<Application> on(ServerId server) {
        return store.on(server);
    }

    /** Every application of the installation. */
    public List<Application> all() {
        return store.all();
    }

    /** The variables of an application, secrets opened. */
    public List<Variable> variables(ApplicationId id) {
        return store.variables(id);
    }

    /** Writes down what a deployment or the watch over its containers found out. */
    public void report(ApplicationId id, Status status) {
        database.transaction(() -> store.find(id).ifPresent(before -> {
            boolean condemned = before.record().deletion() != null;
            Status after = condemned ? status.with(Status.State.DELETING) : status;
            if (!before.status().equals(after)) {
                store.report(id, after);
                events.publishEvent(new ApplicationChanged(id, before.scope(), ApplicationChanged.Change.REPORTED));
            }
        }));
    }

    /** Writes down how many containers were seen running, unless another release has become active meanwhile. */
    public void observe(ApplicationId id, Status seen) {
        database.transaction(() -> {
            if (store.observe(id, seen)) {
                events.publishEvent(new ApplicationChanged(id, get(id).scope(), ApplicationChanged.Change.REPORTED));
            }
        });
    }

    /** Marks an application for deletion: from now on it takes no deployments. */
    public Application condemn(ApplicationId id, Application.Deletion deletion) {
        return database.transaction(() -> {
            Application application = get(id);
            store.condemn(id, deletion);
            events.publishEvent(audited(
                    "application.deletion-requested",
                    application,
                    Map.of("volumes", deletion.volumes(), "abandon", deletion.abandon())));
            events.publishEvent(new ApplicationChanged(id, application.scope(), ApplicationChanged.Change.REPORTED));
            return get(id);
        });
    }

    /** Forgets an application, once nothing of it is left on any server. */
    public void remove(ApplicationId id) {
        database.transaction(() -> store.find(id).ifPresent(application -> {
            store.delete(id);
            events.publishEvent(audited("application.deleted", application, Map.of()));
            events.publishEvent(new ApplicationChanged(id, application.scope(), ApplicationChanged.Change.REMOVED));
        }));
    }

    Application create(EnvironmentId environment, ApplicationName name, Configuration configuration) {
        Scope scope = belongings.scopeOf(environment);
        belongings.check(scope.team(), configuration);
        return database.transaction(() -> {
            if (store.named(environment, name).isPresent()) {
                throw taken(name);
            }
            var now = clock.instant();
            Application application = new Application(
                    new ApplicationId(ids.next()),
                    scope,
                    name,
                    configuration,
                    Status.NONE,
                    new Application.Record(1, now, now, null));
            store.insert(application);
            events.publishEvent(audited("application.created", application, changes(null, application)));
            events.publishEvent(new ApplicationChanged(application.id(), scope, ApplicationChanged.Change.CREATED));
            return application;
        });
    }

    Application update(Application before, ApplicationName name, Configuration configuration) {
        if (before.record().deletion() != null) {
            throw beingDeleted();
        }
        belongings.check(before.scope().team(), configuration);
        if (!before.configuration().server().equals(configuration.server())
                && before.status().activeDeploymentId() != null) {
            throw new ProblemException(Problem.conflict(
                    "application-lives-on-server",
                    "The application lives on its server",
                    "Its containers and volumes are on the present server. Make a new application on the other server"
                            + " and delete this one, or delete and create it again."));
        }
        return database.transaction(() -> {
            if (!before.name().equals(name)) {
                EnvironmentId environment =
                        Objects.requireNonNull(before.scope().environment());
                if (store.named(environment, name).isPresent()) {
                    throw taken(name);
                }
            }
            Application after = new Application(
                    before.id(),
                    before.scope(),
                    name,
                    configuration,
                    before.status(),
                    new Application.Record(
                            before.record().version() + 1, before.record().createdAt(), clock.instant(), null));
            if (!store.update(after)) {
                throw new ProblemException(Problem.of(
                        412,
                        "precondition-failed",
                        "It has changed in the meantime",
                        "Somebody changed this since you read it. Read it again and repeat your change."));
            }
            events.publishEvent(audited("application.changed", after, changes(before, after)));
            events.publishEvent(
                    new ApplicationChanged(after.id(), after.scope(), ApplicationChanged.Change.CONFIGURED));
            return after;
        });
    }

    /** What a caller is told who wants something from an application that is on its way out. */
    public static ProblemException beingDeleted() {
        return new ProblemException(Problem.conflict(
                "application-being-deleted",
                "The application is being deleted",
                "Its deletion was asked for, so it can no longer be changed or deployed."));
    }

    static Audited audited(String action, Application application, Map<String, Object> changes) {
        return new Audited(
                action,
                application.scope(),
                "application",
                application.id().value(),
                application.name().value(),
                changes);
    }

    /** Which members changed, with their values now; nothing in a configuration's text form is secret. */
    private static Map<String, Object> changes(
            @org.jspecify.annotations.Nullable Application before, Application after) {
        Map<String, Object> changes = new TreeMap<>();
        Configuration now = after.configuration();
        Configuration then = before == null ? null : before.configuration();
        if (before == null || !before.name().equals(after.name())) {
            changes.put("name", after.name().value());
        }
        if (then == null || !then.server().equals(now.server())) {
            changes.put("serverId", now.server().value());
        }
        if (then == null || !then.source().equals(now.source())) {
            changes.put("source", now.source().toString());
        }
        if (now.port() != null && (then == null || !Objects.equals(then.port(), now.port()))) {
            changes.put("port", now.port());
        }
        if (then == null || !then.running().equals(now.running())) {
            changes.put("running", now.running().toString());
        }
        if (then == null || !then.rollout().equals(now.rollout())) {
            changes.put("rollout", now.rollout().toString());
        }
        return changes;
    }

    private static ProblemException taken(ApplicationName name) {
        return new ProblemException(Problem.conflict(
                "name-taken",
                "The name is taken",
                "The environment already has an application named " + name + ". Choose another name."));
    }
}
