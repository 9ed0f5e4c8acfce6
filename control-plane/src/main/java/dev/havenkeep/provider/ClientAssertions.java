package dev.havenkeep.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.Realms;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/**
 * Verifies the statements by which clients prove which they are ({@code private_key_jwt}: OpenID Connect Core 1.0 section
 * 9, RFC 7523 section 3). A statement is for this issuer, lives minutes, and is good once. Its signature is verified with
 * the client's registered keys, whatever its own header says of keys.
 */
@Component
class ClientAssertions implements JwtDecoderFactory<RegisteredClient> {

    /** What clients may sign with. */
    static final List<String> ALGORITHMS = List.of("ES256", "RS256", "PS256", "EdDSA");

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_ID = 500;

    private final Realms realms;
    private final RegisteredClients clients;
    private final InstantSource clock;

    ClientAssertions(Realms realms, RegisteredClients clients, InstantSource clock) {
        this.realms = realms;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient registered) {
        RealmContext context = RealmContext.current();
        Client client = clients.client(registered.getClientId()).orElseThrow();
        return token -> verify(context, client, token);
    }

    /**
     * The statement that a request comes with. Spring's own converter insists on {@code client_id}, which RFC 7521
     * section 4.2 does not: the statement says itself whose it is.
     */
    static @Nullable Authentication convert(HttpServletRequest request) {
        String[] types = request.getParameterValues("client_assertion_type");
        String[] statements = request.getParameterValues("client_assertion");
        if (types == null && statements == null) {
            return null;
        }
        if (types == null
                || statements == null
                || types.length != 1
                || statements.length != 1
                || !types[0].equals(TYPE)) {
            throw OAuthErrors.failure(
                    OAuth2ErrorCodes.INVALID_REQUEST, "client_assertion and client_assertion_type do not fit");
        }
        String[] named = request.getParameterValues("client_id");
        String clientId = named == null ? subject(statements[0]) : named.length == 1 ? named[0] : null;
        if (clientId == null || clientId.isEmpty()) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_REQUEST, "It does not say whose client_assertion it is");
        }
        Map<String, Object> parameters = new HashMap<>();
        if ("authorization_code".equals(request.getParameter("grant_type"))) {
            request.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
        }
        return new OAuth2ClientAuthenticationToken(
                clientId, new ClientAuthenticationMethod(TYPE), statements[0], parameters);
    }

    private static @Nullable String subject(String statement) {
        try {
            return SignedJWT.parse(statement).getJWTClaimsSet().getSubject();
        } catch (ParseException e) {
            return null;
        }
    }

    private Jwt verify(RealmContext context, Client client, String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(signed.getHeader().getAlgorithm().getName())) {
                throw new BadJwtException("The client's statement is signed by an algorithm that is not taken");
            }
            if (!signedByClient(client, signed)) {
                throw new BadJwtException("The client's statement is not signed by one of its keys");
            }
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            check(context, client, claims);
            useOnce(context, client, claims);
            return Jwt.withTokenValue(token)
                    .headers(headers -> headers.putAll(signed.getHeader().toJSONObject()))
                    .claims(all -> claims.getClaims()
                            .forEach((name, value) ->
                                    all.put(name, value instanceof Date date ? date.toInstant() : value)))
                    .build();
        } catch (ParseException e) {
            throw new BadJwtException("The client's statement is not a signed JWT", e);
        }
    }

    private void check(RealmContext context, Client client, JWTClaimsSet claims) {
        Instant now = clock.instant();
        Instant expires = instant(claims.getExpirationTime());
        Instant notBefore = instant(claims.getNotBeforeTime());
        if (!client.clientId().equals(claims.getIssuer()) || !client.clientId().equals(claims.getSubject())) {
            throw new BadJwtException("The client's statement is not by the client about itself");
        }
        Set<String> accepted = Set.of(
                context.issuer(),
                context.url(context.getAuthorizationServerSettings().getTokenEndpoint()),
                context.url(context.getAuthorizationServerSettings().getPushedAuthorizationRequestEndpoint()));
        if (claims.getAudience().stream().noneMatch(accepted::contains)) {
            throw new BadJwtException("The client's statement is for somebody else");
        }
        if (expires == null || !now.isBefore(expires.plus(SKEW))) {
            throw new BadJwtException("The client's statement has expired");
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE).plus(SKEW))) {
            throw new BadJwtException("The client's statement lives longer than ten minutes");
        }
        if (notBefore != null && now.plus(SKEW).isBefore(notBefore)) {
            throw new BadJwtException("The client's statement is not good yet");
        }
        if (claims.getJWTID() == null || claims.getJWTID().length() > LONGEST_ID) {
            throw new BadJwtException("The client's statement has no jti");
        }
    }

    private void useOnce(RealmContext context, Client client, JWTClaimsSet claims) {
        int first = realms.database(context.id())
                .write("""
                        INSERT INTO {realm}.used_numbers (hash, expires_at) VALUES (:hash, :expires)
                        ON CONFLICT (hash) DO NOTHING""")
                .param("hash", RandomText.hash("assertion|" + client.id() + "|" + claims.getJWTID()))
                .param(
                        "expires",
                        claims.getExpirationTime()
                                .toInstant()
                                .plus(LONGEST_LIFE)
                                .toEpochMilli())
                .update();
        if (first != 1) {
            throw new BadJwtException("The client's statement has been used");
        }
    }

    private static boolean signedByClient(Client client, SignedJWT signed) throws ParseException {
        String set = client.settings().proof().keys();
        if (set == null) {
            return false;
        }
        String keyId = signed.getHeader().getKeyID();
        for (JWK key : JWKSet.parse(set).getKeys()) {
            if (keyId == null || keyId.equals(key.getKeyID())) {
                if (verifies(key, signed)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the key is of the algorithm's kind and the signature is its. */
    private static boolean verifies(JWK key, SignedJWT signed) {
        JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
        try {
            JWSVerifier verifier;
            if (key instanceof ECKey point && algorithm.equals(JWSAlgorithm.ES256)) {
                verifier = new ECDSAVerifier(point.toPublicJWK());
            } else if (key instanceof RSAKey number
                    && (algorithm.equals(JWSAlgorithm.RS256) || algorithm.equals(JWSAlgorithm.PS256))) {
                verifier = new RSASSAVerifier(number.toPublicJWK());
            } else if (key instanceof OctetKeyPair pair && algorithm.equals(JWSAlgorithm.EdDSA)) {
                verifier = new Ed25519Verifier(pair.toPublicJWK());
            } else {
                return false;
            }
            return signed.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
