package dev.havenkeep.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container as the engine describes it.
 *
 * @param imageId the id of the image that it was made from
 * @param image what the image was called when it was made
 * @param restarts how often the engine has started it again
 * @param networks where it is joined to
 * @param terminal whether it has a terminal, whose output is not split in two
 */
public record Container(
        ContainerId id,
        ContainerName name,
        String imageId,
        String image,
        Map<String, String> labels,
        State state,
        int restarts,
        Map<NetworkName, Endpoint> networks,
        boolean terminal) {

    /** What it is doing. {@code UNKNOWN} is a state that a later engine may have. */
    public enum Status {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        REMOVING,
        EXITED,
        DEAD,
        UNKNOWN
    }

    /** What its own health check says; {@code NONE} when it has none. */
    public enum Health {
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    /**
     * How it is.
     *
     * @param exitCode of its last end; 128 + n when signal n ended it
     * @param oomKilled whether it ended since it wanted more memory than it may have
     * @param error why the engine could not start it, or empty
     * @param startedAt absent when it never ran
     * @param finishedAt absent when it never ended
     * @param healthOutput what the last health check wrote, or empty
     */
    public record State(
            Status status,
            int exitCode,
            boolean oomKilled,
            String error,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            Health health,
            String healthOutput) {

        public boolean running() {
            return status == Status.RUNNING;
        }
    }

    /**
     * Its place in a network.
     *
     * @param address its IPv4 address there; empty while it does not run
     */
    public record Endpoint(String address, List<String> aliases) {}

    public Container {
        labels = Map.copyOf(labels);
        networks = Map.copyOf(networks);
    }

    /** Its address in a network, if it is joined to it and runs. */
    public Optional<String> addressIn(NetworkName network) {
        return Optional.ofNullable(networks.get(network)).map(Endpoint::address).filter(address -> !address.isEmpty());
    }
}
