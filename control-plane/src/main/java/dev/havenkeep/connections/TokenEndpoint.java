package dev.havenkeep.connections;

import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.kernel.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Exchanges a code for tokens (RFC 6749 section 4.1.3). */
final class TokenEndpoint {

    private static final Set<String> CODE_REFUSED = Set.of("invalid_grant", "bad_verification_code");
    private static final Set<String> CLIENT_REFUSED =
            Set.of("invalid_client", "unauthorized_client", "incorrect_client_credentials", "redirect_uri_mismatch");

    private final UpstreamHttp http;
    private final SignedAssertions assertions;

    /**
     * What came for the code.
     *
     * @param scope what was granted, if the provider says
     */
    record Tokens(
            String accessToken,
            @Nullable String idToken,
            @Nullable String scope) {

        @Override
        public String toString() {
            return "Tokens[scope=" + scope + "]";
        }
    }

    TokenEndpoint(UpstreamHttp http, SignedAssertions assertions) {
        this.http = http;
        this.assertions = assertions;
    }

    Tokens exchange(URI endpoint, ClientAuthentication authentication, PendingAuthorization pending, String code) {
        String clientId = pending.client().id();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", pending.callback().toString());
        Secret verifier = pending.guards().verifier();
        if (verifier != null) {
            form.put("code_verifier", verifier.reveal());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        switch (authentication) {
            case ClientAuthentication.SecretBasic basic -> {
                // Both are form-encoded first (RFC 6749 section 2.3.1): they may hold colons and any other sign.
                String pair = encode(clientId) + ":" + encode(basic.secret().reveal());
                headers.put(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
            case ClientAuthentication.SecretPost post -> {
                form.put("client_id", clientId);
                form.put("client_secret", post.secret().reveal());
            }
            case ClientAuthentication.PrivateKeyJwt key -> {
                form.put("client_id", clientId);
                form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
                form.put("client_assertion", assertions.client(clientId, key, endpoint.toString()));
            }
            case ClientAuthentication.None none -> form.put("client_id", clientId);
        }
        return read(
                http.send(UpstreamHttp.Request.post(endpoint, headers, encode(form))),
                endpoint,
                List.of(code, authentication.secret().reveal(), verifier == null ? "" : verifier.reveal()));
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Tokens read(UpstreamHttp.Response answer, URI endpoint, List<String> secrets) {
        Claims claims = Claims.parse(answer.body()).orElse(null);
        // GitHub says what is wrong with status 200.
        if (claims != null && claims.text("error") != null) {
            throw refused(claims, secrets);
        }
        if (!answer.ok() || claims == null) {
            throw new ConnectionException(
                    Code.BAD_ANSWER,
                    "The token endpoint at " + endpoint.getHost() + ": "
                            + (answer.ok() ? "no JSON object" : answer.summary()));
        }
        String accessToken = claims.text("access_token");
        String type = claims.text("token_type");
        if (accessToken == null || type == null || !type.equalsIgnoreCase("Bearer")) {
            throw new ConnectionException(
                    Code.BAD_ANSWER,
                    "The token endpoint at " + endpoint.getHost() + " gave no "
                            + (accessToken == null ? "access_token" : "bearer token"));
        }
        return new Tokens(accessToken, claims.text("id_token"), claims.text("scope"));
    }

    /** Names the provider's own words, but for what we sent it: some echo that. */
    private static ConnectionException refused(Claims claims, List<String> secrets) {
        String error = Quoted.reason(claims.text("error"));
        String description = claims.text("error_description");
        String reason = description == null ? error : error + ": " + Quoted.reason(description);
        for (String secret : secrets) {
            reason = secret.isEmpty() ? reason : reason.replace(secret, "[secret]");
        }
        if (CODE_REFUSED.contains(error)) {
            return new ConnectionException(Code.CODE_REFUSED, "The provider refused the code: " + reason);
        }
        if (CLIENT_REFUSED.contains(error)) {
            return new ConnectionException(
                    Code.CLIENT_REFUSED,
                    "The provider refused the client id, the secret or the redirect URI: " + reason);
        }
        return new ConnectionException(Code.PROVIDER_ERROR, "The token endpoint answered " + reason);
    }
}
