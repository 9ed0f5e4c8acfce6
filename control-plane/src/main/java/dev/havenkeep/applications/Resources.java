package dev.havenkeep.applications;

import org.jspecify.annotations.Nullable;

/**
 * Limits of each container of an application; absent means unlimited.
 *
 * @param cpus processor time, in processors; 0.01 to 512
 * @param memoryBytes memory, in bytes; at least 6 MiB, which is the least that Docker takes
 */
public record Resources(@Nullable Double cpus, @Nullable Long memoryBytes) {

    private static final double LEAST_CPUS = 0.01;
    private static final double MOST_CPUS = 512;
    private static final long LEAST_MEMORY = 6L << 20;
    private static final long MOST_MEMORY = 1L << 50;

    /** No limits. */
    public static final Resources UNLIMITED = new Resources(null, null);

    /** @throws dev.havenkeep.kernel.ProblemException 422 when a limit is out of range */
    public Resources {
        if (cpus != null && !(cpus >= LEAST_CPUS && cpus <= MOST_CPUS)) {
            throw Accepted.refusal("resources.cpus", "must be between " + LEAST_CPUS + " and " + MOST_CPUS);
        }
        if (memoryBytes != null && (memoryBytes < LEAST_MEMORY || memoryBytes > MOST_MEMORY)) {
            throw Accepted.refusal("resources.memoryBytes", "must be between " + LEAST_MEMORY + " and " + MOST_MEMORY);
        }
    }
}
