package dev.havenkeep.edge.lab;

import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.Backend;
import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.EdgeSettings;
import dev.havenkeep.edge.routing.EdgeState;
import dev.havenkeep.edge.routing.HeaderName;
import dev.havenkeep.edge.routing.HeaderValue;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.PathPrefix;
import dev.havenkeep.edge.routing.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** States of an edge for tests. */
public final class States {

    public static final EdgeSettings SETTINGS = new EdgeSettings(80, 443, 0, 1800);

    private States() {}

    public static EdgeState of(Backend... backends) {
        return new EdgeState(SETTINGS, List.of(backends), List.of());
    }

    public static Backend backend(String application, List<Route> routes, BackendServer... servers) {
        return new Backend(application, null, 600, routes, Arrays.asList(servers));
    }

    public static BackendServer server(TinyUpstream upstream, boolean taking) {
        return new BackendServer(upstream.name(), upstream.address(), upstream.port(), taking);
    }

    /** A route without redirects, for everybody. */
    public static Route plain(String host, String path) {
        return route(host, path, new AccessPolicy.Public(), null, false, Map.of(), Map.of());
    }

    public static Route route(
            String host,
            String path,
            AccessPolicy access,
            @Nullable String redirectTo,
            boolean strip,
            Map<String, String> requestHeaders,
            Map<String, String> responseHeaders) {
        return new Route(
                UUID.randomUUID().toString(),
                HostName.of(host),
                PathPrefix.of(path),
                access,
                redirectTo == null ? null : HostName.of(redirectTo),
                new Route.Handling(false, strip, true, headers(requestHeaders), headers(responseHeaders)));
    }

    /** The same route, over HTTPS only. */
    public static Route forced(Route route) {
        Route.Handling handling = route.handling();
        return new Route(
                route.id(),
                route.host(),
                route.path(),
                route.access(),
                route.redirectTo(),
                new Route.Handling(
                        true,
                        handling.stripPrefix(),
                        handling.compression(),
                        handling.requestHeaders(),
                        handling.responseHeaders()));
    }

    private static SortedMap<HeaderName, HeaderValue> headers(Map<String, String> headers) {
        SortedMap<HeaderName, HeaderValue> typed = new TreeMap<>();
        headers.forEach((name, value) -> typed.put(HeaderName.of(name), HeaderValue.of(value)));
        return typed;
    }
}
