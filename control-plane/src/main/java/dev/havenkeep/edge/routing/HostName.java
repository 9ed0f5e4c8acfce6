package dev.havenkeep.edge.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels
 * in Punycode (RFC 5890), perhaps with {@code *} as its first label, which stands for exactly one label (RFC 6125
 * section 6.4.3). Never an address, a port or a trailing dot.
 *
 * @param value the canonical text
 */
public record HostName(@JsonValue String value) implements Comparable<HostName> {

    private static final int MAX_LENGTH = 253;
    private static final String WILDCARD = "*.";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final List<String> DEVELOPMENT = List.of("localhost", "test", "internal");

    public HostName {
        value = canonical(value);
    }

    /**
     * Reads a host name as a person may type it: any case, international letters, a trailing dot.
     *
     * @throws ProblemException 422 when it is not a host name
     */
    @JsonCreator
    public static HostName of(String text) {
        return new HostName(text);
    }

    /** Whether the first label is {@code *}. */
    public boolean wildcard() {
        return value.startsWith(WILDCARD);
    }

    /** Everything after the first label; empty for a name of one label. */
    public String parent() {
        int dot = value.indexOf('.');
        return dot < 0 ? "" : value.substring(dot + 1);
    }

    /** Whether this name, or the one label that its wildcard stands for, covers the other name. */
    public boolean covers(HostName other) {
        return value.equals(other.value)
                || (wildcard() && !other.wildcard() && other.parent().equals(parent()));
    }

    /** Whether the name can only ever resolve here (RFC 6761, RFC 9476 and ICANN's {@code internal}). */
    public boolean development() {
        return DEVELOPMENT.stream().anyMatch(zone -> value.equals(zone) || value.endsWith("." + zone));
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String canonical(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.length() > MAX_LENGTH + 1) {
            throw refused("is longer than " + MAX_LENGTH + " characters");
        }
        boolean wildcard = name.startsWith(WILDCARD);
        String rest = wildcard ? name.substring(WILDCARD.length()) : name;
        if (rest.endsWith(".")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        String ascii = ascii(rest).toLowerCase(Locale.ROOT);
        String[] labels = ascii.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw refused("is not a host name; write one like app.example.com, without scheme, port or path");
            }
        }
        // The URL standard reads a name that ends in a number as an IPv4 address.
        if (NUMERIC.matcher(labels[labels.length - 1]).matches()) {
            throw refused("is an IP address; a domain needs a name");
        }
        if (wildcard && labels.length < 2) {
            throw refused("would cover a whole top-level domain");
        }
        String whole = wildcard ? WILDCARD + ascii : ascii;
        if (whole.length() > MAX_LENGTH) {
            throw refused("is longer than " + MAX_LENGTH + " characters");
        }
        return whole;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw refused("is not a host name; write one like app.example.com, without scheme, port or path");
        }
    }

    private static ProblemException refused(String message) {
        return new ProblemException(Problem.invalid("host", message));
    }
}
