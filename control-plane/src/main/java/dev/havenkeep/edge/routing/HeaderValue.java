package dev.havenkeep.edge.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;

/**
 * The value of a header field that a domain sets: printable ASCII (RFC 9110 section 5.5 without its obsolete part), on
 * one line. Empty means that the field is removed.
 *
 * @param value the text without spaces around it
 */
public record HeaderValue(@JsonValue String value) {

    private static final int MAX_LENGTH = 4096;

    public HeaderValue {
        value = value.strip();
        if (value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new ProblemException(Problem.invalid(
                    "headers",
                    "a value must be at most " + MAX_LENGTH
                            + " printable ASCII characters on one line; encode anything else"));
        }
    }

    /**
     * Reads a header value.
     *
     * @throws ProblemException 422 when it is not one
     */
    @JsonCreator
    public static HeaderValue of(String text) {
        return new HeaderValue(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
