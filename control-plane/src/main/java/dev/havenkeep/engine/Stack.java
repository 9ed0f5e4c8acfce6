package dev.havenkeep.engine;

import dev.havenkeep.kernel.Secret;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an application should consist of on a server. An application of one image is a stack of one service; one
 * without services consists of nothing but its networks and volumes.
 *
 * @param services in the order in which they start
 * @param networks are made if absent and stay, since other stacks may be in them
 * @param volumes are made if absent and stay, since data is never removed by a deployment
 */
public record Stack(Owner owner, List<Service> services, List<NetworkSpec> networks, List<VolumeSpec> volumes) {

    /** How new containers take the place of old ones. */
    public enum Strategy {
        /** New ones run beside the old ones before these stop. */
        ROLLING,
        /** The old ones stop before the new ones start: for what cannot run twice. */
        RECREATE
    }

    /**
     * Containers that are all alike.
     *
     * @param name unique in the stack; lower-case letters, digits and inner hyphens
     * @param image by digest or local id, so that it means the same on each day
     * @param replicas how many
     * @param port where it takes traffic; absent for a worker
     */
    public record Service(
            String name,
            ImageReference image,
            int replicas,
            @Nullable Integer port,
            Settings settings,
            Strategy strategy) {

        private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

        public Service {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Not a service's name: " + name);
            }
            if (replicas < 0) {
                throw new IllegalArgumentException("A service cannot have " + replicas + " replicas");
            }
        }
    }

    /**
     * How each container of a service is set up. Two containers with equal settings and image are the same container.
     *
     * @param command absent for the image's own
     * @param health a health check inside the container; absent for the image's own
     * @param generation any text: another one means other containers, even if nothing else differs, as for a restart
     */
    public record Settings(
            @Nullable List<String> command,
            Map<String, Secret> environment,
            Resources resources,
            List<Mount> mounts,
            List<ContainerSpec.Attachment> networks,
            @Nullable CommandHealth health,
            Duration stopGrace,
            String generation) {

        public Settings {
            command = command == null ? null : List.copyOf(command);
            environment = Map.copyOf(environment);
            mounts = List.copyOf(mounts);
            networks = List.copyOf(networks);
        }
    }

    public Stack {
        services = List.copyOf(services);
        networks = List.copyOf(networks);
        volumes = List.copyOf(volumes);
        Set<String> names = new HashSet<>();
        for (Service service : services) {
            if (!names.add(service.name())) {
                throw new IllegalArgumentException("Two services are named " + service.name());
            }
        }
    }

    /**
     * A container that runs one command with a service's image, settings and mounts and then ends, such as a schema
     * migration. It is not restarted and takes no traffic.
     *
     * @param what ends its name, for example {@code release}
     */
    public ContainerSpec oneOff(
            Service service, Revision revision, Labels.Role role, String what, List<String> command) {
        Settings settings = service.settings();
        return ContainerSpec.of(Names.container(owner, revision, what), service.image())
                .labels(Labels.of(owner, revision, role))
                .label(Labels.SERVICE, service.name())
                .command(command)
                .environment(settings.environment())
                .resources(settings.resources())
                .mounts(settings.mounts())
                // Without the service's aliases: no other container may take it for the service.
                .networks(settings.networks().stream()
                        .map(each -> new ContainerSpec.Attachment(each.network(), List.of()))
                        .toList())
                .stopGrace(settings.stopGrace())
                .build();
    }

    /** One replica of a service. */
    ContainerSpec replica(Service service, Revision revision, int replica) {
        Settings settings = service.settings();
        String what = services.size() == 1 ? Integer.toString(replica) : service.name() + "-" + replica;
        ContainerSpec.Builder builder = ContainerSpec.of(Names.container(owner, revision, what), service.image())
                .command(settings.command())
                .environment(settings.environment())
                .resources(settings.resources())
                .mounts(settings.mounts())
                .networks(settings.networks())
                .restarted()
                .stopGrace(settings.stopGrace())
                .health(settings.health());
        String hash = ConfigHash.of(builder.build(), settings.generation());
        return builder.labels(Labels.of(owner, revision, Labels.Role.APP))
                .label(Labels.SERVICE, service.name())
                .label(Labels.REPLICA, Integer.toString(replica))
                .label(Labels.CONFIG_HASH, hash)
                .label(Labels.STOP_GRACE, Long.toString(settings.stopGrace().toSeconds()))
                .build();
    }
}
