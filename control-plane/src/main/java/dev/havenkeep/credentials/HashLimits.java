package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.Base64;

/**
 * How much work and memory one comparison of a password may cost, whatever a hash asks for.
 *
 * @param path the input field that the hash came in, for the problem
 * @param mostMemoryKib what one may fill
 */
record HashLimits(String path, long mostMemoryKib) {

    private static final long MOST_MEMORY_KIB = 128 * 1024;
    /** An exhausted heap ends the process: what stays beside a hash must have room. */
    private static final int SHARE_OF_HEAP = 3;

    private static final long MOST_ARGON2_KIB_PASSES = 1024 * 1024;
    private static final int MOST_ARGON2_LANES = 16;
    /** RFC 9106 section 3.1: the memory is at least 8 blocks per lane. */
    private static final int LEAST_KIB_PER_LANE = 8;

    private static final int LEAST_BCRYPT_COST = 4;
    private static final int MOST_BCRYPT_COST = 14;
    private static final int MOST_PBKDF2_ITERATIONS = 2_000_000;
    private static final int MOST_PBKDF2_BLOCK_ITERATIONS = 4_000_000;
    private static final int MOST_SCRYPT_LN = 20;
    private static final int MOST_SCRYPT_BLOCK = 32;
    private static final int MOST_SCRYPT_LANES = 32;
    private static final long MOST_SCRYPT_KIB_LANES = 4L * MOST_MEMORY_KIB;
    private static final int LEAST_DIGEST_BYTES = 16;
    private static final int MOST_DIGEST_BYTES = 128;
    private static final int LEAST_SALT_BYTES = 4;
    private static final int MOST_SALT_BYTES = 128;

    /** The limits of this process. */
    static HashLimits of(String path) {
        long heapKib = Runtime.getRuntime().maxMemory() / 1024;
        return new HashLimits(path, Math.min(MOST_MEMORY_KIB, heapKib / SHARE_OF_HEAP));
    }

    void argon2(long memoryKib, long passes, long lanes) {
        within("Argon2 lanes", lanes, 1, MOST_ARGON2_LANES);
        within("Argon2 memory in KiB", memoryKib, LEAST_KIB_PER_LANE * lanes, mostMemoryKib);
        within("Argon2 passes", passes, 1, MOST_ARGON2_KIB_PASSES);
        within("Argon2 memory times passes in KiB", memoryKib * passes, 1, MOST_ARGON2_KIB_PASSES);
    }

    void bcrypt(int cost) {
        within("bcrypt cost", cost, LEAST_BCRYPT_COST, MOST_BCRYPT_COST);
    }

    void pbkdf2(long iterations, int blocks) {
        within("PBKDF2 iterations", iterations, 1, MOST_PBKDF2_ITERATIONS);
        within("PBKDF2 iterations times blocks", iterations * blocks, 1, MOST_PBKDF2_BLOCK_ITERATIONS);
    }

    void scrypt(long ln, long block, long lanes) {
        within("scrypt r", block, 1, MOST_SCRYPT_BLOCK);
        // RFC 7914 section 2: N is less than 2^(128·r/8).
        within("scrypt ln", ln, 1, Math.min(MOST_SCRYPT_LN, 16 * block - 1));
        within("scrypt p", lanes, 1, MOST_SCRYPT_LANES);
        long kib = ScryptHash.memoryKib((int) ln, (int) block);
        within("scrypt memory in KiB", kib, 0, mostMemoryKib);
        within("scrypt memory times p in KiB", kib * lanes, 0, MOST_SCRYPT_KIB_LANES);
    }

    /** Salt and digest, which is what remains of every form. */
    void salted(byte[] salt, byte[] digest) {
        within("bytes of salt", salt.length, LEAST_SALT_BYTES, MOST_SALT_BYTES);
        within("bytes of hash", digest.length, LEAST_DIGEST_BYTES, MOST_DIGEST_BYTES);
    }

    /** The bytes of Base64 with or without padding. */
    byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused("has a salt or hash that is not Base64");
        }
    }

    ProblemException refused(String message) {
        return new ProblemException(Problem.invalid(path, message));
    }

    private void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw refused("has " + value + " " + what + "; accepted are " + least + " to " + most);
        }
    }
}
