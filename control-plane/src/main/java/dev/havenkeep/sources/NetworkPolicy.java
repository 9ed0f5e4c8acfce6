package dev.havenkeep.sources;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses repositories may be fetched from, so that a URL cannot be used to ask this machine's own network
 * (server-side request forgery). A name is resolved once, and the connection goes to the very address that was checked.
 */
final class NetworkPolicy {

    /** Address blocks that are not on the public internet, beside those that {@link InetAddress} knows itself. */
    private static final List<Block> PRIVATE = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("192.0.0.0", 24),
            Block.of("198.18.0.0", 15),
            Block.of("240.0.0.0", 4),
            Block.of("fc00::", 7),
            Block.of("2002::", 16),
            Block.of("2001::", 32));

    private static final byte[] NAT64 = Block.of("64:ff9b::", 96).network();
    private static final int NAT64_PREFIX_BYTES = 12;

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
        InetAddress embedded = embedded(address);
        if (embedded != null) {
            return isPublic(embedded);
        }
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && PRIVATE.stream().noneMatch(block -> block.contains(address));
    }

    /** The IPv4 address that a NAT64 address stands for (RFC 6052); mapped ones are IPv4 to Java already. */
    private static @Nullable InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet6Address)) {
            return null;
        }
        for (int i = 0; i < NAT64_PREFIX_BYTES; i++) {
            if (bytes[i] != NAT64[i]) {
                return null;
            }
        }
        try {
            return InetAddress.getByAddress(
                    java.util.Arrays.copyOfRange(bytes, NAT64_PREFIX_BYTES, NAT64_PREFIX_BYTES + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Block(byte[] network, int bits) {

        static Block of(String literal, int bits) {
            try {
                InetAddress address = InetAddress.getByName(literal);
                if (!(address instanceof Inet4Address) && !(address instanceof Inet6Address)) {
                    throw new IllegalStateException(literal);
                }
                return new Block(address.getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean contains(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((bytes[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
