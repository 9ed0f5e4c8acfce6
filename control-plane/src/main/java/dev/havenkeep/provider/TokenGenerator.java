package dev.havenkeep.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.RealmKeys;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.realms.SigningAlgorithm;
import dev.havenkeep.realms.SigningKey;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AbstractOAuth2Token;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeCompositeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.stereotype.Component;

/**
 * Makes every token: access tokens as signed statements (RFC 9068) or as references, refresh tokens, and ID tokens
 * (OpenID Connect Core 1.0 section 2), with the lifetimes and under the algorithm of the client or else of the realm.
 */
@Component
class TokenGenerator implements OAuth2TokenGenerator<OAuth2Token> {

    private final Realms realms;
    private final RegisteredClients clients;
    private final RealmUsers users;
    private final RealmKeys keys;
    private final UserClaims userClaims;
    private final Jws jws;
    private final InstantSource clock;

    TokenGenerator(
            Realms realms,
            RegisteredClients clients,
            RealmUsers users,
            RealmKeys keys,
            UserClaims userClaims,
            Jws jws,
            InstantSource clock) {
        this.realms = realms;
        this.clients = clients;
        this.users = users;
        this.keys = keys;
        this.userClaims = userClaims;
        this.jws = jws;
        this.clock = clock;
    }

    /** A reference; what it stands for is kept beside its hash. */
    static final class Reference extends AbstractOAuth2Token implements ClaimAccessor {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Map<String, Object> claims;

        Reference(String value, Instant issuedAt, Instant expiresAt, Map<String, Object> claims) {
            super(value, issuedAt, expiresAt);
            this.claims = claims;
        }

        @Override
        public Map<String, Object> getClaims() {
            return claims;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Reference that && super.equals(that) && claims.equals(that.claims);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    @Override
    public @Nullable OAuth2Token generate(OAuth2TokenContext context) {
        RealmContext realm = RealmContext.current();
        Client client =
                clients.client(context.getRegisteredClient().getClientId()).orElseThrow();
        OAuth2TokenType type = context.getTokenType();
        if (OAuth2TokenType.ACCESS_TOKEN.equals(type)) {
            return accessToken(realm, client, context);
        }
        if (OAuth2TokenType.REFRESH_TOKEN.equals(type)) {
            return refreshToken(realm, client);
        }
        if (OidcParameterNames.ID_TOKEN.equals(type.getValue())) {
            return idToken(realm, client, context);
        }
        throw new IllegalStateException("No token of the type " + type.getValue() + " is made here");
    }

    private OAuth2Token accessToken(RealmContext realm, Client client, OAuth2TokenContext context) {
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = issuedAt.plusSeconds(accessSeconds(realm, client));
        OAuth2Authorization authorization = context.getAuthorization();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", realm.issuer());
        claims.put("sub", subject(realm, client, context));
        claims.put("aud", client.clientId());
        claims.put("client_id", client.clientId());
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("jti", AccessTokens.newId(authorization == null ? null : authorization.getId()));
        if (!context.getAuthorizedScopes().isEmpty()) {
            claims.put("scope", String.join(" ", new TreeSet<>(context.getAuthorizedScopes())));
        }
        if (person(context.getPrincipal()) instanceof SignedIn signedIn) {
            authentication(claims, signedIn.facts());
        }
        if (AuthorizationGrantType.TOKEN_EXCHANGE.equals(context.getAuthorizationGrantType())) {
            exchanged(realm, claims, client, context);
        }
        confirmation(claims, client, context);
        if (client.settings().tokens().format() == ClientSettings.TokenFormat.OPAQUE) {
            return new Reference(RandomText.next(), issuedAt, expiresAt, claims);
        }
        return signed(realm, client, AccessTokens.TYPE, claims, issuedAt, expiresAt);
    }

    private OAuth2RefreshToken refreshToken(RealmContext realm, Client client) {
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Integer own = client.settings().tokens().refreshSeconds();
        int seconds = own == null ? realms.settings(realm.id()).lifetimes().refreshToken() : own;
        return new OAuth2RefreshToken(RandomText.next(), issuedAt, issuedAt.plusSeconds(seconds));
    }

    private OAuth2Token idToken(RealmContext realm, Client client, OAuth2TokenContext context) {
        if (!(context.getPrincipal() instanceof SignedIn signedIn)) {
            throw new IllegalStateException("An ID token is about somebody who signed in");
        }
        OAuth2Authorization authorization = Objects.requireNonNull(context.getAuthorization());
        AuthorizationRequest request =
                Objects.requireNonNull(authorization.getAttribute(AuthorizationRequest.class.getName()));
        RealmUser user = user(realm, signedIn.facts());
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = issuedAt.plusSeconds(accessSeconds(realm, client));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", realm.issuer());
        claims.put("sub", user.id().value());
        claims.put("aud", client.clientId());
        claims.put("azp", client.clientId());
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        authentication(claims, signedIn.facts());
        claims.put("sid", signedIn.facts().session());
        // Only the first: one that comes of a refresh has no nonce (section 12.2).
        if (AuthorizationGrantType.AUTHORIZATION_CODE.equals(context.getAuthorizationGrantType())) {
            request.parameter("nonce").ifPresent(nonce -> claims.put("nonce", nonce));
        }
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        if (access != null) {
            claims.put(
                    "at_hash",
                    halfHash(algorithm(realm, client), access.getToken().getTokenValue()));
        }
        claims.putAll(userClaims.of(user, context.getAuthorizedScopes(), request, UserClaims.Place.ID_TOKEN));
        return signed(realm, client, "JWT", claims, issuedAt, expiresAt);
    }

    private Jwt signed(
            RealmContext realm,
            Client client,
            String type,
            Map<String, Object> claims,
            Instant issuedAt,
            Instant expiresAt) {
        SigningKey key = keys.signing(realm.id(), algorithm(realm, client));
        String token = jws.sign(key.algorithm(), key.id(), key.privateKey(), type, claims);
        return new Jwt(token, issuedAt, expiresAt, Map.of("alg", key.algorithm().name(), "typ", type), claims);
    }

    private String subject(RealmContext realm, Client client, OAuth2TokenContext context) {
        return person(context.getPrincipal()) instanceof SignedIn signedIn
                ? user(realm, signedIn.facts()).id().value()
                : client.clientId();
    }

    /** Who it is about, whoever acts for them. */
    private static @Nullable Authentication person(@Nullable Authentication principal) {
        return principal instanceof OAuth2TokenExchangeCompositeAuthenticationToken composite
                ? composite.getSubject()
                : principal;
    }

    /**
     * A token that is exchanged for another (RFC 8693) says who acts with it (section 4.1), the one before included, and
     * is good for no more than the other.
     */
    private static void exchanged(
            RealmContext realm, Map<String, Object> claims, Client client, OAuth2TokenContext context) {
        OAuth2Authorization subject = context.getAuthorization();
        OAuth2Authorization.Token<OAuth2AccessToken> token = subject == null ? null : subject.getAccessToken();
        if (token == null) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_GRANT, "The subject token is none of a person");
        }
        if (!token.getToken().getScopes().containsAll(context.getAuthorizedScopes())) {
            throw OAuthErrors.failure(
                    OAuth2ErrorCodes.INVALID_SCOPE, "The subject token is not good for what is asked for");
        }
        Map<String, Object> actor = new LinkedHashMap<>();
        actor.put("iss", realm.issuer());
        actor.put(
                "sub",
                context.getPrincipal() instanceof OAuth2TokenExchangeCompositeAuthenticationToken composite
                        ? String.valueOf(composite.getActors().getFirst().getSubject())
                        : client.clientId());
        Map<String, Object> before = token.getClaims();
        if (before != null && before.get("act") instanceof Map<?, ?> earlier) {
            actor.put("act", earlier);
        }
        claims.put("act", actor);
    }

    /** Whoever has been deleted or blocked since gets nothing more. */
    private RealmUser user(RealmContext realm, SignedIn.Facts facts) {
        RealmUser user = users.find(realm.id(), new UserId(facts.user()))
                .orElseThrow(
                        () -> OAuthErrors.failure(OAuth2ErrorCodes.INVALID_GRANT, "The user does not exist any more"));
        if (user.blocked()) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_GRANT, "The user is blocked");
        }
        return user;
    }

    private static void authentication(Map<String, Object> claims, SignedIn.Facts facts) {
        claims.put("auth_time", facts.at().getEpochSecond());
        claims.put("acr", facts.acr());
        claims.put("amr", facts.amr());
        if (facts.impersonator() != null) {
            claims.put("act", Map.of("sub", facts.impersonator()));
        }
    }

    /** What the token is bound to (RFC 7800), if the client proved that it has a key. */
    private static void confirmation(Map<String, Object> claims, Client client, OAuth2TokenContext context) {
        Jwt proof = context.get(OAuth2TokenContext.DPOP_PROOF_KEY);
        if (proof == null) {
            if (client.settings().tokens().bound()) {
                throw OAuthErrors.failure(
                        OAuth2ErrorCodes.INVALID_DPOP_PROOF,
                        "This client's tokens are bound to a key: send a DPoP proof");
            }
            return;
        }
        if (!(proof.getHeaders().get("jwk") instanceof Map<?, ?> header)) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_DPOP_PROOF, "The DPoP proof has no key");
        }
        try {
            claims.put("cnf", Map.of("jkt", thumbprint(header)));
        } catch (IllegalArgumentException e) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_DPOP_PROOF, "The key of the DPoP proof is none");
        }
    }

    /**
     * The thumbprint of a public key in its JSON form (RFC 7638).
     *
     * @throws IllegalArgumentException when it is no key
     */
    static String thumbprint(Map<?, ?> jwk) {
        Map<String, Object> key = new LinkedHashMap<>();
        jwk.forEach((name, value) -> key.put(String.valueOf(name), value));
        try {
            return JWK.parse(key).computeThumbprint().toString();
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("Not a public key", e);
        }
    }

    private SigningAlgorithm algorithm(RealmContext realm, Client client) {
        SigningAlgorithm own = client.settings().tokens().algorithm();
        return own == null ? realms.settings(realm.id()).algorithm() : own;
    }

    private int accessSeconds(RealmContext realm, Client client) {
        Integer own = client.settings().tokens().accessSeconds();
        RealmSettings.Lifetimes lifetimes = realms.settings(realm.id()).lifetimes();
        return own == null ? lifetimes.accessToken() : own;
    }

    /** The left half of the hash (section 3.1.3.6), by the hash function of the signature's algorithm. */
    private static String halfHash(SigningAlgorithm algorithm, String token) {
        String function = switch (algorithm) {
            case ES256, RS256 -> "SHA-256";
            case EdDSA -> "SHA-512";
        };
        try {
            byte[] hash = MessageDigest.getInstance(function).digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every algorithm that a realm can sign with. */
    static List<String> algorithms() {
        return Arrays.stream(SigningAlgorithm.values()).map(Enum::name).toList();
    }
}
