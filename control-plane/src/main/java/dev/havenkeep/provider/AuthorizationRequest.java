package dev.havenkeep.provider;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid authorization request (RFC 6749 section 4.1.1, OpenID Connect Core 1.0 section 3.1.2.1), as it is kept while
 * somebody signs in.
 *
 * @param redirectUri where the answer goes: one of the client's own
 * @param redirectUriGiven whether the request named it, so that the token request must too
 * @param parameters every other parameter that it came with
 */
record AuthorizationRequest(
        String clientId,
        String redirectUri,
        boolean redirectUriGiven,
        @Nullable String state,
        Set<String> scopes,
        Map<String, String> parameters) {

    AuthorizationRequest {
        scopes = Set.copyOf(scopes);
        parameters = Map.copyOf(parameters);
    }

    boolean openid() {
        return scopes.contains("openid");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }

    Set<String> prompts() {
        return words("prompt");
    }

    Optional<Long> maxAge() {
        return parameter("max_age").map(Long::parseLong);
    }

    List<String> acrValues() {
        return List.copyOf(words("acr_values"));
    }

    boolean formPost() {
        return "form_post".equals(parameters.get("response_mode"));
    }

    /** The same request for fewer scopes. */
    AuthorizationRequest withScopes(Set<String> granted) {
        return new AuthorizationRequest(clientId, redirectUri, redirectUriGiven, state, granted, parameters);
    }

    private Set<String> words(String name) {
        return new LinkedHashSet<>(
                parameter(name).map(value -> List.of(value.strip().split(" +"))).orElse(List.of()));
    }
}
