package dev.havenkeep.credentials;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An authenticator and the browser before it, in software: real keys, real CBOR (RFC 8949), real signatures. It does
 * what it is told, also what no honest one would.
 */
final class SoftwareAuthenticator {

    static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The kinds of keys that sites ask for. */
    enum Kind {
        ED25519(-8, "Ed25519"),
        ES256(-7, "SHA256withECDSA"),
        RS256(-257, "SHA256withRSA"),
        ES384(-35, "SHA384withECDSA");

        private final long algorithm;
        private final String signature;

        Kind(long algorithm, String signature) {
            this.algorithm = algorithm;
            this.signature = signature;
        }

        private KeyPair generate() throws GeneralSecurityException {
            return switch (this) {
                case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                case RS256 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(2048);
                    yield generator.generateKeyPair();
                }
                case ES256 -> onCurve("secp256r1");
                case ES384 -> onCurve("secp384r1");
            };
        }

        private static KeyPair onCurve(String curve) throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        }
    }

    private final Kind kind;
    private final KeyPair keys;
    private final byte[] credentialId = new byte[32];

    // What an answer says; a test changes what it wants to be wrong.
    String origin = "https://id.example.com";
    String rpId = "id.example.com";
    String createType = "webauthn.create";
    String getType = "webauthn.get";
    boolean userPresent = true;
    boolean userVerified = true;
    boolean backupEligible = true;
    boolean backedUp = true;
    boolean crossOrigin;
    long signCount;
    String attestationFormat = "none";
    byte[] aaguid = new byte[16];

    SoftwareAuthenticator(Kind kind) {
        this.kind = kind;
        try {
            keys = kind.generate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        new SecureRandom().nextBytes(credentialId);
    }

    String credentialId() {
        return BASE64URL.encodeToString(credentialId);
    }

    /** The RegistrationResponseJSON to a challenge (WebAuthn Level 3 section 5.1.8). */
    String create(String challenge) {
        return registration(challenge, attestationObject());
    }

    /** A RegistrationResponseJSON around any attestation object. */
    String registration(String challenge, byte[] attestationObject) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("clientDataJSON", BASE64URL.encodeToString(clientData(createType, challenge)));
        response.put("attestationObject", BASE64URL.encodeToString(attestationObject));
        response.put("transports", new String[] {"internal", "hybrid", "telepathy"});
        return answer(response);
    }

    byte[] attestationObject() {
        Map<Object, Object> object = new LinkedHashMap<>();
        object.put("fmt", attestationFormat);
        object.put("attStmt", Map.of());
        object.put("authData", authenticatorData(true));
        return cbor(object);
    }

    /** The AuthenticationResponseJSON to a challenge. */
    String get(String challenge, @Nullable String userHandle) {
        byte[] clientData = clientData(getType, challenge);
        byte[] authenticatorData = authenticatorData(false);
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("clientDataJSON", BASE64URL.encodeToString(clientData));
        response.put("authenticatorData", BASE64URL.encodeToString(authenticatorData));
        response.put("signature", BASE64URL.encodeToString(sign(join(authenticatorData, sha256(clientData)))));
        response.put("userHandle", userHandle);
        return answer(response);
    }

    private String answer(Map<String, ? extends @Nullable Object> response) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", credentialId());
        answer.put("rawId", credentialId());
        answer.put("type", "public-key");
        answer.put("authenticatorAttachment", "platform");
        answer.put("clientExtensionResults", Map.of());
        answer.put("response", response);
        return JSON.writeValueAsString(answer);
    }

    private byte[] clientData(String type, String challenge) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", type);
        data.put("challenge", challenge);
        data.put("origin", origin);
        data.put("crossOrigin", crossOrigin);
        return JSON.writeValueAsBytes(data);
    }

    /** Section 6.1: hash of the RP id, flags, counter and, for a new credential, id and key. */
    private byte[] authenticatorData(boolean attested) {
        int flags = (userPresent ? 0x01 : 0)
                | (userVerified ? 0x04 : 0)
                | (backupEligible ? 0x08 : 0)
                | (backedUp ? 0x10 : 0)
                | (attested ? 0x40 : 0);
        ByteBuffer head = ByteBuffer.allocate(37)
                .put(sha256(rpId.getBytes(StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt((int) signCount);
        if (!attested) {
            return head.array();
        }
        byte[] length =
                ByteBuffer.allocate(2).putShort((short) credentialId.length).array();
        return join(head.array(), aaguid, length, credentialId, cbor(coseKey(keys.getPublic())));
    }

    /** RFC 9053 section 7, RFC 8230 section 4. */
    private Map<Object, Object> coseKey(PublicKey key) {
        Map<Object, Object> cose = new LinkedHashMap<>();
        switch (key) {
            case ECPublicKey ec -> {
                int size = kind == Kind.ES384 ? 48 : 32;
                cose.put(1L, 2L);
                cose.put(3L, kind.algorithm);
                cose.put(-1L, kind == Kind.ES384 ? 2L : 1L);
                cose.put(-2L, unsigned(ec.getW().getAffineX(), size));
                cose.put(-3L, unsigned(ec.getW().getAffineY(), size));
            }
            case EdECPublicKey ed -> {
                byte[] encoded = ed.getEncoded();
                cose.put(1L, 1L);
                cose.put(3L, kind.algorithm);
                cose.put(-1L, 6L);
                cose.put(-2L, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
            }
            case RSAPublicKey rsa -> {
                cose.put(1L, 3L);
                cose.put(3L, kind.algorithm);
                cose.put(-1L, unsigned(rsa.getModulus(), 256));
                cose.put(-2L, unsigned(rsa.getPublicExponent(), 3));
            }
            default -> throw new IllegalStateException(key.getAlgorithm());
        }
        return cose;
    }

    private byte[] sign(byte[] data) {
        try {
            Signature signature = Signature.getInstance(kind.signature);
            signature.initSign(keys.getPrivate());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] result = new byte[size];
        int from = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, from, result, size - (bytes.length - from), bytes.length - from);
        return result;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** As much of CBOR as WebAuthn needs. */
    static byte[] cbor(Object value) {
        return switch (value) {
            case Long number when number >= 0 -> head(0, number);
            case Long number -> head(1, -1 - number);
            case byte[] bytes -> join(head(2, bytes.length), bytes);
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                yield join(head(3, bytes.length), bytes);
            }
            case Map<?, ?> map -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(head(5, map.size()));
                map.forEach((key, item) -> {
                    all.writeBytes(cbor(key));
                    all.writeBytes(cbor(item));
                });
                yield all.toByteArray();
            }
            default -> throw new IllegalArgumentException(value.getClass().getName());
        };
    }

    private static byte[] head(int major, long argument) {
        int type = major << 5;
        if (argument < 24) {
            return new byte[] {(byte) (type | argument)};
        }
        if (argument < 256) {
            return new byte[] {(byte) (type | 24), (byte) argument};
        }
        return new byte[] {(byte) (type | 25), (byte) (argument >> 8), (byte) argument};
    }
}
