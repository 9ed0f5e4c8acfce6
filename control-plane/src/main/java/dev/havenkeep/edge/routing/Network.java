package dev.havenkeep.edge.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IP network in CIDR notation (RFC 4632, RFC 4291 section 2.3), host bits cleared. A single address is a network of
 * full length.
 *
 * @param value the canonical text, for example {@code 10.0.0.0/8}
 */
public record Network(@JsonValue String value) implements Comparable<Network> {

    public Network {
        value = canonical(value);
    }

    /**
     * Reads a network or a single address; never asks a name server.
     *
     * @throws ProblemException 422 when it is neither
     */
    @JsonCreator
    public static Network of(String text) {
        return new Network(text);
    }

    @Override
    public int compareTo(Network other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String canonical(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length > 2 || parts[0].contains("%") || parts[0].startsWith("[")) {
            throw refused();
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(parts[0]);
            byte[] bytes = parsed.getAddress();
            int length = parts.length == 1 ? bytes.length * 8 : length(parts[1], bytes.length * 8);
            for (int bit = length; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
            }
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + length;
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw refused();
        }
    }

    private static int length(String text, int max) {
        if (text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9') || text.isEmpty()) {
            throw refused();
        }
        int length = Integer.parseInt(text);
        if (length > max) {
            throw refused();
        }
        return length;
    }

    private static ProblemException refused() {
        return new ProblemException(Problem.invalid(
                "accessPolicy.networks",
                "must be addresses or networks such as 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32"));
    }
}
