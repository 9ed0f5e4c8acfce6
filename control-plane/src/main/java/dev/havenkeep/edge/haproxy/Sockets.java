package dev.havenkeep.edge.haproxy;

import dev.havenkeep.servers.Duplex;

/** The way to the sockets in one edge's folder. */
@FunctionalInterface
public interface Sockets {

    /**
     * Opens a stream to a socket.
     *
     * @param path relative to the edge's folder; see {@link Layout}
     * @throws dev.havenkeep.kernel.ProblemException when nothing listens there or the server cannot be reached
     */
    Duplex open(String path);
}
