package dev.havenkeep.connections;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** JWTs by which we prove to be a client, signed anew for each use and valid for minutes. */
final class SignedAssertions {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Clock clock;

    SignedAssertions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Apple's client secret: a JWT of the team about the Services ID. Apple takes up to six months; nothing that is
     * minted on demand can run out.
     *
     * @param audience Apple's issuer
     */
    String apple(ConnectionSettings.Apple settings, String audience) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", settings.teamId());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("aud", audience);
        claims.put("sub", settings.clientId());
        return sign(JWSAlgorithm.ES256, settings.keyId(), settings.privateKey(), claims);
    }

    /** A client's assertion (RFC 7523 section 3, OpenID Connect Core section 9). */
    String client(String clientId, ClientAuthentication.PrivateKeyJwt settings, String audience) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("aud", audience);
        claims.put("jti", RandomText.next());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        return sign(JWSAlgorithm.parse(settings.algorithm()), settings.keyId(), settings.secret(), claims);
    }

    private static String sign(JWSAlgorithm algorithm, String keyId, Secret key, Map<String, Object> claims) {
        JWSObject token =
                new JWSObject(new JWSHeader.Builder(algorithm).keyID(keyId).build(), new Payload(claims));
        try {
            token.sign(signer(algorithm, key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new ConnectionException(
                    Code.BAD_SETTINGS, "The private key does not fit the algorithm " + algorithm.getName());
        }
    }

    private static JWSSigner signer(JWSAlgorithm algorithm, Secret key) throws JOSEException {
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            if (privateKey("EC", key) instanceof ECPrivateKey ec) {
                return new ECDSASigner(ec);
            }
        } else if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return new RSASSASigner(privateKey("RSA", key));
        }
        throw new ConnectionException(
                Code.BAD_SETTINGS, "No signatures are made with " + Quoted.reason(algorithm.getName()));
    }

    /** Reads PEM (RFC 7468 section 10); what is wrong with it is not quoted, as it is a secret. */
    private static PrivateKey privateKey(String algorithm, Secret pem) {
        String body = pem.reveal()
                .replace("-----BEGIN PRIVATE KEY-----", "")
                .replace("-----END PRIVATE KEY-----", "")
                .replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConnectionException(
                    Code.BAD_SETTINGS,
                    "The private key is no " + algorithm + " key in PEM: it begins with -----BEGIN PRIVATE KEY-----");
        }
    }
}
