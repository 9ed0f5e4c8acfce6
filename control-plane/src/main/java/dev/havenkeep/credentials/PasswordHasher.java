package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.StorableText;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hashes new passwords with Argon2id (RFC 9106), by default with OWASP's parameters: 19 MiB, two passes, one lane.
 * Compares passwords with hashes of every {@link PasswordHash} form. Two at a time, or one that needs much memory, so
 * that a crowd at the door costs waiting and not memory.
 */
@Component
public class PasswordHasher {

    /** What hashing costs if nothing else is said. */
    public static final Cost DEFAULT_COST = new Cost(19 * 1024, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_A_TIME = 2;
    /** Hashes that fill more than this take their turn alone: the smallest heap has 96 MB. */
    private static final int MUCH_MEMORY_KIB = 20 * 1024;

    private static final int LONGEST_WAIT_SECONDS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cost cost;
    private final PasswordHash nobodys;
    private final Semaphore places;

    /**
     * What one hash costs (RFC 9106 section 4).
     *
     * @param memoryKib memory to fill, in KiB
     * @param passes times over the memory
     * @param lanes of which each is computed after the other here
     */
    public record Cost(int memoryKib, int passes, int lanes) {

        /** @throws ProblemException 422 beyond the limits of {@link PasswordHash} */
        public Cost {
            HashLimits.of("cost").argon2(memoryKib, passes, lanes);
        }

        /** Whether less of anything is done than another cost asks for. */
        boolean lessThan(Cost other) {
            return memoryKib < other.memoryKib || passes < other.passes || lanes < other.lanes;
        }
    }

    public PasswordHasher() {
        this(DEFAULT_COST, new Semaphore(AT_A_TIME, true));
    }

    private PasswordHasher(Cost cost, Semaphore places) {
        this.cost = cost;
        this.places = places;
        // What a password is compared with when there is no account: the same work, and no password has this hash.
        nobodys = Argon2Hash.of(
                Argon2Hash.Kind.ARGON2ID,
                Argon2Parameters.ARGON2_VERSION_13,
                cost,
                new byte[SALT_BYTES],
                new byte[HASH_BYTES]);
    }

    /** A hasher of another cost that shares this one's places. */
    public PasswordHasher costing(Cost other) {
        return new PasswordHasher(other, places);
    }

    /** The hash to store, with its parameters and salt in it. */
    public String hash(NewPassword password) {
        return encode(password.value());
    }

    /**
     * The hash to store instead of one that {@link #needsRehash}, of the password that has just matched it. What is
     * asked of new passwords is not asked of this one, which may be older than the rules.
     */
    public String rehash(Secret matched) {
        return encode(matched);
    }

    /** Whether a stored hash is of another kind than this hasher makes, or cheaper. */
    public boolean needsRehash(String hash) {
        return !(PasswordHash.parse("hash", hash) instanceof Argon2Hash ours)
                || ours.kind() != Argon2Hash.Kind.ARGON2ID
                || ours.version() != Argon2Parameters.ARGON2_VERSION_13
                || ours.cost().lessThan(cost)
                || Base64.getDecoder().decode(ours.salt()).length < SALT_BYTES
                || Base64.getDecoder().decode(ours.digest()).length < HASH_BYTES;
    }

    /** Whether the password is the one of this stored hash; the work of one of our own when there is no hash. */
    public boolean matches(Secret password, @Nullable String hash) {
        return compare(password, hash == null ? nobodys : PasswordHash.parse("hash", hash)) && hash != null;
    }

    /**
     * Does the work of comparing with a stored hash on behalf of nobody, and answers false. Where hashes of several
     * kinds are kept, an address without an account must not stand out by its time: choose, by the address and always
     * the same, one of the kinds that are kept.
     */
    public boolean matchesNobody(Secret password, String like) {
        compare(password, PasswordHash.parse("hash", like));
        return false;
    }

    private boolean compare(Secret password, PasswordHash hash) {
        boolean possible = password.reveal().length() <= NewPassword.LONGEST && StorableText.is(password.reveal());
        List<String> spellings = possible ? spellings(password) : List.of("");
        return inTurn(placesFor(hash), () -> matchesOneOf(spellings, hash)) && possible;
    }

    /** Ours are hashes of the normal form; other systems hash what is typed. */
    private static List<String> spellings(Secret password) {
        return Stream.of(NewPassword.normal(password), password.reveal())
                .distinct()
                .toList();
    }

    private static boolean matchesOneOf(List<String> spellings, PasswordHash hash) {
        boolean matches = false;
        for (String spelling : spellings) {
            matches |= matches(spelling, hash);
        }
        return matches;
    }

    private static boolean matches(String password, PasswordHash hash) {
        return switch (hash) {
            case Argon2Hash argon2 -> argon2.matches(password);
            case BcryptHash bcrypt -> bcrypt.matches(password);
            case Pbkdf2Hash pbkdf2 -> pbkdf2.matches(password);
            case ScryptHash scrypt -> scrypt.matches(password);
            case FirebaseScryptHash firebase -> firebase.matches(password);
        };
    }

    private static int placesFor(PasswordHash hash) {
        long memoryKib = switch (hash) {
            case Argon2Hash argon2 -> argon2.cost().memoryKib();
            case ScryptHash scrypt -> ScryptHash.memoryKib(scrypt.ln(), scrypt.block());
            case FirebaseScryptHash firebase -> ScryptHash.memoryKib(firebase.memoryCost(), firebase.rounds());
            case BcryptHash _, Pbkdf2Hash _ -> 0;
        };
        return memoryKib > MUCH_MEMORY_KIB ? AT_A_TIME : 1;
    }

    private String encode(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        int needed = cost.memoryKib() > MUCH_MEMORY_KIB ? AT_A_TIME : 1;
        return inTurn(
                needed,
                () -> Argon2Hash.of(NewPassword.normal(password), cost, salt, HASH_BYTES)
                        .text());
    }

    private <T> T inTurn(int needed, Supplier<T> work) {
        try {
            if (!places.tryAcquire(needed, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            places.release(needed);
        }
    }

    private static ProblemException busy() {
        return new ProblemException(Problem.of(
                        503, "busy", "Too busy", "Too many people sign in at this moment. Try again in a few seconds.")
                .with("retryAfterSeconds", 5));
    }
}
