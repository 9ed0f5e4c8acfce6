package dev.havenkeep.credentials;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Firebase's scrypt: the digest is the project's signer key, encrypted (AES-256, counter mode from zero) with a key that
 * scrypt derives from the password and the salt with the project's separator after it.
 *
 * @param saltSeparator in Base64 without padding, like the following
 */
record FirebaseScryptHash(
        int memoryCost, int rounds, String saltSeparator, String signerKey, String salt, String digest)
        implements PasswordHash {

    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    boolean matches(String password) {
        byte[] salted =
                join(Base64.getDecoder().decode(salt), Base64.getDecoder().decode(saltSeparator));
        byte[] key = SCrypt.generate(
                password.getBytes(StandardCharsets.UTF_8), salted, 1 << memoryCost, rounds, 1, KEY_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK_BYTES]));
            byte[] actual = cipher.doFinal(Base64.getDecoder().decode(signerKey));
            return MessageDigest.isEqual(Base64.getDecoder().decode(digest), actual);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String text() {
        return "$firebase-scrypt$ln=" + memoryCost + ",r=" + rounds + ",ss=" + saltSeparator + ",sk=" + signerKey + "$"
                + salt + "$" + digest;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
