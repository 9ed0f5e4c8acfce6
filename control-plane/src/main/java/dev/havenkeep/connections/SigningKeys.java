package dev.havenkeep.connections;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.havenkeep.connections.UpstreamFailure.Code;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys that providers sign with (RFC 7517), from the address in their metadata and from nowhere else: what a token
 * says of keys ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) is not looked at. A key that is not known yet is
 * asked for once, since providers change them.
 */
final class SigningKeys {

    private static final int FEWEST_RSA_BITS = 2048;
    private static final int MOST_KEYS = 100;

    private final DocumentCache<List<Key>> sets;

    /**
     * One key.
     *
     * @param issuer whose it is alone, where one set holds those of several (Microsoft); with a place for the tenant
     */
    record Key(JWK jwk, @Nullable String issuer) {}

    SigningKeys(Clock clock, UpstreamHttp http) {
        this.sets = new DocumentCache<>(clock, address -> fetch(http, address));
    }

    /** Makes sure that there are keys. */
    void check(URI address) {
        if (sets.getAnew(address).isEmpty()) {
            throw new ConnectionException(Code.BAD_ANSWER, "The provider has no key that could be used");
        }
    }

    /**
     * Whether a key of the set signed it.
     *
     * @param address the set
     * @param mayUse which of its keys may sign for that issuer
     */
    boolean signed(URI address, JWSObject token, Predicate<Key> mayUse) {
        return signedBy(sets.get(address), token, mayUse) || signedBy(sets.getAnew(address), token, mayUse);
    }

    private static boolean signedBy(List<Key> keys, JWSObject token, Predicate<Key> mayUse) {
        return keys.stream()
                .filter(key -> suits(key.jwk(), token.getHeader()))
                .filter(mayUse)
                .anyMatch(key -> signedBy(key.jwk(), token));
    }

    private static boolean suits(JWK key, JWSHeader header) {
        boolean sameId = header.getKeyID() == null || header.getKeyID().equals(key.getKeyID());
        boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean sameAlgorithm = key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm());
        return sameId && signs && sameAlgorithm;
    }

    private static boolean signedBy(JWK key, JWSObject token) {
        try {
            JWSVerifier verifier = verifier(key, token.getHeader().getAlgorithm());
            return verifier != null && token.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    private static @Nullable JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        return switch (key) {
            case RSAKey rsa
            when JWSAlgorithm.Family.RSA.contains(algorithm) && rsa.size() >= FEWEST_RSA_BITS ->
                new RSASSAVerifier(rsa);
            case ECKey ec
            when Curve.forJWSAlgorithm(algorithm) != null
                    && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve()) -> new ECDSAVerifier(ec);
            case OctetKeyPair pair
            when JWSAlgorithm.Family.ED.contains(algorithm) && pair.getCurve().equals(Curve.Ed25519) ->
                new Ed25519Verifier(pair);
            default -> null;
        };
    }

    private static List<Key> fetch(UpstreamHttp http, URI address) {
        UpstreamHttp.Response answer =
                http.send(UpstreamHttp.Request.get(address, Map.of("Accept", "application/json")));
        if (!answer.ok()) {
            throw new ConnectionException(
                    Code.BAD_ANSWER, "The provider's keys at " + address.getHost() + ": " + answer.summary());
        }
        List<Claims> keys = Claims.parse(answer.body())
                .flatMap(document -> document.list("keys"))
                .orElseThrow(() -> new ConnectionException(Code.BAD_ANSWER, "The provider's keys are no set of keys"));
        List<Key> usable = new ArrayList<>();
        for (Claims key : keys.subList(0, Math.min(keys.size(), MOST_KEYS))) {
            read(key).ifPresent(jwk -> usable.add(new Key(jwk, key.text("issuer"))));
        }
        return List.copyOf(usable);
    }

    /** A key; empty when it is of a kind that is not known, as a set may hold such (RFC 7517 section 5), or no public one. */
    private static Optional<JWK> read(Claims key) {
        try {
            JWK jwk = JWK.parse(key.json());
            return jwk instanceof RSAKey || jwk instanceof ECKey || jwk instanceof OctetKeyPair
                    ? Optional.of(jwk.toPublicJWK())
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
