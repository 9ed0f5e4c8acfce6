package dev.havenkeep.engine;

import java.util.List;
import java.util.Map;

/**
 * A network of the engine.
 *
 * @param internal whether it has no way out of the server
 * @param containers the running containers in it; empty in lists, where the engine does not say
 */
public record Network(
        String id,
        NetworkName name,
        String driver,
        boolean internal,
        Map<String, String> labels,
        List<ContainerId> containers) {}
