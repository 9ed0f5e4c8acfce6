package dev.havenkeep.api;

import dev.havenkeep.kernel.Permission;
import org.jspecify.annotations.Nullable;

/** Who may use an endpoint. */
sealed interface Rule {

    /** Anybody, without credentials: the endpoint protects itself. */
    record Public() implements Rule {}

    /** Anybody signed in, by session or token; the endpoint answers only with what is the caller's. */
    record SignedIn() implements Rule {}

    /**
     * Anybody signed in, and whoever asks from this machine itself. A request that a proxy on this machine passed on
     * does not count as one from here.
     */
    record LocalOrSignedIn() implements Rule {}

    /** A person signed in by session: what belongs to an account and not to a team, which no token reaches. */
    record Person() implements Rule {}

    /**
     * Those who hold the permission in the scope of the thing that the path names.
     *
     * @param permission what is needed
     * @param queryParameter the query parameter that names the thing when the path names none
     */
    record Holds(Permission permission, @Nullable String queryParameter) implements Rule {}

    /** A person who belongs to the team that the path names, whatever their role; no token. */
    record Insider() implements Rule {}
}
