package dev.havenkeep.teams;

import dev.havenkeep.identity.Authenticator;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Knows a program by the API token that it sends as a bearer token (RFC 6750 section 2.1). */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TokenAuthenticator implements Authenticator {

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    TokenAuthenticator(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request, Caller visitor) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        TokenText text = TokenText.parse(header.substring(SCHEME.length()).strip())
                .orElseThrow(() -> new ProblemException(Problem.of(
                        401,
                        "token-invalid",
                        "The API token is not valid",
                        "The bearer token is not an API token of this installation; those begin with hkt_.")));
        Token token = tokens.verify(text, visitor);
        return Optional.of(new Caller(
                Caller.Kind.TOKEN, token.user(), token.name(), token.id(), visitor.address(), visitor.requestId()));
    }
}
