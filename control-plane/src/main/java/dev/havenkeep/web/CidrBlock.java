package dev.havenkeep.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of network addresses in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3), IPv4 or IPv6. An address
 * alone is the block that holds only it. Nothing here ever asks DNS.
 */
public final class CidrBlock {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");
    private static final int LONGEST_TEXT = 64;

    private final byte[] network;
    private final int prefix;

    private CidrBlock(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads a block that a person wrote.
     *
     * @param path the input field, for the problem
     * @throws ProblemException 422 when it is not a block, or has bits set beyond its prefix
     */
    public static CidrBlock parse(String path, @Nullable String text) {
        CidrBlock block = text == null || text.length() > LONGEST_TEXT ? null : read(text.strip());
        if (block == null) {
            throw new ProblemException(
                    Problem.invalid(path, "must be a network such as 203.0.113.0/24 or 2001:db8::/32, or an address"));
        }
        CidrBlock masked = block.masked();
        if (!Arrays.equals(masked.network, block.network)) {
            throw new ProblemException(Problem.invalid(
                    path,
                    "names a single address with a prefix; did you mean " + masked + " or " + address(block.network)
                            + "?"));
        }
        return block;
    }

    /** The block of an address with its first bits kept, for example the /64 that an IPv6 host shares. */
    public static CidrBlock around(InetAddress address, int prefix) {
        return new CidrBlock(address.getAddress(), prefix).masked();
    }

    /** The address that a literal names; empty when the text is anything else, such as a host name. */
    public static Optional<InetAddress> literal(@Nullable String text) {
        if (text == null
                || text.length() > LONGEST_TEXT
                || !(IPV4.matcher(text).matches() || IPV6.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is in this block; an IPv4 address is never in an IPv6 block. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == network.length && Arrays.equals(new CidrBlock(bytes, prefix).masked().network, network);
    }

    @JsonValue
    @Override
    public String toString() {
        return address(network) + "/" + prefix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CidrBlock that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    private static @Nullable CidrBlock read(String text) {
        int slash = text.indexOf('/');
        InetAddress address =
                literal(slash < 0 ? text : text.substring(0, slash)).orElse(null);
        if (address == null) {
            return null;
        }
        int longest = address instanceof Inet4Address ? 32 : 128;
        if (slash < 0) {
            return new CidrBlock(address.getAddress(), longest);
        }
        String bits = text.substring(slash + 1);
        if (!PREFIX.matcher(bits).matches() || Integer.parseInt(bits) > longest) {
            return null;
        }
        return new CidrBlock(address.getAddress(), Integer.parseInt(bits));
    }

    private CidrBlock masked() {
        byte[] masked = network.clone();
        for (int bit = prefix; bit < masked.length * 8; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new CidrBlock(masked, prefix);
    }

    private static String address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("Not the length of an address", e);
        }
    }
}
