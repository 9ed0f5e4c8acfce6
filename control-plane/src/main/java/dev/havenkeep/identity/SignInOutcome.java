package dev.havenkeep.identity;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.time.Duration;

/** How an attempt to sign in ended. */
public sealed interface SignInOutcome {

    /** They are who they say. */
    record Proven(User user) implements SignInOutcome {}

    /** The address or the password is wrong; which of the two is not told. */
    record Refused() implements SignInOutcome {}

    /** Too many attempts failed, for this account or from this network; nothing was tried. */
    record LockedOut(Duration retryAfter) implements SignInOutcome {}

    /**
     * The person, where anything else is a failure.
     *
     * @throws ProblemException 401 when refused, 429 when locked out
     */
    default User proven() {
        return switch (this) {
            case Proven(User user) -> user;
            case Refused() ->
                throw new ProblemException(Problem.of(
                        401,
                        "sign-in-failed",
                        "Signing in failed",
                        "The e-mail address or the password is not right. Check both and try again."));
            case LockedOut(Duration retryAfter) -> throw new ProblemException(tooManyAttempts(retryAfter));
        };
    }

    /** 429: wait before the next attempt. */
    static Problem tooManyAttempts(Duration retryAfter) {
        long seconds = retryAfter.plusMillis(999).toSeconds();
        return Problem.of(
                        429,
                        "too-many-attempts",
                        "Too many attempts",
                        "Too many attempts failed. Try again in " + seconds + " seconds.")
                .with("retryAfterSeconds", seconds);
    }
}
