package dev.havenkeep.connections;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where upstream providers may be besides the public internet.
 *
 * @param allowedNetworks networks in which a realm's providers may be, and may do without TLS, for example that of a
 *     company's own Keycloak; none at first, so that no realm can be used to ask this machine's own network
 */
@ConfigurationProperties("haven.connections")
record UpstreamProperties(@DefaultValue List<String> allowedNetworks) {}
