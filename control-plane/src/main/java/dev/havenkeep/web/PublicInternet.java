package dev.havenkeep.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are on the public internet, so that a URL which somebody gave cannot be used to ask this machine's
 * own network (server-side request forgery).
 */
public final class PublicInternet {

    /** Address blocks that are not on it, beside those that {@link InetAddress} knows itself. */
    private static final List<CidrBlock> PRIVATE = List.of(
            block("0.0.0.0", 8),
            block("100.64.0.0", 10),
            block("192.0.0.0", 24),
            block("198.18.0.0", 15),
            block("240.0.0.0", 4),
            block("fc00::", 7),
            block("2002::", 16),
            block("2001::", 32));

    private static final CidrBlock NAT64 = block("64:ff9b::", 96);
    private static final int NAT64_PREFIX_BYTES = 12;

    private PublicInternet() {}

    /** Whether the address is on it. */
    public static boolean contains(InetAddress address) {
        InetAddress embedded = embedded(address);
        if (embedded != null) {
            return contains(embedded);
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
        if (!(address instanceof Inet6Address) || !NAT64.contains(address)) {
            return null;
        }
        byte[] bytes = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, NAT64_PREFIX_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CidrBlock block(String network, int prefix) {
        return CidrBlock.around(InetAddress.ofLiteral(network), prefix);
    }
}
