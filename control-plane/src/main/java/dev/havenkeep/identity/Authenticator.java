package dev.havenkeep.identity;

import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** One way in which a request proves who sends it: the cookie of a session, or an API token. */
public interface Authenticator {

    /**
     * Reads this kind of credentials from a request.
     *
     * @param visitor the stranger that the request comes from: its address and request id
     * @return who it is; empty when the request has no credentials of this kind, or stale ones that a sign-in renews
     * @throws ProblemException 401 or 403 when the credentials are wrong or may not be used like this
     */
    Optional<Caller> authenticate(HttpServletRequest request, Caller visitor);
}
