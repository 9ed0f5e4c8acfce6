package dev.havenkeep.edge.routing;

/**
 * How an edge is set up, whatever it serves.
 *
 * @param httpPort the host's port for plain HTTP, as the world sees it
 * @param httpsPort the host's port for HTTPS and HTTP/3, as the world sees it
 * @param requestsPerTenSeconds how many requests one address may make in ten seconds; 0 for any number
 * @param hardStopSeconds how long connections of a configuration that was replaced may go on
 */
public record EdgeSettings(int httpPort, int httpsPort, int requestsPerTenSeconds, int hardStopSeconds) {}
