package dev.havenkeep.connections;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import dev.havenkeep.connections.UpstreamFailure.Code;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The checks of an ID token that came from a token endpoint (OpenID Connect Core section 3.1.3.7). */
final class IdTokens {

    /** Asymmetric ones only: with {@code none} or an HMAC over a public key, anybody could have signed. */
    private static final Set<String> EVER_ACCEPTED =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Duration OLDEST = Duration.ofHours(1);
    private static final int LONGEST = 64 * 1024;
    private static final String TENANT = "{tenantid}";

    private final Clock clock;
    private final SigningKeys keys;

    /**
     * What a token must be.
     *
     * @param algorithms which signatures, by the settings or the provider's metadata
     * @param issuers who may have issued a token with these claims
     * @param accessToken the one beside it, for {@code at_hash}
     */
    record Expected(
            String clientId,
            URI keys,
            List<String> algorithms,
            Function<Claims, Set<String>> issuers,
            PendingAuthorization.Guards guards,
            String accessToken) {}

    IdTokens(Clock clock, SigningKeys keys) {
        this.clock = clock;
        this.keys = keys;
    }

    /** The acceptable ones among those that were configured or announced. */
    static Set<String> acceptable(List<String> algorithms) {
        Set<String> acceptable = new HashSet<>(algorithms);
        acceptable.retainAll(EVER_ACCEPTED);
        return Set.copyOf(acceptable);
    }

    /**
     * The claims of a token that is all right.
     *
     * @throws ConnectionException naming precisely what is not
     */
    Claims verify(String token, Expected expected) {
        JWSObject signed = parse(token, acceptable(expected.algorithms()));
        Claims claims = Claims.parse(signed.getPayload().toBytes())
                .orElseThrow(() -> new ConnectionException(Code.BAD_TOKEN, "The ID token holds no JSON object"));
        String issuer = requireIssuer(claims, expected);
        if (!keys.signed(expected.keys(), signed, key -> mayIssue(key, issuer, claims))) {
            throw new ConnectionException(
                    Code.BAD_SIGNATURE,
                    "The ID token is not signed by a key of the provider (kid "
                            + Quoted.reason(signed.getHeader().getKeyID()) + ")");
        }
        requireAudience(claims, expected.clientId());
        requireTime(claims);
        requireNonce(claims, expected.guards().nonce());
        requireAccessTokenHash(claims, signed.getHeader().getAlgorithm(), expected.accessToken());
        requireRecentSignIn(claims, expected.guards().maxAge());
        if (!Quoted.isKey(claims.text("sub"))) {
            throw new ConnectionException(Code.BAD_TOKEN, "The ID token has no usable sub");
        }
        return claims;
    }

    private static JWSObject parse(String token, Set<String> acceptable) {
        if (token.length() > LONGEST) {
            throw new ConnectionException(Code.BAD_TOKEN, "The ID token has more than " + LONGEST + " characters");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new ConnectionException(
                    Code.BAD_TOKEN,
                    parts.length == 5
                            ? "The ID token is encrypted, which was not asked for"
                            : "The ID token is no signed JWT");
        }
        Claims header = header(parts[0]);
        String algorithm = header.text("alg");
        if (algorithm == null || !acceptable.contains(algorithm)) {
            throw new ConnectionException(
                    Code.BAD_SIGNATURE,
                    "The ID token is signed with " + Quoted.reason(algorithm) + ", but only "
                            + String.join(", ", acceptable.stream().sorted().toList()) + " is accepted");
        }
        String type = header.text("typ");
        if (type != null && !type.equalsIgnoreCase("JWT")) {
            throw new ConnectionException(
                    Code.BAD_TOKEN, "The ID token is a token of another kind: " + Quoted.reason(type));
        }
        try {
            return JWSObject.parse(token);
        } catch (ParseException e) {
            throw new ConnectionException(Code.BAD_TOKEN, "The ID token cannot be read");
        }
    }

    private static Claims header(String encoded) {
        try {
            return Claims.parse(Base64.getUrlDecoder().decode(encoded))
                    .orElseThrow(() -> new ConnectionException(Code.BAD_TOKEN, "The ID token has no header"));
        } catch (IllegalArgumentException e) {
            throw new ConnectionException(Code.BAD_TOKEN, "The ID token has no header");
        }
    }

    private static String requireIssuer(Claims claims, Expected expected) {
        String issuer = claims.text("iss");
        Set<String> issuers = expected.issuers().apply(claims);
        if (issuer == null || !issuers.contains(issuer)) {
            throw new ConnectionException(
                    Code.WRONG_ISSUER,
                    "The ID token is from " + Quoted.reason(issuer) + " and not from "
                            + String.join(" or ", issuers.stream().sorted().toList()));
        }
        return issuer;
    }

    /** Whether a key that is one issuer's alone is that of this token's issuer. */
    private static boolean mayIssue(SigningKeys.Key key, String issuer, Claims claims) {
        if (key.issuer() == null) {
            return true;
        }
        String tenant = claims.text("tid");
        return key.issuer().replace(TENANT, tenant == null ? TENANT : tenant).equals(issuer);
    }

    private static void requireAudience(Claims claims, String clientId) {
        List<String> audience = claims.texts("aud");
        if (!audience.contains(clientId)) {
            throw new ConnectionException(
                    Code.WRONG_AUDIENCE,
                    "The ID token is for " + Quoted.reason(String.join(", ", audience)) + " and not for us");
        }
        String party = claims.text("azp");
        if ((claims.has("azp") || audience.size() > 1) && !clientId.equals(party)) {
            throw new ConnectionException(
                    Code.WRONG_AUDIENCE, "The ID token was issued to " + Quoted.reason(party) + " and not to us");
        }
    }

    private void requireTime(Claims claims) {
        Instant now = clock.instant();
        Instant expires = claims.instant("exp");
        Instant issued = claims.instant("iat");
        Instant notBefore = claims.instant("nbf");
        if (expires == null || issued == null) {
            throw new ConnectionException(Code.BAD_TOKEN, "The ID token has no " + (expires == null ? "exp" : "iat"));
        }
        if (!now.isBefore(expires.plus(SKEW))) {
            throw new ConnectionException(Code.STALE_TOKEN, "The ID token expired at " + expires + "; it is " + now);
        }
        if (issued.isAfter(now.plus(SKEW)) || (notBefore != null && notBefore.isAfter(now.plus(SKEW)))) {
            throw new ConnectionException(
                    Code.STALE_TOKEN,
                    "The ID token is from the future (" + issued + "; it is " + now
                            + "): the clocks of this machine and the provider's differ");
        }
        if (issued.isBefore(now.minus(OLDEST))) {
            throw new ConnectionException(
                    Code.STALE_TOKEN, "The ID token was issued at " + issued + ", long before this sign-in");
        }
    }

    private static void requireNonce(Claims claims, @Nullable String nonce) {
        String given = claims.text("nonce");
        if (nonce == null || given == null || !same(nonce, given)) {
            throw new ConnectionException(
                    Code.WRONG_NONCE,
                    given == null ? "The ID token has no nonce" : "The ID token's nonce is that of another sign-in");
        }
    }

    /** The left half of the access token's hash (OpenID Connect Core section 3.1.3.6). */
    private static void requireAccessTokenHash(Claims claims, JWSAlgorithm algorithm, String accessToken) {
        if (!claims.has("at_hash")) {
            return;
        }
        String given = claims.text("at_hash");
        byte[] hash = digest(algorithm.getName(), accessToken);
        String expected = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        if (given == null || !same(expected, given)) {
            throw new ConnectionException(Code.BAD_TOKEN, "The ID token belongs to another access token (at_hash)");
        }
    }

    private void requireRecentSignIn(Claims claims, @Nullable Duration maxAge) {
        if (maxAge == null) {
            return;
        }
        Instant signedIn = claims.instant("auth_time");
        if (signedIn == null) {
            throw new ConnectionException(
                    Code.BAD_TOKEN, "The ID token does not say when the person signed in (auth_time), as was asked");
        }
        if (signedIn.plus(maxAge).plus(SKEW).isBefore(clock.instant())) {
            throw new ConnectionException(Code.STALE_TOKEN, "The person signed in at the provider at " + signedIn);
        }
    }

    private static byte[] digest(String algorithm, String text) {
        String digest = algorithm.startsWith("Ed") || algorithm.endsWith("512")
                ? "SHA-512"
                : algorithm.endsWith("384") ? "SHA-384" : "SHA-256";
        try {
            return MessageDigest.getInstance(digest).digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
