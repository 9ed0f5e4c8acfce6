package dev.havenkeep.jobs;

import java.time.Duration;

/**
 * A kind of work. Each {@link Jobs#call} makes sure that {@link #run} begins at least once after the caller's
 * transaction commits, never twice at once for one key, whatever process does it.
 */
public interface Job {

    /** The job's name in the queue; never changed once released. */
    String name();

    /**
     * Does everything that there is to do for the key now. A failure is logged and the job repeated after
     * {@link #retryAfter}.
     */
    void run(String key);

    /** How long to wait before repeating a run that failed. */
    default Duration retryAfter() {
        return Duration.ofSeconds(5);
    }
}
