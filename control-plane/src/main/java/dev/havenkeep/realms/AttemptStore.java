package dev.havenkeep.realms;

import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The SQL of attempts that count towards a lock-out. */
@Repository
class AttemptStore {

    /**
     * Counts one attempt, unless the subject is locked. One statement, so that attempts made at once all count.
     *
     * @return how many there are now; empty when locked
     */
    Optional<Integer> count(RealmDatabase store, String subject, Instant now, Instant forgottenBefore) {
        return store.write("""
                        INSERT INTO {realm}.attempts AS attempts (subject, failures, last_at, locked_until_at)
                        VALUES (:subject, 1, :now, 0)
                        ON CONFLICT (subject) DO UPDATE SET
                            failures = CASE WHEN attempts.last_at < :forgotten THEN 1 ELSE attempts.failures + 1 END,
                            last_at = excluded.last_at
                        WHERE attempts.locked_until_at <= :now
                        RETURNING failures""")
                .param("subject", subject)
                .param("now", now.toEpochMilli())
                .param("forgotten", forgottenBefore.toEpochMilli())
                .query(Integer.class)
                .optional();
    }

    void lockUntil(RealmDatabase store, String subject, Instant until) {
        store.write("UPDATE {realm}.attempts SET locked_until_at = :until WHERE subject = :subject")
                .param("until", until.toEpochMilli())
                .param("subject", subject)
                .update();
    }

    Optional<Instant> lockedUntil(RealmDatabase store, String subject) {
        return store.read("SELECT locked_until_at FROM {realm}.attempts WHERE subject = :subject")
                .param("subject", subject)
                .query(Long.class)
                .optional()
                .map(Instant::ofEpochMilli);
    }

    void forgiveOne(RealmDatabase store, String subject) {
        store.write("""
                UPDATE {realm}.attempts SET failures = failures - 1, locked_until_at = 0
                WHERE subject = :subject AND failures > 0""").param("subject", subject).update();
    }

    void forgiveAll(RealmDatabase store, String subject) {
        store.write("DELETE FROM {realm}.attempts WHERE subject = :subject")
                .param("subject", subject)
                .update();
    }

    void deleteBefore(RealmDatabase store, Instant before) {
        store.write("DELETE FROM {realm}.attempts WHERE last_at < :before")
                .param("before", before.toEpochMilli())
                .update();
    }
}
