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
