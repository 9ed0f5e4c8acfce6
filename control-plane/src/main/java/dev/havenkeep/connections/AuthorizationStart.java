package dev.havenkeep.connections;

import java.net.URI;

/** How the start of a sign-in came out. */
public sealed interface AuthorizationStart {

    /**
     * The browser is to go there.
     *
     * @param pending what to keep until it comes back: bound to this browser, to be taken once
     */
    record Redirect(URI location, PendingAuthorization pending) implements AuthorizationStart {}

    /** The provider could not be asked where to. */
    record Failed(UpstreamFailure failure) implements AuthorizationStart {}
}
