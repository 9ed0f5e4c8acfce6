package dev.havenkeep.engine;

/**
 * A container's port that the server listens on.
 *
 * @param hostAddress the server's address to listen on; empty for all
 */
public record PublishedPort(String hostAddress, int hostPort, int containerPort, Protocol protocol) {

    /** The transport protocol. */
    public enum Protocol {
        TCP,
        UDP
    }
}
