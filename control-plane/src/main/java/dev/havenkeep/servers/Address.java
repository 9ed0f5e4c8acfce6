package dev.havenkeep.servers;

/** Something on a server that a stream can be opened to. */
public sealed interface Address {

    /** A TCP port, as reached from the server. */
    record Tcp(String host, int port) implements Address {}

    /** A unix socket by its absolute path on the server. */
    record Unix(String path) implements Address {}
}
