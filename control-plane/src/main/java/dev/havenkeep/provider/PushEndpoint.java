package dev.havenkeep.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/** Where a client hands over its authorization request before the browser comes (RFC 9126 section 2). */
@Component
class PushEndpoint {

    /** How the client proved which it is: no part of the request. */
    private static final Set<String> PROOF = Set.of("client_secret", "client_assertion", "client_assertion_type");

    private final AuthorizationRequests requests;
    private final PushedRequests pushed;
    private final OAuthErrors answers;

    PushEndpoint(AuthorizationRequests requests, PushedRequests pushed, OAuthErrors answers) {
        this.requests = requests;
        this.pushed = pushed;
        this.answers = answers;
    }

    void push(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Map<String, String[]> parameters = new HashMap<>(request.getParameterMap());
        parameters.keySet().removeAll(PROOF);
        String clientId = authenticated();
        String[] named = parameters.putIfAbsent("client_id", new String[] {clientId});
        if (named != null && !(named.length == 1 && named[0].equals(clientId))) {
            throw OAuthErrors.failure(
                    OAuth2ErrorCodes.INVALID_REQUEST, "client_id is not the client that proved which it is");
        }
        if (parameters.containsKey("request_uri")) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_REQUEST, "A pushed request has no request_uri");
        }
        try {
            requests.read(parameters, true);
        } catch (AuthorizationRefused e) {
            throw OAuthErrors.failure(e.error(), e.reason());
        }
        response.setStatus(HttpServletResponse.SC_CREATED);
        answers.body(
                response,
                Map.of(
                        "request_uri",
                        pushed.keep(context, clientId, parameters, true),
                        "expires_in",
                        PushedRequests.LIFETIME.toSeconds()));
    }

    private static String authenticated() {
        RegisteredClient client =
                SecurityContextHolder.getContext().getAuthentication() instanceof OAuth2ClientAuthenticationToken token
                        ? token.getRegisteredClient()
                        : null;
        if (client == null) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_CLIENT, "The client does not say which it is");
        }
        return client.getClientId();
    }
}
