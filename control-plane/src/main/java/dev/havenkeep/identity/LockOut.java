package dev.havenkeep.identity;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows down whoever guesses. An attempt counts before it is tried and is taken back when it succeeds, so that guesses
 * made at once gain nothing. After some free attempts each failure locks for twice as long as the one before.
 */
@Component
class LockOut {

    /** What is counted: one account, or everything from one network (behind which there may be many people). */
    enum Kind {
        ACCOUNT(5, Duration.ofSeconds(15)),
        NETWORK(30, Duration.ofSeconds(15));

        private final int free;
        private final Duration first;

        Kind(int free, Duration first) {
            this.free = free;
            this.first = first;
        }

        /** How long the subject stays locked after this many failures. */
        Duration lock(int failures) {
            if (failures < free) {
                return Duration.ZERO;
            }
            int doublings = Math.min(failures - free, MOST_DOUBLINGS);
            Duration lock = first.multipliedBy(1L << doublings);
            return lock.compareTo(LONGEST) > 0 ? LONGEST : lock;
        }
    }

    private static final int MOST_DOUBLINGS = 10;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    /** What became of asking for an attempt. */
    sealed interface Answer {

        /** Go ahead; should it fail, the subject is locked for this long, if at all. */
        record Counted(String subject, Duration lockIfItFails) implements Answer {}

        /** Not now. */
        record Locked(Duration retryAfter) implements Answer {}
    }

    private final IdentityStore store;
    private final Database database;
    private final Clock clock;

    LockOut(IdentityStore store, Database database, Clock clock) {
        this.store = store;
        this.database = database;
        this.clock = clock;
    }

    /** Counts an attempt before it is tried; whoever else tries the same at that moment waits for the count. */
    Answer attempt(Kind kind, String what) {
        return database.transaction(() -> count(kind, what));
    }

    private Answer count(Kind kind, String what) {
        String subject = RandomText.hash(kind + "|" + what);
        Instant now = clock.instant();
        Optional<Integer> failures = store.countAttempt(subject, now, now.minus(FORGOTTEN_AFTER));
        if (failures.isEmpty()) {
            Instant until = store.lockedUntil(subject).orElse(now);
            Duration left = Duration.between(now, until);
            return new Answer.Locked(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
        }
        Duration lock = kind.lock(failures.get());
        if (!lock.isZero()) {
            store.lockUntil(subject, now.plus(lock));
        }
        return new Answer.Counted(subject, lock);
    }

    /** The attempt succeeded: everything is forgiven. */
    void forgiveAll(Answer.Counted attempt) {
        store.forgiveAll(attempt.subject());
        store.deleteAttempts(clock.instant().minus(FORGOTTEN_AFTER));
    }

    /** The attempt succeeded: it does not count, but those before it do. */
    void forgiveOne(Answer.Counted attempt) {
        store.forgiveOne(attempt.subject());
    }
}
