package dev.havenkeep.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log to read.
 *
 * @param follow whether to go on with what is written from now on, until the container ends
 * @param tail how many of the last lines to begin with; absent for all
 * @param since only what was written at or after this time
 */
public record LogOptions(
        boolean follow, @Nullable Integer tail, @Nullable Instant since) {

    /** What there is. */
    public static LogOptions all() {
        return new LogOptions(false, null, null);
    }

    /** The last lines. */
    public static LogOptions tail(int lines) {
        return new LogOptions(false, lines, null);
    }

    /** The last lines and all that comes. */
    public static LogOptions follow(int lines) {
        return new LogOptions(true, lines, null);
    }
}
