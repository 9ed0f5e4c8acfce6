package dev.havenkeep.provider;

import dev.havenkeep.kernel.Json;
import dev.havenkeep.realms.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * JSON Web Signatures in their compact form (RFC 7515 section 7.1) under a realm's keys. What a token's header says of its
 * algorithm is never believed: the key that it names has one algorithm, and that is the one it is verified with.
 */
@Component
class Jws {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final int LONGEST = 16 * 1024;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Json json;

    Jws(Json json) {
        this.json = json;
    }

    /**
     * What a token consists of; nothing of it is verified yet.
     *
     * @param signed what the signature is of: header and claims as they were sent
     * @param signature in its base64url form
     */
    record Parsed(Map<String, Object> header, Map<String, Object> claims, String signed, String signature) {

        @Nullable
        String keyId() {
            return header.get("kid") instanceof String kid ? kid : null;
        }

        /** Whether the signature is this key's by this algorithm, and the header says no other. */
        boolean verifiedBy(SigningAlgorithm algorithm, PublicKey key) {
            if (!algorithm.name().equals(header.get("alg")) || header.containsKey("crit")) {
                return false;
            }
            try {
                Signature verifier = Signature.getInstance(javaName(algorithm));
                verifier.initVerify(key);
                verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
                return verifier.verify(DECODER.decode(signature));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** Signs claims. */
    String sign(SigningAlgorithm algorithm, String keyId, PrivateKey key, String type, Map<String, Object> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm.name());
        header.put("kid", keyId);
        header.put("typ", type);
        String signed = part(header) + "." + part(claims);
        try {
            Signature signer = Signature.getInstance(javaName(algorithm));
            signer.initSign(key);
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + ENCODER.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A token cannot be signed with the key " + keyId, e);
        }
    }

    /** Takes a token apart; empty when it is not a signed JWT. */
    Optional<Parsed> parse(String token) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Parsed(object(parts[0]), object(parts[1]), parts[0] + "." + parts[1], parts[2]));
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> object(String part) {
        Map<String, Object> read = json.read(new String(DECODER.decode(part), StandardCharsets.UTF_8), OBJECT);
        if (read == null) {
            throw new IllegalArgumentException("Not a JSON object");
        }
        return read;
    }

    private String part(Map<String, Object> value) {
        return ENCODER.encodeToString(json.write(value).getBytes(StandardCharsets.UTF_8));
    }

    private static String javaName(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> "SHA256withECDSAinP1363Format";
            case RS256 -> "SHA256withRSA";
            case EdDSA -> "Ed25519";
        };
    }
}
