package dev.havenkeep.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** Hands over tokens (RFC 6749 section 5.1). */
@Component
class TokenAnswers implements AuthenticationSuccessHandler {

    private final OAuthErrors answers;

    TokenAnswers(OAuthErrors answers) {
        this.answers = answers;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        OAuth2AccessTokenAuthenticationToken tokens = (OAuth2AccessTokenAuthenticationToken) authentication;
        OAuth2AccessToken access = tokens.getAccessToken();
        Instant issuedAt = access.getIssuedAt();
        Instant expiresAt = access.getExpiresAt();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", access.getTokenValue());
        body.put("token_type", access.getTokenType().getValue());
        if (issuedAt != null && expiresAt != null) {
            body.put("expires_in", Duration.between(issuedAt, expiresAt).toSeconds());
        }
        if (tokens.getRefreshToken() != null) {
            body.put("refresh_token", tokens.getRefreshToken().getTokenValue());
        }
        if (!access.getScopes().isEmpty()) {
            body.put("scope", String.join(" ", new TreeSet<>(access.getScopes())));
        }
        body.putAll(tokens.getAdditionalParameters());
        answers.body(response, body);
    }
}
