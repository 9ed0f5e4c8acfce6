package dev.havenkeep.servers;

import dev.havenkeep.kernel.ProblemException;

/**
 * The way to one server, the same whichever transport carries it. Safe for use by several threads at once. Every
 * method fails with a {@link ProblemException} of code {@code server-unreachable} (503) when the server cannot be
 * reached, and of a more precise code where the server answered that it will not.
 */
public interface Link {

    /** Opens a fresh byte stream to the socket of the server's Docker Engine. */
    Duplex engine();

    /** Where the engine listens, as a path on the server: what a Docker command there must be told. */
    default String engineSocket() {
        return "/var/run/docker.sock";
    }

    /** Opens a byte stream to a TCP port or a unix socket as seen from the server itself. */
    Duplex open(Address address);

    /** Starts a command on the server. The caller reads its events and closes it; closing ends the command. */
    Execution run(Command command);

    /** Writes a file on the server in one atomic step (a temporary file beside it, then a rename). */
    void put(RemoteFile file);
}
