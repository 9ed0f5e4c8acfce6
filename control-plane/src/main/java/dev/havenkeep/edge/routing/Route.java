package dev.havenkeep.edge.routing;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One host name and path prefix and what becomes of the requests that match.
 *
 * @param id the domain's id: a UUID, used as a name in the configuration
 * @param host the host name
 * @param path the start of the paths
 * @param access who may come through
 * @param redirectTo where every request is sent instead, if anywhere
 * @param handling what else is done to a request and its answer
 */
public record Route(
        String id,
        HostName host,
        PathPrefix path,
        AccessPolicy access,
        @Nullable HostName redirectTo,
        Handling handling) {

    /**
     * What is done to a request and its answer.
     *
     * @param forceHttps whether a plain request is redirected to HTTPS
     * @param stripPrefix whether the application sees the path without the prefix
     * @param compression whether answers may be compressed on their way
     * @param requestHeaders fields set for the application; an empty value removes the field
     * @param responseHeaders fields set for the caller; an empty value removes the field
     */
    public record Handling(
            boolean forceHttps,
            boolean stripPrefix,
            boolean compression,
            SortedMap<HeaderName, HeaderValue> requestHeaders,
            SortedMap<HeaderName, HeaderValue> responseHeaders) {

        public Handling {
            requestHeaders = new TreeMap<>(requestHeaders);
            responseHeaders = new TreeMap<>(responseHeaders);
        }
    }
}
