package dev.havenkeep.engine;

import java.time.Instant;
import java.util.Map;

/**
 * A container in a list.
 *
 * @param imageId the id of the image that it was made from
 * @param description the engine's words for people, for example {@code Up 3 minutes (healthy)}
 */
public record ContainerSummary(
        ContainerId id,
        ContainerName name,
        String imageId,
        Map<String, String> labels,
        Container.Status status,
        String description,
        Instant createdAt,
        Map<NetworkName, Container.Endpoint> networks) {

    public ContainerSummary {
        labels = Map.copyOf(labels);
        networks = Map.copyOf(networks);
    }

    public boolean running() {
        return status == Container.Status.RUNNING;
    }

    /** A label's value; empty when it has none. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
