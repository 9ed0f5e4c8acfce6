package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.engine.Change;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.Labels;
import dev.havenkeep.engine.Network;
import dev.havenkeep.engine.Orphans;
import dev.havenkeep.engine.Orphans.Owned;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Id;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ServerId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes containers and networks that this installation made and nothing accounts for any more, such as what a server
 * still had when it came back after a deployment was given up. Volumes are never swept: they hold data. Images go with
 * their releases.
 */
@Component
class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Orphans orphans;
    private final Engines engines;
    private final Applications applications;
    private final DeploymentStore deployments;

    OrphanSweep(Orphans orphans, Engines engines, Applications applications, DeploymentStore deployments) {
        this.orphans = orphans;
        this.engines = engines;
        this.applications = applications;
        this.deployments = deployments;
    }

    void sweep(ServerId server) {
        Docker docker = engines.of(server);
        for (Owned orphan : orphans.find(server, owned -> accountedFor(server, owned))) {
            switch (orphan) {
                case Owned.OwnedContainer(ContainerSummary container) -> {
                    LOG.info("Removing the container {}, which nothing accounts for", container.name());
                    docker.containers().stop(container.id(), GRACE);
                    docker.containers().remove(container.id());
                }
                case Owned.OwnedNetwork(Network network) -> {
                    if (docker.networks().remove(network.name()) == Change.DONE) {
                        LOG.info("Removed the network {}, which nothing accounts for", network.name());
                    }
                }
                case Owned.OwnedVolume volume -> {}
                case Owned.OwnedImage image -> {}
            }
        }
    }

    /** Whether something that exists owns the thing. Asked after it was listed, so its owner is older than the list. */
    boolean accountedFor(ServerId server, Owned owned) {
        return switch (owned) {
            case Owned.OwnedContainer(ContainerSummary container) -> accountedFor(container);
            case Owned.OwnedNetwork(Network network) -> accountedFor(server, network.labels());
            case Owned.OwnedVolume volume -> true;
            case Owned.OwnedImage image -> true;
        };
    }

    private boolean accountedFor(ContainerSummary container) {
        String role = container.label(Labels.ROLE);
        boolean replica = role.equals(Labels.Role.APP.text());
        if (!replica && !role.equals(Labels.Role.RELEASE_COMMAND.text())) {
            return true;
        }
        Optional<ApplicationId> id = applicationId(container.label(Labels.APPLICATION));
        if (id.isEmpty()) {
            return true;
        }
        // Whatever an application has while its worker has something to do is the worker's business.
        if (deployments.next(id.get()).isPresent()) {
            return true;
        }
        Optional<Application> application = applications.find(id.get());
        return application.isPresent()
                && (application.get().record().deletion() != null
                        || (replica
                                && container
                                        .label(Labels.DEPLOYMENT)
                                        .equals(application.get().status().activeDeploymentId())));
    }

    private boolean accountedFor(ServerId server, Map<String, String> labels) {
        String environment = labels.get(Labels.ENVIRONMENT);
        return environment == null
                || applications.on(server).stream()
                        .anyMatch(application -> Optional.ofNullable(
                                        application.scope().environment())
                                .map(Id::value)
                                .filter(environment::equals)
                                .isPresent());
    }

    private static Optional<ApplicationId> applicationId(String text) {
        try {
            return Optional.of(new ApplicationId(text));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
