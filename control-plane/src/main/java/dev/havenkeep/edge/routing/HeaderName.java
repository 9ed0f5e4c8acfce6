package dev.havenkeep.edge.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a header field that a domain sets (RFC 9110 section 5.1), lower-case, since names have no case. The
 * fields that frame a message or belong to one connection are not for users to set, nor are those that say to the
 * application who asked.
 *
 * @param value the canonical text
 */
public record HeaderName(@JsonValue String value) implements Comparable<HeaderName> {

    private static final Pattern ACCEPTED = Pattern.compile("[a-z0-9][a-z0-9_-]{0,127}");
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "forwarded",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-real-ip",
            "x-request-id");

    public HeaderName {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!ACCEPTED.matcher(value).matches()) {
            throw refused("must be a header name: letters, digits, - and _, at most 128 of them");
        }
        if (OURS.contains(value) || value.startsWith("x-forwarded-") || value.startsWith("x-haven-")) {
            throw refused("is set by the edge itself: " + value);
        }
    }

    /**
     * Reads a header name.
     *
     * @throws ProblemException 422 when it is not one, or not one for users to set
     */
    @JsonCreator
    public static HeaderName of(String text) {
        return new HeaderName(text);
    }

    @Override
    public int compareTo(HeaderName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static ProblemException refused(String message) {
        return new ProblemException(Problem.invalid("headers", message));
    }
}
