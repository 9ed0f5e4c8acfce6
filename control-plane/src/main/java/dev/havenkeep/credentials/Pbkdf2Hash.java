package dev.havenkeep.credentials;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with an HMAC (RFC 8018 section 5.2).
 *
 * @param salt in Base64 without padding
 * @param digest in Base64 without padding
 */
record Pbkdf2Hash(Function function, int iterations, String salt, String digest) implements PasswordHash {

    /** The hash function in the HMAC. */
    enum Function {
        SHA1("pbkdf2-sha1", "PBKDF2WithHmacSHA1", 20),
        SHA256("pbkdf2-sha256", "PBKDF2WithHmacSHA256", 32),
        SHA512("pbkdf2-sha512", "PBKDF2WithHmacSHA512", 64);

        final String label;
        private final String factory;
        private final int bytes;

        Function(String label, String factory, int bytes) {
            this.label = label;
            this.factory = factory;
            this.bytes = bytes;
        }

        /** How often the iterations are done for so much output. */
        int blocks(int digestBytes) {
            return Math.ceilDiv(digestBytes, bytes);
        }
    }

    static Pbkdf2Hash of(Function function, int iterations, byte[] salt, byte[] digest) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new Pbkdf2Hash(function, iterations, base64.encodeToString(salt), base64.encodeToString(digest));
    }

    boolean matches(String password) {
        byte[] expected = Base64.getDecoder().decode(digest);
        PBEKeySpec work = new PBEKeySpec(
                password.toCharArray(), Base64.getDecoder().decode(salt), iterations, expected.length * Byte.SIZE);
        try {
            byte[] actual = SecretKeyFactory.getInstance(function.factory)
                    .generateSecret(work)
                    .getEncoded();
            return MessageDigest.isEqual(expected, actual);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            work.clearPassword();
        }
    }

    @Override
    public String text() {
        return "$" + function.label + "$i=" + iterations + "$" + salt + "$" + digest;
    }
}
