package dev.havenkeep.api;

import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.web.ClientAddresses;
import dev.havenkeep.web.ProblemAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one caller from taking everybody's share: a token bucket for each person or API token, one for each network
 * without credentials, and a small one for attempts to get in. The answer says what is left
 * (draft-ietf-httpapi-ratelimit-headers); 429 says when to come back.
 */
@Component
@Order(FilterOrder.RATE_LIMIT)
class RateLimitFilter extends OncePerRequestFilter {

    private static final Set<String> WAYS_IN =
            Set.of("/api/v1/session", "/api/v1/setup", "/api/v1/invitations/accept", "/api/v1/invitations/preview");

    private final TokenBuckets known;
    private final TokenBuckets strangers;
    private final TokenBuckets waysIn;
    private final ProblemAnswers answers;

    RateLimitFilter(LimitProperties limits, Clock clock, ProblemAnswers answers) {
        this.known = new TokenBuckets(limits.requestsPerMinute(), clock);
        this.strangers = new TokenBuckets(limits.anonymousRequestsPerMinute(), clock);
        this.waysIn = new TokenBuckets(limits.signInsPerMinute(), clock);
        this.answers = answers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = Caller.current();
        String network = ClientAddresses.network(caller.address() == null ? "" : caller.address());
        boolean enters = request.getMethod().equals("POST") && WAYS_IN.contains(request.getRequestURI());
        boolean stranger = caller.kind() == Caller.Kind.ANONYMOUS || caller.kind() == Caller.Kind.SYSTEM;
        if (enters ? pass(response, "entry", waysIn, network) : passAs(response, caller, stranger, network)) {
            chain.doFilter(request, response);
        }
    }

    private boolean passAs(HttpServletResponse response, Caller caller, boolean stranger, String network)
            throws IOException {
        return stranger
                ? pass(response, "anonymous", strangers, network)
                : pass(response, "caller", known, caller.user() + "/" + caller.tokenId());
    }

    private boolean pass(HttpServletResponse response, String policy, TokenBuckets buckets, String key)
            throws IOException {
        TokenBuckets.Taken taken = buckets.take(key);
        response.setHeader("RateLimit-Policy", "\"" + policy + "\";q=" + buckets.perMinute() + ";w=60");
        response.setHeader("RateLimit", "\"" + policy + "\";r=" + taken.remaining() + ";t=" + taken.waitSeconds());
        if (!taken.allowed()) {
            answers.write(
                    response,
                    Problem.of(
                                    429,
                                    "too-many-requests",
                                    "Too many requests",
                                    "That is more than " + buckets.perMinute() + " requests a minute. Come back in "
                                            + taken.waitSeconds() + " s.")
                            .with("retryAfterSeconds", taken.waitSeconds()));
        }
        return taken.allowed();
    }
}
