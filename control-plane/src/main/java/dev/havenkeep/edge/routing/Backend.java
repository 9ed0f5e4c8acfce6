package dev.havenkeep.edge.routing;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application on an edge: its routes and the containers that answer.
 *
 * @param application the application's id: a UUID, used as a name in the configuration
 * @param healthPath what the edge asks each container for, over and over; absent when an open port is enough
 * @param responseSeconds how long a container may stay silent before the edge gives up on an answer
 * @param routes in the order of their ids
 * @param servers in the order of their names
 */
public record Backend(
        String application,
        @Nullable String healthPath,
        int responseSeconds,
        List<Route> routes,
        List<BackendServer> servers) {

    public Backend {
        routes = routes.stream().sorted(Comparator.comparing(Route::id)).toList();
        servers = servers.stream()
                .sorted(Comparator.comparing(BackendServer::name))
                .toList();
    }
}
