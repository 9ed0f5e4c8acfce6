package dev.havenkeep.engine;

import java.util.Map;

/**
 * A bridge network to be.
 *
 * @param internal without a way out of the server
 */
public record NetworkSpec(NetworkName name, boolean internal, Map<String, String> labels) {

    public NetworkSpec {
        labels = Map.copyOf(labels);
    }
}
