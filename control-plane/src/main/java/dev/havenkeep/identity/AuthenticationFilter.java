package dev.havenkeep.identity;

import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.web.ClientAddresses;
import dev.havenkeep.web.Standing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says who sends each request: the {@link Caller} of everything that happens in it, and Spring Security's principal.
 * Nobody known is a caller too, an anonymous one; whether that is enough is not decided here.
 */
final class AuthenticationFilter extends OncePerRequestFilter {

    private static final String ATTRIBUTE = AuthenticationFilter.class.getName() + ".caller";

    private final List<Authenticator> authenticators;
    private final ClientAddresses addresses;

    AuthenticationFilter(List<Authenticator> authenticators, ClientAddresses addresses) {
        this.authenticators = List.copyOf(authenticators);
        this.addresses = addresses;
    }

    /** A stream that goes on in another thread ends in a dispatch of its own, which is still the same caller's. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = (Caller) request.getAttribute(ATTRIBUTE);
        if (caller == null) {
            Caller visitor = visitor(request);
            try (Caller.Bound _ = Caller.bind(visitor)) {
                caller = authenticate(request, visitor).orElse(visitor);
            }
            request.setAttribute(ATTRIBUTE, caller);
            keepChecking(request, visitor, caller);
        }
        SecurityContextHolder.setContext(new SecurityContextImpl(new CallerAuthentication(caller)));
        try (Caller.Bound _ = Caller.bind(caller)) {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private void keepChecking(HttpServletRequest request, Caller visitor, Caller caller) {
        if (caller.kind() == Caller.Kind.ANONYMOUS) {
            return;
        }
        Standing.require(request, () -> {
            if (!authenticate(request, visitor).equals(Optional.of(caller))) {
                throw new ProblemException(Problem.unauthenticated("The session is over. Sign in again."));
            }
        });
    }

    private Optional<Caller> authenticate(HttpServletRequest request, Caller visitor) {
        if (!request.getRequestURI().startsWith("/api/")
                && !request.getRequestURI().equals("/metrics")) {
            return Optional.empty();
        }
        for (Authenticator authenticator : authenticators) {
            Optional<Caller> known = authenticator.authenticate(request, visitor);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    /** The stranger that the outermost filter bound, with the address that a trusted proxy vouches for. */
    private Caller visitor(HttpServletRequest request) {
        return new Caller(
                Caller.Kind.ANONYMOUS,
                null,
                "anonymous",
                null,
                addresses.of(request),
                Caller.current().requestId());
    }
}
