package dev.havenkeep.administration;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import org.jspecify.annotations.Nullable;

/** Checks of texts that are only looked up. */
final class Limits {

    private Limits() {}

    /**
     * The text, if it is no longer than that.
     *
     * @throws ProblemException 422 when it is longer, or no text that can be kept
     */
    static @Nullable String text(String path, @Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw new ProblemException(Problem.invalid(path, "must be at most " + longest + " characters"));
        }
        return StorableText.require(path, text);
    }
}
