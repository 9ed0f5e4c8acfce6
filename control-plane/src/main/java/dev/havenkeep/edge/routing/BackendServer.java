package dev.havenkeep.edge.routing;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A container behind an edge.
 *
 * @param name the container's name
 * @param address its IP address on a network that the edge shares
 * @param port the port that it listens on
 * @param taking whether it gets new requests
 */
public record BackendServer(String name, String address, int port, boolean taking) {

    private static final Pattern CONTAINER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final int MAX_PORT = 65_535;

    public BackendServer {
        if (!CONTAINER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a container's name: " + name);
        }
        // Refuses anything that is not a literal address.
        address = InetAddress.ofLiteral(address).getHostAddress();
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
    }
}
