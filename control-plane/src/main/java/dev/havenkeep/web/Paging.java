package dev.havenkeep.web;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: a controller takes {@code limit} and {@code cursor} as optional query parameters
 * and hands them here. A cursor is opaque to callers: the sort key of the last item they saw.
 *
 * @param limit how many items at most, 1 to 200
 * @param after the sort key after which to go on; absent for the first page
 */
public record Paging(int limit, @Nullable String after) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /** What stands before the sort key in a cursor, so that other text is told from one. */
    private static final String MARK = "after:";

    /**
     * Reads the query parameters.
     *
     * @throws ProblemException 422 when the limit is out of range or the cursor is not one that an answer gave
     */
    public static Paging of(@Nullable Integer limit, @Nullable String cursor) {
        int size = limit == null ? DEFAULT_LIMIT : limit;
        if (size < 1 || size > MAX_LIMIT) {
            throw new ProblemException(Problem.invalid("limit", "must be between 1 and " + MAX_LIMIT));
        }
        return new Paging(size, cursor == null || cursor.isEmpty() ? null : decode(cursor));
    }

    /** How many rows to query: one more than a page, to know whether there is a next one. */
    public int rows() {
        return limit + 1;
    }

    static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            String text = StorableText.require(
                    "cursor", new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException e) {
            throw noCursor(e);
        }
        throw noCursor(null);
    }

    private static ProblemException noCursor(@Nullable Throwable cause) {
        return new ProblemException(
                Problem.invalid("cursor", "is not a cursor; pass the nextCursor of the page before"), cause);
    }
}
