package dev.havenkeep.identity;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.web.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Refuses what another site makes a browser send (OWASP's synchroniser token, with the {@code Origin} and
 * {@code Sec-Fetch-Site} headers checked wherever a browser sends them). Requests with an API token are not concerned.
 */
@Component
class ForgeryCheck {

    static final String HEADER = "X-CSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    /** These make a session and do nothing in the name of one; the origin is checked all the same. */
    private static final Set<String> BEGINNINGS = Set.of("/api/v1/session", "/api/v1/setup");

    private final ClientAddresses addresses;

    ForgeryCheck(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * Refuses a mutation that a page of another site sent.
     *
     * @throws ProblemException 403 `cross-site-request`
     */
    void refuseOtherSites(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        String origin = request.getHeader("Origin");
        boolean foreign = origin != null
                ? !addresses.sameOrigin(request, origin)
                : "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        if (foreign) {
            throw new ProblemException(Problem.of(
                    403,
                    "cross-site-request",
                    "Sent by another site",
                    "A page of another site sent this request. Use the console itself; behind a proxy, set"
                            + " haven.public-url to the URL that people use."));
        }
    }

    /**
     * Requires the session's own token on a mutation.
     *
     * @throws ProblemException 403 `csrf-token-missing` or `csrf-token-wrong`
     */
    void requireToken(HttpServletRequest request, CurrentSession session) {
        if (SAFE.contains(request.getMethod())
                || ("POST".equals(request.getMethod()) && BEGINNINGS.contains(request.getRequestURI()))) {
            return;
        }
        String token = request.getHeader(HEADER);
        if (token == null || token.isEmpty()) {
            throw new ProblemException(Problem.of(
                    403,
                    "csrf-token-missing",
                    "Not sent by the console",
                    "With a session cookie, send the csrfToken of GET /api/v1/session in " + HEADER + "."));
        }
        if (!MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), session.csrfToken().getBytes(StandardCharsets.UTF_8))) {
            throw new ProblemException(Problem.of(
                    403,
                    "csrf-token-wrong",
                    "Not sent by the console",
                    HEADER + " is not the one of this session. Read GET /api/v1/session again and repeat."));
        }
    }
}
