package dev.havenkeep.engine;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ServerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Looks at what runs and does the steps of plans. Each step may be repeated: whoever crashed in one does it again. No
 * step touches what does not carry this installation's label, even if its name is the one that was planned.
 */
@Component
public class Executor {

    private final Engines engines;
    private final Installation installation;

    public Executor(Engines engines, Installation installation) {
        this.engines = engines;
        this.installation = installation;
    }

    /** What of the stack is on the server now; what something else made under one of its names is not of it. */
    public Observed observe(ServerId server, Stack stack) {
        Docker docker = engines.of(server);
        Map<String, String> labels = Map.of(
                Labels.INSTALLATION, installation.id(),
                Labels.APPLICATION, stack.owner().application().value(),
                Labels.ROLE, Labels.Role.APP.text());
        Set<NetworkName> networks = new LinkedHashSet<>();
        for (NetworkSpec network : stack.networks()) {
            if (docker.networks()
                    .inspect(network.name())
                    .filter(found -> ours(found.labels()))
                    .isPresent()) {
                networks.add(network.name());
            }
        }
        Set<VolumeName> volumes = new LinkedHashSet<>();
        for (VolumeSpec volume : stack.volumes()) {
            if (docker.volumes()
                    .inspect(volume.name())
                    .filter(found -> ours(found.labels()))
                    .isPresent()) {
                volumes.add(volume.name());
            }
        }
        return new Observed(docker.containers().list(labels), networks, volumes);
    }

    /** Does the steps in their order. */
    public void execute(ServerId server, List<Step> steps) {
        steps.forEach(step -> execute(server, step));
    }

    /**
     * Does one step.
     *
     * @throws ProblemException as {@link Docker} gives them, and 409 {@code not-ours} when something else has the name
     */
    public void execute(ServerId server, Step step) {
        Docker docker = engines.of(server);
        switch (step) {
            case Step.CreateNetwork(NetworkSpec network) -> {
                if (docker.networks().create(network) == Change.ALREADY) {
                    docker.networks()
                            .inspect(network.name())
                            .ifPresent(found -> requireOurs(found.labels(), "network " + network.name()));
                }
            }
            case Step.CreateVolume(VolumeSpec volume) -> {
                if (docker.volumes().create(volume) == Change.ALREADY) {
                    docker.volumes()
                            .inspect(volume.name())
                            .ifPresent(found -> requireOurs(found.labels(), "volume " + volume.name()));
                }
            }
            case Step.CreateContainer create -> create(docker, create.container());
            case Step.StartContainer(String service, ContainerName name) -> {
                if (!ours(docker, name) || docker.containers().start(name) == Change.ABSENT) {
                    throw new ProblemException(Problem.conflict(
                            "container-gone",
                            "A container is gone",
                            "The container " + name + " of " + service
                                    + " was removed while it was about to start. Deploy again."));
                }
            }
            case Step.KeepContainer ignored -> {}
            case Step.StopContainer stop -> {
                if (ours(docker, stop.container())) {
                    docker.containers().stop(stop.container(), stop.grace());
                }
            }
            case Step.RemoveContainer remove -> {
                if (ours(docker, remove.container())) {
                    docker.containers().remove(remove.container());
                }
            }
        }
    }

    private void create(Docker docker, ContainerSpec spec) {
        switch (docker.containers().create(spec)) {
            case Containers.Created.Fresh ignored -> {}
            case Containers.Created.NameTaken ignored -> {
                Container found = docker.containers().inspect(spec.name()).orElse(null);
                if (found != null) {
                    requireOurs(found.labels(), "container " + spec.name());
                    if (same(found.labels(), spec.labels())) {
                        // Made by this very step, before a crash that may have come before all networks were joined.
                        docker.containers().join(found.id(), spec);
                        return;
                    }
                    docker.containers().remove(found.id());
                }
                if (docker.containers().create(spec) instanceof Containers.Created.NameTaken) {
                    throw notOurs("container " + spec.name());
                }
            }
        }
    }

    private static boolean same(Map<String, String> found, Map<String, String> wanted) {
        return found.entrySet().containsAll(wanted.entrySet());
    }

    private boolean ours(Docker docker, ContainerName name) {
        return docker.containers()
                .inspect(name)
                .map(found -> {
                    requireOurs(found.labels(), "container " + name);
                    return true;
                })
                .orElse(false);
    }

    private void requireOurs(Map<String, String> labels, String what) {
        if (!ours(labels)) {
            throw notOurs(what);
        }
    }

    private boolean ours(Map<String, String> labels) {
        return installation.id().equals(labels.get(Labels.INSTALLATION));
    }

    private static ProblemException notOurs(String what) {
        return new ProblemException(Problem.conflict(
                "not-ours",
                "The name is taken",
                "The server already has a " + what
                        + " that this installation did not make. Remove or rename it, then try again."));
    }
}
