package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.applications.Source;
import dev.havenkeep.applications.Status;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Masks;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.servers.Links;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Begins, opens and ends attempts: what is written down about a deployment apart from its steps. */
@Component
class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final DeploymentStore deployments;
    private final ReleaseStore releases;
    private final Applications applications;
    private final Snapshots snapshots;
    private final DeploymentLogs logs;
    private final Engines engines;
    private final Links links;
    private final Statuses statuses;
    private final Retention retention;
    private final Database database;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Attempts(
            DeploymentStore deployments,
            ReleaseStore releases,
            Applications applications,
            Snapshots snapshots,
            DeploymentLogs logs,
            Engines engines,
            Links links,
            Statuses statuses,
            Retention retention,
            Database database,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.deployments = deployments;
        this.releases = releases;
        this.applications = applications;
        this.snapshots = snapshots;
        this.logs = logs;
        this.engines = engines;
        this.links = links;
        this.statuses = statuses;
        this.retention = retention;
        this.database = database;
        this.clock = clock;
        this.events = events;
    }

    /** Takes a deployment out of the queue and fixes what it is about; false when it was called off meanwhile. */
    boolean begin(Deployment deployment) {
        return database.transaction(() -> {
            Application application = applications.get(deployment.application());
            if (application.record().deletion() != null) {
                deployments.cancelQueued(deployment.id(), clock.instant());
                return false;
            }
            Release release = chosen(deployment.request(), application);
            String active = application.status().activeDeploymentId();
            String activeRelease = application.status().activeReleaseId();
            boolean begun = deployments.start(
                    deployment.id(),
                    release.id(),
                    active == null ? null : new DeploymentId(active),
                    activeRelease == null ? null : new ReleaseId(activeRelease),
                    clock.instant());
            if (!begun && release.image() == null) {
                releases.deleteIncomplete(release.id());
            }
            if (begun) {
                applications.report(application.id(), application.status().with(Status.State.DEPLOYING));
            }
            return begun;
        });
    }

    private Release chosen(Deployment.Request request, Application application) {
        String active = application.status().activeReleaseId();
        return switch (request.kind()) {
            case ROLLBACK -> existing(Objects.requireNonNull(request.target()));
            case RESTART, STOP, START ->
                existing(new ReleaseId(Objects.requireNonNull(active, "an active release was required")));
            case DEPLOY -> {
                Release fresh = snapshots.take(application);
                releases.insert(fresh);
                if (request.build() == Deployment.Build.NEVER && active != null) {
                    Release.Image image = existing(new ReleaseId(active)).image();
                    releases.complete(fresh.id(), application.id(), Objects.requireNonNull(image));
                }
                yield fresh;
            }
        };
    }

    private Release existing(ReleaseId id) {
        return releases.find(id).orElseThrow(() -> new IllegalStateException("The release " + id + " is gone"));
    }

    /** Opens a deployment that has begun. */
    Attempt open(DeploymentId id, Cancellation cancellation) {
        Deployment deployment = deployments.find(id).orElseThrow();
        Application application = applications.get(deployment.application());
        Release release = existing(Objects.requireNonNull(deployment.release(), "it has begun"));
        Masks masks = masks(application, release);
        return new Attempt(
                deployment,
                application,
                release,
                new Attempt.Tools(
                        engines.of(release.configuration().server()),
                        links.of(release.configuration().server()),
                        logs.open(application.id(), id, masks),
                        masks,
                        cancellation,
                        deployments,
                        releases));
    }

    /** Ends a deployment; what it leaves for later is not its failure. */
    void finish(Attempt attempt, State end) {
        Deployment deployment = attempt.deployment();
        database.transaction(() -> {
            deployments.finish(deployment.id(), end, clock.instant());
            if (end != State.SUCCEEDED && attempt.kind() == Kind.DEPLOY) {
                releases.deleteIncomplete(attempt.release().id());
                releases.drop(attempt.release().id(), clock.instant());
            }
            statuses.settle(attempt.application().id());
            events.publishEvent(new DeploymentChanged(
                    deployment.id(),
                    attempt.application().id(),
                    attempt.application().scope(),
                    end));
        });
        attempt.log().end(end);
        try {
            statuses.refresh(attempt.application().id());
            retention.apply(attempt.application().id());
        } catch (ProblemException e) {
            LOG.info("Tidying up after deployment {} is left for later: {}", deployment.id(), e.getMessage());
        }
    }

    private static Masks masks(Application application, Release release) {
        List<Secret> secrets = new ArrayList<>();
        release.variables().run().stream().filter(Release.Value::secret).forEach(value -> secrets.add(value.value()));
        release.variables().build().stream().filter(Release.Value::secret).forEach(value -> secrets.add(value.value()));
        if (application.configuration().source() instanceof Source.Image image && image.password() != null) {
            secrets.add(image.password());
        }
        return new Masks(secrets);
    }
}
