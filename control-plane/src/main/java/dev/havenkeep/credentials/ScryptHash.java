package dev.havenkeep.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914).
 *
 * @param ln the binary logarithm of the cost N
 * @param block the block size r
 * @param lanes the parallelization p
 * @param salt in Base64 without padding
 * @param digest in Base64 without padding
 */
record ScryptHash(int ln, int block, int lanes, String salt, String digest) implements PasswordHash {

    static ScryptHash of(int ln, int block, int lanes, byte[] salt, byte[] digest) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new ScryptHash(ln, block, lanes, base64.encodeToString(salt), base64.encodeToString(digest));
    }

    /** What one computation fills: 128·N·r bytes. */
    static long memoryKib(int ln, int block) {
        return (1L << ln) * block / 8;
    }

    boolean matches(String password) {
        byte[] expected = Base64.getDecoder().decode(digest);
        byte[] actual = SCrypt.generate(
                password.getBytes(StandardCharsets.UTF_8),
                Base64.getDecoder().decode(salt),
                1 << ln,
                block,
                lanes,
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    @Override
    public String text() {
        return "$scrypt$ln=" + ln + ",r=" + block + ",p=" + lanes + "$" + salt + "$" + digest;
    }
}
