package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.applications.Source;
import dev.havenkeep.edge.Edge;
import dev.havenkeep.engine.Change;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.Volume;
import dev.havenkeep.jobs.Jobs;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.sources.Sources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes applications: first it is written down, then the application's worker takes away what it has on its server,
 * and last the application itself goes. Every part may be repeated.
 */
@Component
class ApplicationDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationDeletion.class);

    private final Applications applications;
    private final DeploymentStore deployments;
    private final ReleaseStore releases;
    private final RunningDeployments running;
    private final Stacks stacks;
    private final Retention retention;
    private final DeploymentLogs logs;
    private final Sources sources;
    private final Engines engines;
    private final Edge edge;
    private final Jobs jobs;
    private final Database database;
    private final InstantSource clock;

    ApplicationDeletion(
            Applications applications,
            DeploymentStore deployments,
            ReleaseStore releases,
            RunningDeployments running,
            Stacks stacks,
            Retention retention,
            DeploymentLogs logs,
            Sources sources,
            Engines engines,
            Edge edge,
            Jobs jobs,
            Database database,
            InstantSource clock) {
        this.applications = applications;
        this.deployments = deployments;
        this.releases = releases;
        this.running = running;
        this.stacks = stacks;
        this.retention = retention;
        this.logs = logs;
        this.sources = sources;
        this.engines = engines;
        this.edge = edge;
        this.jobs = jobs;
        this.database = database;
        this.clock = clock;
    }

    /** Asks for a deletion. What is being deployed is called off; asking again changes only what goes with it. */
    void request(ApplicationId id, Application.Deletion deletion) {
        database.transaction(() -> {
            jobs.call(DeploymentJob.NAME, id.value());
            applications.condemn(id, deletion);
            deployments.supersede(id, clock.instant());
            deployments.next(id).ifPresent(deployment -> deployments.cancel(deployment.id()));
        });
        deployments.next(id).ifPresent(deployment -> running.cancel(deployment.id()));
    }

    /** Takes away everything that the application has, and then the application. */
    void run(Application application) {
        ApplicationId id = application.id();
        Application.Deletion deletion =
                Objects.requireNonNull(application.record().deletion(), "it was asked for");
        try {
            takeAway(application, deletion);
        } catch (ProblemException e) {
            if (!deletion.abandon()) {
                throw e;
            }
            LOG.warn("What application {} has on its server is left there: {}", application.name(), e.getMessage());
        }
        releases.kept(id).forEach(release -> releases.drop(release.id(), clock.instant()));
        logs.forget(id);
        forgetSource(application);
        applications.remove(id);
        LOG.info("Application {} was deleted", application.name());
    }

    /** Takes away what the application has on its server. */
    private void takeAway(Application application, Application.Deletion deletion) {
        ApplicationId id = application.id();
        Docker docker = engines.of(application.configuration().server());
        edge.forget(id);
        Duration grace =
                Duration.ofSeconds(application.configuration().rollout().stopGraceSeconds());
        for (ContainerSummary container : docker.containers().list(stacks.everythingOf(id))) {
            docker.containers().stop(container.id(), grace);
            docker.containers().remove(container.id());
        }
        if (deletion.volumes()) {
            for (Volume volume : docker.volumes().list(stacks.everythingOf(id))) {
                docker.volumes().remove(volume.name());
            }
        }
        for (Release release : releases.kept(id)) {
            releases.drop(release.id(), clock.instant());
            retention.removeImage(docker, release);
        }
        removeNetwork(application, docker);
    }

    /** A repository's mirror goes with the last application that is built from it. */
    private void forgetSource(Application application) {
        if (!(application.configuration().source() instanceof Source.Git git)) {
            return;
        }
        boolean last = applications.all().stream()
                .filter(other -> !other.id().equals(application.id()))
                .noneMatch(other -> other.configuration().source() instanceof Source.Git its
                        && its.url().equals(git.url())
                        && Objects.equals(its.credentialId(), git.credentialId()));
        if (last) {
            sources.forget(git.url(), git.credentialId());
        }
    }

    /** The environment's network goes with the last application of the environment on the server. */
    private void removeNetwork(Application application, Docker docker) {
        boolean last = applications.on(application.configuration().server()).stream()
                .filter(other -> !other.id().equals(application.id()))
                .noneMatch(other -> stacks.network(other).equals(stacks.network(application)));
        if (last) {
            edge.detach(
                    application.configuration().server(),
                    stacks.network(application).value());
            if (docker.networks().remove(stacks.network(application)) == Change.IN_USE) {
                LOG.info("The network {} is still in use", stacks.network(application));
            }
        }
    }
}
