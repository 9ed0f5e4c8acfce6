package dev.havenkeep.edge;

/**
 * A container that answers for an application.
 *
 * @param containerName the container's name, under which the edge knows it
 * @param address its IPv4 address on a network that the edge is attached to
 * @param port the port that it listens on
 */
public record Upstream(String containerName, String address, int port) {}
