package dev.havenkeep.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a container may take.
 *
 * @param nanoCpus billionths of a processor; absent for no limit
 * @param memoryBytes absent for no limit
 */
public record Resources(@Nullable Long nanoCpus, @Nullable Long memoryBytes) {

    /** No limits. */
    public static final Resources UNLIMITED = new Resources(null, null);
}
