package dev.havenkeep.provider;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody signs in for: a client's request, or a page of the realm itself.
 *
 * @param request the client's request, if it is one
 * @param path else the path of the page below the issuer
 */
record Errand(
        @Nullable AuthorizationRequest request, @Nullable String path) {

    Errand {
        if ((request == null) == (path == null)) {
            throw new IllegalArgumentException("An errand is for a request or for a page");
        }
    }

    static Errand of(AuthorizationRequest request) {
        return new Errand(request, null);
    }

    static Errand to(String path) {
        return new Errand(null, path);
    }

    Optional<AuthorizationRequest> asked() {
        return Optional.ofNullable(request);
    }

    /** Where to go when it is for a page. */
    String page() {
        if (path == null) {
            throw new IllegalStateException("This errand is for a client's request");
        }
        return path;
    }
}
