package dev.havenkeep.sources;

import dev.havenkeep.web.PublicInternet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses repositories may be fetched from, so that a URL cannot be used to ask this machine's own network
 * (server-side request forgery). A name is resolved once, and the connection goes to the very address that was checked.
 */
final class NetworkPolicy {

    private final boolean allowPrivate;

    NetworkPolicy(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /** Whether a token may be sent without TLS. */
    boolean allowsPlainTokens() {
        return allowPrivate;
    }

    /**
     * The addresses of a host that may be connected to, in the resolver's order; none when all are refused.
     *
     * @throws UnknownHostException when the name has no address
     */
    List<InetAddress> allowed(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host)).stream()
                .filter(address -> allowPrivate || isPublic(address))
                .toList();
    }

    static boolean isPublic(InetAddress address) {
        return PublicInternet.contains(address);
    }
}
