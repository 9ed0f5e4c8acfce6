package dev.havenkeep.connections;

import dev.havenkeep.web.CidrBlock;
import dev.havenkeep.web.PublicInternet;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses providers may have, so that an issuer's URL cannot be used to ask this machine's own network
 * (server-side request forgery). It is the installation's decision, never a realm's.
 */
public interface NetworkAccess {

    /** Whether a provider may be at that address. */
    boolean allows(InetAddress address);

    /** Whether it may be spoken to there without TLS. */
    boolean allowsPlainHttp(InetAddress address);

    /** Providers are on the public internet and speak TLS. */
    record PublicOnly() implements NetworkAccess {

        @Override
        public boolean allows(InetAddress address) {
            return PublicInternet.contains(address);
        }

        @Override
        public boolean allowsPlainHttp(InetAddress address) {
            return false;
        }
    }

    /**
     * Providers are on the public internet, or in these networks, where they may do without TLS.
     *
     * @param networks such as that of a company's own Keycloak
     */
    record PublicAnd(List<CidrBlock> networks) implements NetworkAccess {

        public PublicAnd {
            networks = List.copyOf(networks);
        }

        @Override
        public boolean allows(InetAddress address) {
            return PublicInternet.contains(address) || allowsPlainHttp(address);
        }

        @Override
        public boolean allowsPlainHttp(InetAddress address) {
            return networks.stream().anyMatch(network -> network.contains(address));
        }
    }
}
