package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.applications.Status;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.kernel.ApplicationId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Works out and reports the state of applications, from what is written down and from what runs. */
@Component
class Statuses {

    private final Applications applications;
    private final DeploymentStore deployments;
    private final ReleaseStore releases;
    private final Replicas replicas;
    private final Engines engines;

    Statuses(
            Applications applications,
            DeploymentStore deployments,
            ReleaseStore releases,
            Replicas replicas,
            Engines engines) {
        this.applications = applications;
        this.deployments = deployments;
        this.releases = releases;
        this.replicas = replicas;
        this.engines = engines;
    }

    /** Reports what the end of a deployment means, as far as that can be told without asking the server. */
    void settle(ApplicationId id) {
        applications.find(id).ifPresent(application -> {
            Status status = application.status();
            applications.report(id, status.with(resting(status)));
        });
    }

    /** Looks at the containers of an application and reports how many run. */
    void refresh(ApplicationId id) {
        applications
                .find(id)
                .ifPresent(application -> refresh(
                        application,
                        replicas.of(engines.of(application.configuration().server()), id)));
    }

    /** Reports how many of these containers of the application run and serve. */
    void refresh(Application application, List<ContainerSummary> containers) {
        Status status = application.status();
        if (application.record().deletion() != null) {
            return;
        }
        String active = status.activeDeploymentId();
        int running = (int) containers.stream()
                .filter(ContainerSummary::running)
                .filter(container -> replicas.deployment(container).equals(active))
                .count();
        boolean underWay =
                deployments.next(application.id()).filter(Deployment::underWay).isPresent();
        Status.State state = underWay
                ? Status.State.DEPLOYING
                : resting(status) == Status.State.RUNNING && running < wanted(status)
                        ? Status.State.DEGRADED
                        : resting(status);
        applications.observe(
                application.id(), new Status(state, running, status.activeReleaseId(), active, status.activeSince()));
    }

    private static Status.State resting(Status status) {
        if (status.activeDeploymentId() != null) {
            return Status.State.RUNNING;
        }
        return status.activeReleaseId() != null ? Status.State.STOPPED : Status.State.NONE;
    }

    private int wanted(Status status) {
        return status.activeReleaseId() == null
                ? 0
                : releases.find(new ReleaseId(status.activeReleaseId()))
                        .map(release -> release.configuration().running().replicas())
                        .orElse(1);
    }
}
