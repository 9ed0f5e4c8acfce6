package dev.havenkeep.realms;

import dev.havenkeep.credentials.RandomText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Slows down whoever guesses, in one realm. An attempt counts before it is tried and is taken back when it succeeds, so
 * that guesses made at once gain nothing. After some free attempts each failure locks for twice as long as the one
 * before: an account after five, a network (behind which there may be many people) after thirty.
 */
@Service
public class RealmLockOut {

    private static final int FREE_PER_ACCOUNT = 5;
    private static final int FREE_PER_NETWORK = 30;
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 10;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    /** What became of asking for an attempt. */
    public sealed interface Answer {

        /** Go ahead. */
        record Counted(RealmId realm, List<String> subjects) implements Answer {}

        /** Not now. */
        record Locked(Duration retryAfter) implements Answer {}
    }

    private final Realms realms;
    private final AttemptStore store;
    private final InstantSource clock;

    RealmLockOut(Realms realms, AttemptStore store, InstantSource clock) {
        this.realms = realms;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Counts an attempt before it is tried.
     *
     * @param account what names the account, whether there is one or not
     * @param network where the attempt comes from
     */
    public Answer attempt(RealmId realm, String account, String network) {
        RealmDatabase database = realms.database(realm);
        return database.transaction(() -> {
            List<String> subjects = new ArrayList<>();
            Duration wait = count(database, subjects, "network|" + network, FREE_PER_NETWORK);
            if (wait.isZero()) {
                wait = count(database, subjects, "account|" + account, FREE_PER_ACCOUNT);
            }
            return wait.isZero() ? new Answer.Counted(realm, List.copyOf(subjects)) : new Answer.Locked(wait);
        });
    }

    /** The attempt succeeded: it does not count, and the account's failures before it are forgotten. */
    public void forgive(Answer.Counted attempt) {
        RealmDatabase database = realms.database(attempt.realm());
        database.transaction(() -> {
            store.forgiveOne(database, attempt.subjects().getFirst());
            store.forgiveAll(database, attempt.subjects().getLast());
            store.deleteBefore(database, clock.instant().minus(FORGOTTEN_AFTER));
        });
    }

    private Duration count(RealmDatabase database, List<String> subjects, String what, int free) {
        String subject = RandomText.hash(what);
        Instant now = clock.instant();
        Optional<Integer> failures = store.count(database, subject, now, now.minus(FORGOTTEN_AFTER));
        if (failures.isEmpty()) {
            Duration left =
                    Duration.between(now, store.lockedUntil(database, subject).orElse(now));
            return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        }
        subjects.add(subject);
        if (failures.get() >= free) {
            int doublings = Math.min(failures.get() - free, MOST_DOUBLINGS);
            Duration lock = FIRST.multipliedBy(1L << doublings);
            store.lockUntil(database, subject, now.plus(lock.compareTo(LONGEST) > 0 ? LONGEST : lock));
        }
        return Duration.ZERO;
    }
}
