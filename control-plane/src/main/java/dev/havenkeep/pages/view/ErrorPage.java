package dev.havenkeep.pages.view;

import dev.havenkeep.pages.WebLink;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong and how to go on.
 *
 * @param detail for whoever looks after the application, in English; null when there is nothing to add
 * @param requestId what to quote when asking for help
 * @param back where to go on; null is the realm's sign-in
 */
public record ErrorPage(
        Kind kind,
        @Nullable String detail,
        String requestId,
        @Nullable WebLink back) implements Page {

    /** What the reader is told. */
    public enum Kind {
        /** The application sent the person here in a way that is not accepted. */
        APPLICATION_AT_FAULT,
        /** The sign-in took too long, or was finished in another window. */
        EXPIRED,
        NOT_FOUND,
        /** Signed in, but this is not for them. */
        NOT_ALLOWED,
        SIGN_UP_CLOSED,
        INVITATION_INVALID,
        CONNECTION_FAILED,
        TOO_MANY_REQUESTS,
        UNAVAILABLE,
        UNEXPECTED
    }
}
