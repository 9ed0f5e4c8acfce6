package dev.havenkeep.connections;

import dev.havenkeep.connections.UpstreamFailure.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of itself (OpenID Connect Discovery section 3, RFC 8414 section 2), as far as it is used.
 *
 * @param algorithms with which it may sign ID tokens
 * @param challengeMethods how it takes PKCE challenges; empty when it does not say
 * @param namesItself whether its answers always have {@code iss} (RFC 9207 section 3)
 */
record ProviderMetadata(
        String issuer, Places places, List<String> algorithms, List<String> challengeMethods, boolean namesItself) {

    /** Where it is. */
    record Places(URI authorization, URI token, URI keys, Optional<URI> userInfo) {}

    static ProviderMetadata read(byte[] document) {
        Claims claims = Claims.parse(document)
                .orElseThrow(
                        () -> new ConnectionException(Code.BAD_ANSWER, "The discovery document is no JSON object"));
        String issuer = claims.text("issuer");
        if (issuer == null) {
            throw new ConnectionException(Code.BAD_ANSWER, "The discovery document has no issuer");
        }
        List<String> algorithms = claims.texts("id_token_signing_alg_values_supported");
        return new ProviderMetadata(
                issuer,
                new Places(
                        place(claims, "authorization_endpoint"),
                        place(claims, "token_endpoint"),
                        place(claims, "jwks_uri"),
                        claims.has("userinfo_endpoint")
                                ? Optional.of(place(claims, "userinfo_endpoint"))
                                : Optional.empty()),
                algorithms.isEmpty() ? List.of("RS256") : algorithms,
                claims.texts("code_challenge_methods_supported"),
                claims.truth("authorization_response_iss_parameter_supported") == Claims.Truth.YES);
    }

    /** Whether a sign-in may be tied together by PKCE with S256 (RFC 7636); silence means that unknown parameters are ignored. */
    boolean takesChallenges() {
        return challengeMethods.isEmpty() || challengeMethods.contains("S256");
    }

    /**
     * Makes sure that everything is reached over TLS, unless the issuer itself does without.
     *
     * @throws ConnectionException when something is not
     */
    void requireTls() {
        Stream.concat(Stream.of(places.authorization(), places.token(), places.keys()), places.userInfo().stream())
                .filter(place -> place.getScheme().equals("http") && !issuer.startsWith("http:"))
                .findFirst()
                .ifPresent(place -> {
                    throw new ConnectionException(
                            Code.BAD_ANSWER,
                            "The discovery document of " + Quoted.reason(issuer) + " leads to an address without TLS: "
                                    + Quoted.reason(place.toString()));
                });
    }

    private static URI place(Claims claims, String name) {
        URI place = address(claims.text(name));
        if (place == null) {
            throw new ConnectionException(Code.BAD_ANSWER, "The discovery document has no usable " + name);
        }
        return place;
    }

    private static @Nullable URI address(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            URI address = new URI(text);
            boolean usable = address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
            return usable ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
