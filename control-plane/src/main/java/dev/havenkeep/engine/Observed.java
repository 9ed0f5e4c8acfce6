package dev.havenkeep.engine;

import java.util.List;
import java.util.Set;

/**
 * What of a stack is on a server.
 *
 * @param containers the application's containers of the role {@link Labels.Role#APP}, running or not
 * @param networks those of the stack's networks that exist
 * @param volumes those of the stack's volumes that exist
 */
public record Observed(List<ContainerSummary> containers, Set<NetworkName> networks, Set<VolumeName> volumes) {

    public Observed {
        containers = List.copyOf(containers);
        networks = Set.copyOf(networks);
        volumes = Set.copyOf(volumes);
    }
}
