package dev.havenkeep.edge.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.regex.Pattern;

/**
 * The start of the paths that a route takes, in whole segments: {@code /api} takes {@code /api} and {@code /api/x} but
 * not {@code /apix}. Decoded characters of RFC 3986's unreserved set and a few that need no escape.
 *
 * @param value {@code /}, or segments without a trailing slash
 */
public record PathPrefix(@JsonValue String value) implements Comparable<PathPrefix> {

    private static final int MAX_LENGTH = 512;
    private static final Pattern ACCEPTED = Pattern.compile("/|(?:/[A-Za-z0-9._~@:+,=-]+)+");
    private static final Pattern DOTS = Pattern.compile("(?:.*/)?\\.{1,2}(?:/.*)?");

    /** Every path. */
    public static final PathPrefix ROOT = new PathPrefix("/");

    public PathPrefix {
        String path = value.strip();
        if (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.length() > MAX_LENGTH
                || !ACCEPTED.matcher(path).matches()
                || DOTS.matcher(path).matches()) {
            throw new ProblemException(Problem.invalid(
                    "pathPrefix",
                    "must be like / or /api/v1: segments of letters, digits and . _ ~ @ : + , = -, at most "
                            + MAX_LENGTH + " characters"));
        }
        value = path;
    }

    /**
     * Reads a path prefix; a trailing slash is dropped.
     *
     * @throws ProblemException 422 when it is not one
     */
    @JsonCreator
    public static PathPrefix of(String text) {
        return new PathPrefix(text);
    }

    /** Whether it takes every path. */
    public boolean root() {
        return value.equals("/");
    }

    /** With a slash at its end, which is how whole segments are compared. */
    public String withSlash() {
        return root() ? value : value + "/";
    }

    @Override
    public int compareTo(PathPrefix other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
