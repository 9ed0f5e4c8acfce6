package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.HealthCheck;
import dev.havenkeep.applications.Strategy;
import dev.havenkeep.applications.VolumeMount;
import dev.havenkeep.engine.CommandHealth;
import dev.havenkeep.engine.ContainerName;
import dev.havenkeep.engine.ContainerSpec;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.engine.Installation;
import dev.havenkeep.engine.Labels;
import dev.havenkeep.engine.Mount;
import dev.havenkeep.engine.Names;
import dev.havenkeep.engine.NetworkName;
import dev.havenkeep.engine.NetworkSpec;
import dev.havenkeep.engine.Owner;
import dev.havenkeep.engine.Resources;
import dev.havenkeep.engine.Revision;
import dev.havenkeep.engine.Stack;
import dev.havenkeep.engine.VolumeName;
import dev.havenkeep.engine.VolumeSpec;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a release looks like on a server: the stack of one service that the engine plans and executes. */
@Component
class Stacks {

    private static final String SERVICE = "app";
    private static final String RELEASE_COMMAND = "release";
    private static final double NANO = 1_000_000_000.0;

    private final Installation installation;

    Stacks(Installation installation) {
        this.installation = installation;
    }

    /** What the attempt's release should consist of: nothing that runs, for a stop. */
    Stack stack(Attempt attempt) {
        return stack(
                attempt.application(),
                attempt.release().configuration(),
                attempt.startsContainers()
                        ? List.of(service(
                                attempt.application(),
                                attempt.release(),
                                ImageReference.ofId(attempt.image().id()),
                                attempt.deployment().id().value()))
                        : List.of());
    }

    /** A stack of these services, with the application's network and volumes. */
    Stack stack(Application application, Configuration configuration, List<Stack.Service> services) {
        Owner owner = owner(application);
        return new Stack(
                owner,
                services,
                List.of(new NetworkSpec(network(application), false, Labels.ofEnvironment(owner))),
                configuration.running().volumes().stream()
                        .map(mount -> new VolumeSpec(volume(application, mount), Labels.of(owner)))
                        .toList());
    }

    /**
     * The one service of an application.
     *
     * @param generation another one means other containers
     */
    Stack.Service service(Application application, Release release, ImageReference image, String generation) {
        Configuration configuration = release.configuration();
        return new Stack.Service(
                SERVICE,
                image,
                configuration.running().replicas(),
                configuration.port(),
                new Stack.Settings(
                        configuration.running().command().isEmpty()
                                ? null
                                : configuration.running().command(),
                        environment(release),
                        resources(configuration),
                        configuration.running().volumes().stream()
                                .<Mount>map(mount -> new Mount.Volume(
                                        volume(application, mount), mount.mountPath(), mount.readOnly()))
                                .toList(),
                        List.of(new ContainerSpec.Attachment(
                                network(application), List.of(application.name().value()))),
                        health(configuration.running().healthCheck()),
                        Duration.ofSeconds(configuration.rollout().stopGraceSeconds()),
                        generation),
                configuration.rollout().strategy() == Strategy.RECREATE
                        ? Stack.Strategy.RECREATE
                        : Stack.Strategy.ROLLING);
    }

    /** Names and labels what the attempt makes: repeating a step finds what the attempt before it made. */
    Revision revision(Attempt attempt) {
        return new Revision(
                attempt.deployment().number(),
                attempt.deployment().id().value(),
                attempt.release().id().value());
    }

    /** The one-off container of the release command. */
    ContainerSpec releaseCommand(Attempt attempt) {
        Stack stack = stack(attempt);
        return stack.oneOff(
                stack.services().getFirst(),
                revision(attempt),
                Labels.Role.RELEASE_COMMAND,
                RELEASE_COMMAND,
                attempt.configuration().rollout().releaseCommand());
    }

    ContainerName releaseContainer(Attempt attempt) {
        return Names.container(owner(attempt.application()), revision(attempt), RELEASE_COMMAND);
    }

    /** One replica of what the attempt makes, from 1. */
    ContainerName container(Attempt attempt, int replica) {
        return Names.container(owner(attempt.application()), revision(attempt), Integer.toString(replica));
    }

    /** What the containers have that serve an application, or did. */
    Map<String, String> replicasOf(ApplicationId application) {
        Map<String, String> labels = new HashMap<>(everythingOf(application));
        labels.put(Labels.ROLE, Labels.Role.APP.text());
        return labels;
    }

    /** What everything has that belongs to an application. */
    Map<String, String> everythingOf(ApplicationId application) {
        return Map.of(Labels.INSTALLATION, installation.id(), Labels.APPLICATION, application.value());
    }

    /** The network that the environment's applications share on a server. */
    NetworkName network(Application application) {
        return Names.network(environment(application));
    }

    /** Who owns what an application consists of. */
    Owner owner(Application application) {
        return new Owner(
                installation.id(),
                application.scope().team(),
                Objects.requireNonNull(application.scope().project()),
                environment(application),
                application.id(),
                application.name().value());
    }

    private static EnvironmentId environment(Application application) {
        return Objects.requireNonNull(application.scope().environment());
    }

    private static VolumeName volume(Application application, VolumeMount mount) {
        return Names.volume(application.id(), mount.name());
    }

    private static Map<String, Secret> environment(Release release) {
        Map<String, Secret> environment = new HashMap<>();
        release.variables().run().forEach(value -> environment.put(value.name().value(), value.value()));
        // What the platform tells an application; a variable of the same name wins.
        if (release.configuration().port() != null) {
            environment.putIfAbsent(
                    "PORT", Secret.of(Integer.toString(release.configuration().port())));
        }
        if (release.number() != null) {
            environment.putIfAbsent("HAVEN_RELEASE", Secret.of(Long.toString(release.number())));
        }
        if (release.image() != null && release.image().commit() != null) {
            environment.putIfAbsent(
                    "HAVEN_COMMIT", Secret.of(release.image().commit().sha()));
        }
        return environment;
    }

    private static Resources resources(Configuration configuration) {
        Double cpus = configuration.running().resources().cpus();
        return new Resources(
                cpus == null ? null : Math.round(cpus * NANO),
                configuration.running().resources().memoryBytes());
    }

    private static @Nullable CommandHealth health(HealthCheck check) {
        return check.command().isEmpty()
                ? null
                : new CommandHealth(
                        check.command(), check.interval(), check.timeout(), check.startPeriod(), check.retries());
    }
}
