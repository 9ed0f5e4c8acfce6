package dev.havenkeep.provider;

import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.RealmKeys;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.realms.SigningKey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.stereotype.Component;

/** What a realm says of itself: its metadata (OpenID Connect Discovery 1.0 section 3, RFC 8414) and keys (RFC 7517). */
@Component
class Discovery {

    /** Long enough to spare a request per sign-in, and within the day that a key is announced before it signs. */
    private static final String KEPT_A_WHILE = "public, max-age=300";

    private static final int P256_BYTES = 32;
    private static final int ED25519_BYTES = 32;

    private final Realms realms;
    private final RealmKeys keys;
    private final OAuthErrors answers;

    Discovery(Realms realms, RealmKeys keys, OAuthErrors answers) {
        this.realms = realms;
        this.keys = keys;
        this.answers = answers;
    }

    void metadata(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        AuthorizationServerSettings paths = context.getAuthorizationServerSettings();
        RealmSettings settings = realms.settings(context.id());
        List<String> clientProofs = Arrays.stream(ClientSettings.ProofKind.values())
                .filter(kind -> SUPPORTED_PROOFS.contains(kind))
                .map(ClientSettings.ProofKind::text)
                .toList();
        Set<String> claims = new TreeSet<>(
                Set.of("sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "sid", "nonce", "azp", "at_hash"));
        UserClaims.BY_SCOPE.values().forEach(claims::addAll);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("issuer", context.issuer());
        body.put("authorization_endpoint", context.url(paths.getAuthorizationEndpoint()));
        body.put("token_endpoint", context.url(paths.getTokenEndpoint()));
        body.put("userinfo_endpoint", context.url(paths.getOidcUserInfoEndpoint()));
        body.put("jwks_uri", context.url(paths.getJwkSetEndpoint()));
        body.put("end_session_endpoint", context.url(paths.getOidcLogoutEndpoint()));
        body.put("introspection_endpoint", context.url(paths.getTokenIntrospectionEndpoint()));
        body.put("revocation_endpoint", context.url(paths.getTokenRevocationEndpoint()));
        body.put("pushed_authorization_request_endpoint", context.url(paths.getPushedAuthorizationRequestEndpoint()));
        body.put("device_authorization_endpoint", context.url(paths.getDeviceAuthorizationEndpoint()));
        body.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        body.put("response_types_supported", List.of("code"));
        body.put("response_modes_supported", List.of("query", "form_post"));
        body.put("grant_types_supported", SUPPORTED_GRANTS);
        body.put("subject_types_supported", List.of("public"));
        body.put("id_token_signing_alg_values_supported", signing(settings));
        body.put("code_challenge_methods_supported", List.of("S256"));
        body.put("token_endpoint_auth_methods_supported", clientProofs);
        body.put("token_endpoint_auth_signing_alg_values_supported", ClientAssertions.ALGORITHMS);
        body.put("introspection_endpoint_auth_methods_supported", clientProofs);
        body.put("revocation_endpoint_auth_methods_supported", clientProofs);
        body.put("dpop_signing_alg_values_supported", List.of("ES256", "RS256"));
        body.put("claims_supported", claims);
        body.put("claims_parameter_supported", true);
        body.put("request_parameter_supported", false);
        body.put("request_uri_parameter_supported", false);
        body.put("require_pushed_authorization_requests", false);
        body.put("authorization_response_iss_parameter_supported", true);
        body.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        body.put("acr_values_supported", List.of(SignIns.SINGLE, SignIns.MULTIPLE));
        body.put("ui_locales_supported", List.of("en", "de", "fr", "es", "pt", "ja", "zh"));
        answers.body(response, body, KEPT_A_WHILE);
    }

    void keys(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Map<String, Object>> set = new ArrayList<>();
        for (SigningKey key : keys.published(RealmContext.current().id())) {
            set.add(jwk(key));
        }
        answers.body(response, Map.of("keys", set), KEPT_A_WHILE);
    }

    /** The ways to prove which client it is that are served. */
    private static final Set<ClientSettings.ProofKind> SUPPORTED_PROOFS = Set.of(
            ClientSettings.ProofKind.SECRET_BASIC,
            ClientSettings.ProofKind.SECRET_POST,
            ClientSettings.ProofKind.PRIVATE_KEY_JWT,
            ClientSettings.ProofKind.NONE);

    private static final List<String> SUPPORTED_GRANTS = List.of(
            ClientSettings.GrantKind.AUTHORIZATION_CODE.text(),
            ClientSettings.GrantKind.REFRESH_TOKEN.text(),
            ClientSettings.GrantKind.CLIENT_CREDENTIALS.text(),
            ClientSettings.GrantKind.DEVICE_CODE.text(),
            ClientSettings.GrantKind.TOKEN_EXCHANGE.text());

    /** The realm's own algorithm first: it is what most clients are given. */
    private static List<String> signing(RealmSettings settings) {
        List<String> algorithms = new ArrayList<>(TokenGenerator.algorithms());
        algorithms.remove(settings.algorithm().name());
        algorithms.addFirst(settings.algorithm().name());
        return algorithms;
    }

    private static Map<String, Object> jwk(SigningKey key) {
        Map<String, Object> jwk = new LinkedHashMap<>();
        PublicKey part = key.publicKey();
        switch (key.algorithm()) {
            case ES256 -> {
                ECPublicKey point = (ECPublicKey) part;
                jwk.put("kty", "EC");
                jwk.put("crv", "P-256");
                jwk.put("x", encoded(fixed(point.getW().getAffineX(), P256_BYTES)));
                jwk.put("y", encoded(fixed(point.getW().getAffineY(), P256_BYTES)));
            }
            case RS256 -> {
                RSAPublicKey number = (RSAPublicKey) part;
                jwk.put("kty", "RSA");
                jwk.put("n", encoded(shortest(number.getModulus())));
                jwk.put("e", encoded(shortest(number.getPublicExponent())));
            }
            case EdDSA -> {
                byte[] encoded = part.getEncoded();
                jwk.put("kty", "OKP");
                jwk.put("crv", "Ed25519");
                // RFC 8410 section 4: the key is what the structure ends with.
                jwk.put("x", encoded(Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length)));
            }
        }
        jwk.put("use", "sig");
        jwk.put("alg", key.algorithm().name());
        jwk.put("kid", key.id());
        return jwk;
    }

    private static byte[] shortest(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = shortest(number);
        byte[] padded = new byte[length];
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return padded;
    }

    private static String encoded(byte[] bytes) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
    }
}
