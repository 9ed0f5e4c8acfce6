package dev.havenkeep.edge;

import dev.havenkeep.edge.routing.EdgeSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How edges are set up; the same for every server.
 *
 * @param image the image that the edge runs: HAProxy 3.0 or later
 * @param address the server's address that it listens on; empty for all
 * @param httpPort the server's port for plain HTTP
 * @param httpsPort the server's port for HTTPS and HTTP/3
 * @param folder where edges keep their files on a server
 * @param requestsPerTenSeconds how many requests one address may make in ten seconds; 0 for any number
 * @param hardStop how long connections of a configuration that was replaced may go on
 * @param reconcileEvery how often each edge is compared with what it should be
 */
@ConfigurationProperties("haven.edge")
record EdgeProperties(
        @DefaultValue("haproxy:3.2") String image,
        @DefaultValue("") String address,
        @DefaultValue("80") int httpPort,
        @DefaultValue("443") int httpsPort,
        @DefaultValue("/var/lib/havenkeep") String folder,
        @DefaultValue("0") int requestsPerTenSeconds,
        @DefaultValue("30m") Duration hardStop,
        @DefaultValue("3s") Duration reconcileEvery) {

    EdgeSettings settings() {
        return new EdgeSettings(httpPort, httpsPort, requestsPerTenSeconds, Math.toIntExact(hardStop.toSeconds()));
    }
}
