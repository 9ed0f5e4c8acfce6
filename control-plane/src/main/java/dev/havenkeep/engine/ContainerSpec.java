package dev.havenkeep.engine;

import dev.havenkeep.kernel.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A container to be. Beside what is said here, every container has an init process, no way to new privileges, and a
 * log of bounded size.
 *
 * @param labels who owns it; see {@link Labels}
 * @param networks where it is joined to; none for a container without a network
 */
public record ContainerSpec(
        ContainerName name,
        ImageReference image,
        Map<String, String> labels,
        Program program,
        Resources resources,
        List<Mount> mounts,
        List<Attachment> networks,
        List<PublishedPort> ports,
        Policy policy) {

    /**
     * What runs in it.
     *
     * @param entrypoint absent for the image's own
     * @param command absent for the image's own
     * @param user absent for the image's own
     */
    public record Program(
            @Nullable List<String> entrypoint,
            @Nullable List<String> command,
            Map<String, Secret> environment,
            @Nullable String user,
            @Nullable String workingDirectory) {

        public Program {
            entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
            command = command == null ? null : List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /** A network, and the names under which it is known there beside its own. */
    public record Attachment(NetworkName network, List<String> aliases) {
        public Attachment {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * How it is kept.
     *
     * @param restart whether the engine starts it again when it ends, and at the server's start
     * @param stopGrace from the stop signal to the kill
     * @param health a health check inside the container; absent for the image's own
     * @param logBytes how long a log file grows before the next one begins
     * @param logFiles how many log files are kept
     * @param capabilities Linux capabilities beside the engine's default ones
     */
    public record Policy(
            boolean restart,
            Duration stopGrace,
            @Nullable CommandHealth health,
            long logBytes,
            int logFiles,
            List<String> capabilities) {

        public Policy {
            capabilities = List.copyOf(capabilities);
        }
    }

    public ContainerSpec {
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
        networks = List.copyOf(networks);
        ports = List.copyOf(ports);
    }

    /** Begins a container that runs what its image says, without limits, mounts, networks or restarts. */
    public static Builder of(ContainerName name, ImageReference image) {
        return new Builder(name, image);
    }

    /** Collects a container's settings. */
    public static final class Builder {
        private static final Duration STOP_GRACE = Duration.ofSeconds(10);
        private static final long LOG_BYTES = 20L << 20;
        private static final int LOG_FILES = 5;

        private final ContainerName name;
        private final ImageReference image;
        private final Map<String, String> labels = new TreeMap<>();
        private final List<Mount> mounts = new ArrayList<>();
        private final List<Attachment> networks = new ArrayList<>();
        private final List<PublishedPort> ports = new ArrayList<>();
        private final List<String> capabilities = new ArrayList<>();
        private final Map<String, Secret> environment = new TreeMap<>();
        private @Nullable List<String> entrypoint;
        private @Nullable List<String> command;
        private @Nullable String user;
        private @Nullable String workingDirectory;
        private Resources resources = Resources.UNLIMITED;
        private boolean restart;
        private Duration stopGrace = STOP_GRACE;
        private @Nullable CommandHealth health;

        private Builder(ContainerName name, ImageReference image) {
            this.name = name;
            this.image = image;
        }

        public Builder labels(Map<String, String> more) {
            labels.putAll(more);
            return this;
        }

        public Builder label(String label, String value) {
            labels.put(label, value);
            return this;
        }

        public Builder entrypoint(@Nullable List<String> argv) {
            entrypoint = argv;
            return this;
        }

        public Builder command(@Nullable List<String> argv) {
            command = argv;
            return this;
        }

        public Builder environment(Map<String, Secret> variables) {
            environment.putAll(variables);
            return this;
        }

        public Builder user(@Nullable String name) {
            user = name;
            return this;
        }

        public Builder workingDirectory(@Nullable String path) {
            workingDirectory = path;
            return this;
        }

        public Builder resources(Resources limits) {
            resources = limits;
            return this;
        }

        public Builder mounts(List<Mount> more) {
            mounts.addAll(more);
            return this;
        }

        public Builder network(NetworkName network, String... aliases) {
            networks.add(new Attachment(network, List.of(aliases)));
            return this;
        }

        public Builder networks(List<Attachment> more) {
            networks.addAll(more);
            return this;
        }

        public Builder ports(List<PublishedPort> more) {
            ports.addAll(more);
            return this;
        }

        public Builder capabilities(List<String> more) {
            capabilities.addAll(more);
            return this;
        }

        /** The engine starts it again when it ends, and at the server's start, unless it was stopped. */
        public Builder restarted() {
            restart = true;
            return this;
        }

        public Builder stopGrace(Duration grace) {
            stopGrace = grace;
            return this;
        }

        public Builder health(@Nullable CommandHealth check) {
            health = check;
            return this;
        }

        public ContainerSpec build() {
            return new ContainerSpec(
                    name,
                    image,
                    labels,
                    new Program(entrypoint, command, environment, user, workingDirectory),
                    resources,
                    mounts,
                    networks,
                    ports,
                    new Policy(restart, stopGrace, health, LOG_BYTES, LOG_FILES, capabilities));
        }
    }
}
