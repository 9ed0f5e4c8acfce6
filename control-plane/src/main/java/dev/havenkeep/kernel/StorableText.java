package dev.havenkeep.kernel;

/**
 * Text that every database, process and JSON document can carry as it is: without NUL, which neither PostgreSQL's text
 * nor a process's arguments can hold, and without half of a surrogate pair, which UTF-8 cannot (RFC 3629 section 3).
 */
public final class StorableText {

    private StorableText() {}

    /** Whether the text is such. */
    public static boolean is(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /**
     * Answers the text if it is such.
     *
     * @param path the input field, for the problem
     * @throws ProblemException 422 when it is not
     */
    public static String require(String path, String text) {
        if (!is(text)) {
            throw new ProblemException(
                    Problem.invalid(path, "must be text without NUL characters and halves of surrogate pairs"));
        }
        return text;
    }
}
