package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.StorableText;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id (RFC 9106) with OWASP's parameters: 19 MiB, two passes, one lane. Two at a time, so that a crowd at the
 * door costs waiting and not memory.
 */
@Component
public class PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int AT_A_TIME = 2;
    private static final int LONGEST_WAIT_SECONDS = 10;
    /** What a password is compared with when there is no account: the same work, and no password has this hash. */
    private static final String NOBODYS = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES
            + "$AAAAAAAAAAAAAAAAAAAAAA"
            + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore places = new Semaphore(AT_A_TIME, true);

    /** The hash to store, with its parameters and salt in it. */
    public String hash(NewPassword password) {
        return inTurn(() -> encode(NewPassword.normal(password.value())));
    }

    /** Whether the password is the one of this hash; the same work when there is no hash. */
    public boolean matches(Secret password, @Nullable String hash) {
        boolean possible = password.reveal().length() <= NewPassword.LONGEST && StorableText.is(password.reveal());
        String text = possible ? NewPassword.normal(password) : "";
        return inTurn(() -> encoder.matches(text, hash == null ? NOBODYS : hash)) && possible && hash != null;
    }

    private String encode(String text) {
        String encoded = encoder.encode(text);
        if (encoded == null) {
            throw new IllegalStateException("No hash for a password");
        }
        return encoded;
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(Problem.of(
                        503, "busy", "Too busy", "Too many people sign in at this moment. Try again in a few seconds.")
                .with("retryAfterSeconds", 5));
    }
}
