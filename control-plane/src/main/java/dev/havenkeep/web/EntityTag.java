package dev.havenkeep.web;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Optimistic locking over HTTP (RFC 9110 sections 8.8.3 and 13.1.1): a resource's {@code version} is its strong ETag,
 * and an update names the version that it was made for in {@code If-Match}.
 */
public final class EntityTag {

    private EntityTag() {}

    /** The ETag header's value for a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Checks an update's precondition.
     *
     * @param ifMatch the {@code If-Match} header; required
     * @throws ProblemException 428 when absent, 412 when the resource has changed since
     */
    public static void check(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new ProblemException(Problem.of(
                    428,
                    "precondition-required",
                    "Say which version you are changing",
                    "Send If-Match with the ETag of the version you read, so that nobody's change is overwritten."));
        }
        if (!ifMatch.equals("*") && !ifMatch.equals(of(version))) {
            throw new ProblemException(Problem.of(
                            412,
                            "precondition-failed",
                            "It has changed in the meantime",
                            "Somebody changed this since you read it. Read it again and repeat your change.")
                    .with("currentETag", of(version)));
        }
    }
}
