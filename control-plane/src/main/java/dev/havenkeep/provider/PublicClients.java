package dev.havenkeep.provider;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.stereotype.Component;

/**
 * Clients that can keep no secret say who they are (RFC 6749 section 3.2.1). Spring takes their word for the exchange of
 * a code, where the code verifier is the proof; here it is taken for what else they may do with what they hold: refresh,
 * revoke, push a request and ask with a device's code.
 */
@Component
class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    private static final String CODE = "authorization_code";

    private final RegisteredClients clients;

    PublicClients(RegisteredClients clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String[] ids = request.getParameterValues("client_id");
        if (request.getHeader("Authorization") != null
                || request.getParameter("client_secret") != null
                || request.getParameter("client_assertion") != null
                || ids == null) {
            return null;
        }
        if (ids.length != 1 || ids[0].isEmpty()) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_REQUEST, "client_id must be there once");
        }
        Map<String, Object> parameters = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length == 1) {
                parameters.put(name, values[0]);
            }
        });
        return new OAuth2ClientAuthenticationToken(ids[0], ClientAuthenticationMethod.NONE, null, parameters);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        OAuth2ClientAuthenticationToken client = (OAuth2ClientAuthenticationToken) authentication;
        if (!ClientAuthenticationMethod.NONE.equals(client.getClientAuthenticationMethod())
                || CODE.equals(client.getAdditionalParameters().get("grant_type"))) {
            return null;
        }
        RegisteredClient registered = clients.findByClientId(String.valueOf(client.getPrincipal()));
        if (registered == null) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_CLIENT, "There is no client with this client_id");
        }
        if (!registered.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_CLIENT, "The client must prove which it is");
        }
        return new OAuth2ClientAuthenticationToken(registered, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
