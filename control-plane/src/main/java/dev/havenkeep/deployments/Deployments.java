package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.applications.Source;
import dev.havenkeep.jobs.Jobs;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Asks for deployments, calls them off, and shows them. The work itself is done by {@link DeploymentJob}. */
@Service
public class Deployments {

    private final DeploymentStore store;
    private final ReleaseStore releases;
    private final Applications applications;
    private final Jobs jobs;
    private final RunningDeployments running;
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Deployments(
            DeploymentStore store,
            ReleaseStore releases,
            Applications applications,
            Jobs jobs,
            RunningDeployments running,
            Database database,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.releases = releases;
        this.applications = applications;
        this.jobs = jobs;
        this.running = running;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /** The deployment with this id, if there is one. */
    public Optional<Deployment> find(DeploymentId id) {
        return store.find(id);
    }

    /**
     * The deployment with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Deployment get(DeploymentId id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no deployment with this id.")));
    }

    /** One page of an application's deployments, newest first. */
    public Page<Deployment> list(ApplicationId application, Paging paging) {
        return Page.of(store.list(application, paging), paging, deployment -> Long.toString(deployment.number()));
    }

    /** One page of the releases that an application keeps, newest first. */
    public Page<Release> releases(ApplicationId application, Paging paging) {
        return Page.of(releases.list(application, paging), paging, release -> String.valueOf(release.number()));
    }

    /**
     * The release with this id.
     *
     * @throws ProblemException 404 when there is none that is kept
     */
    public Release release(ReleaseId id) {
        return releases.find(id)
                .filter(release -> release.number() != null && release.droppedAt() == null)
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("There is no release with this id; it may be past those that are kept.")));
    }

    /**
     * Queues a deployment. One of the same application that still waits is superseded by it.
     *
     * @throws ProblemException 404, 409 or 422 when the application, as it is, cannot do this
     */
    public Deployment request(ApplicationId id, Deployment.Request request) {
        Application application = applications.get(id);
        check(application, request);
        return database.transaction(() -> {
            // First, since it keeps every other request for this application waiting until we have committed.
            jobs.call(DeploymentJob.NAME, id.value());
            Instant now = clock.instant();
            Deployment deployment = new Deployment(
                    new DeploymentId(ids.next()),
                    id,
                    store.nextNumber(id),
                    State.QUEUED,
                    request,
                    null,
                    null,
                    Arrays.stream(Step.values())
                            .map(step -> new Deployment.StepRecord(step, Step.State.PENDING, null, null))
                            .toList(),
                    new Deployment.Times(now, null, null),
                    Deployment.Undoing.NONE);
            for (DeploymentId older : store.supersede(id, now)) {
                events.publishEvent(new DeploymentChanged(older, id, application.scope(), State.SUPERSEDED));
            }
            store.insert(deployment);
            events.publishEvent(audited("deployment.requested", application, deployment));
            events.publishEvent(new DeploymentChanged(deployment.id(), id, application.scope(), State.QUEUED));
            return deployment;
        });
    }

    /**
     * Calls a deployment off. It ends as cancelled as soon as it is undone, at once if it still waits.
     *
     * @throws ProblemException 409 when it has ended, or serves already and takes away what served before
     */
    public Deployment cancel(DeploymentId id) {
        database.transaction(() -> {
            Deployment deployment = get(id);
            Application application = applications.get(deployment.application());
            if (store.cancelQueued(id, clock.instant())) {
                events.publishEvent(audited("deployment.cancelled", application, deployment));
                events.publishEvent(new DeploymentChanged(id, application.id(), application.scope(), State.CANCELLED));
                return;
            }
            if (!store.cancel(id)) {
                throw deployment.state().terminal() ? ended(deployment) : live();
            }
            if (!deployment.undoing().cancelRequested()) {
                events.publishEvent(audited("deployment.cancelled", application, deployment));
            }
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    running.cancel(id);
                }
            });
        });
        return get(id);
    }

    /**
     * Checks that the application, as it is, can do this.
     *
     * @throws ProblemException 404, 409 or 422 when it cannot
     */
    void check(ApplicationId id, Deployment.Request request) {
        check(applications.get(id), request);
    }

    private void check(Application application, Deployment.Request request) {
        if (application.record().deletion() != null) {
            throw Applications.beingDeleted();
        }
        if (request.commit() != null && !(application.configuration().source() instanceof Source.Git)) {
            throw new ProblemException(
                    Problem.invalid("commit", "has no meaning here: the application's source is an image"));
        }
        boolean needsActive = switch (request.kind()) {
            case DEPLOY -> request.build() == Deployment.Build.NEVER;
            case RESTART, STOP, START -> true;
            case ROLLBACK -> false;
        };
        if (needsActive && application.status().activeReleaseId() == null) {
            throw new ProblemException(Problem.conflict(
                    "nothing-deployed",
                    "Nothing is deployed yet",
                    "The application has no release that ever went live. Deploy it first."));
        }
        if (request.kind() == Kind.ROLLBACK) {
            boolean kept = releases.find(Objects.requireNonNull(request.target()))
                    .filter(release -> release.application().equals(application.id()))
                    .filter(release -> release.number() != null && release.droppedAt() == null)
                    .isPresent();
            if (!kept) {
                throw new ProblemException(
                        Problem.invalid("releaseId", "names no release that the application keeps; list its releases"));
            }
        }
    }

    private static Audited audited(String action, Application application, Deployment deployment) {
        Map<String, Object> changes = new HashMap<>();
        changes.put("application", application.name().value());
        changes.put("kind", deployment.request().kind().text());
        if (deployment.request().commit() != null) {
            changes.put("commit", deployment.request().commit());
        }
        if (deployment.request().target() != null) {
            changes.put("releaseId", deployment.request().target().value());
        }
        return new Audited(
                action,
                application.scope(),
                "deployment",
                deployment.id().value(),
                application.name() + " #" + deployment.number(),
                changes);
    }

    /** Who asks, as deployments remember it. */
    static String caller() {
        return Caller.current().name();
    }

    private static ProblemException ended(Deployment deployment) {
        return new ProblemException(Problem.conflict(
                "deployment-ended",
                "The deployment has ended",
                "It is " + deployment.state().text() + ", so there is nothing left to call off."));
    }

    private static ProblemException live() {
        return new ProblemException(Problem.conflict(
                "deployment-live",
                "The deployment is live",
                "It serves already and the containers before it are being stopped. Roll back to an earlier release"
                        + " instead."));
    }
}
