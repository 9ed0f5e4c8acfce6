package dev.havenkeep.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2 (RFC 9106).
 *
 * @param version 16 or 19, the latter being the RFC's
 * @param salt in Base64 without padding
 * @param digest in Base64 without padding
 */
record Argon2Hash(Kind kind, int version, PasswordHasher.Cost cost, String salt, String digest)
        implements PasswordHash {

    enum Kind {
        ARGON2D(Argon2Parameters.ARGON2_d),
        ARGON2I(Argon2Parameters.ARGON2_i),
        ARGON2ID(Argon2Parameters.ARGON2_id);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    static Argon2Hash of(Kind kind, int version, PasswordHasher.Cost cost, byte[] salt, byte[] digest) {
        return new Argon2Hash(kind, version, cost, BASE64.encodeToString(salt), BASE64.encodeToString(digest));
    }

    /** The Argon2id hash of a password. */
    static Argon2Hash of(String password, PasswordHasher.Cost cost, byte[] salt, int digestBytes) {
        byte[] digest =
                digest(password, Kind.ARGON2ID, Argon2Parameters.ARGON2_VERSION_13, cost, salt, new byte[digestBytes]);
        return of(Kind.ARGON2ID, Argon2Parameters.ARGON2_VERSION_13, cost, salt, digest);
    }

    boolean matches(String password) {
        byte[] expected = Base64.getDecoder().decode(digest);
        byte[] actual =
                digest(password, kind, version, cost, Base64.getDecoder().decode(salt), new byte[expected.length]);
        return MessageDigest.isEqual(expected, actual);
    }

    @Override
    public String text() {
        return "$" + kind.label() + "$v=" + version + "$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p="
                + cost.lanes() + "$" + salt + "$" + digest;
    }

    private static byte[] digest(
            String password, Kind kind, int version, PasswordHasher.Cost cost, byte[] salt, byte[] into) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(kind.type)
                .withVersion(version)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), into);
        return into;
    }
}
