package dev.havenkeep.edge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the edge treats the containers of an application.
 *
 * @param healthPath the request target that the edge asks each container for to see whether it is healthy, over and
 *     over; absent when an open port is enough
 * @param responseTimeout how long a container may stay silent before the edge gives up on an answer
 */
public record BackendOptions(@Nullable String healthPath, Duration responseTimeout) {

    /** An open port is enough; ten minutes of silence are not too long. */
    public static final BackendOptions DEFAULT = new BackendOptions(null, Duration.ofMinutes(10));

    private static final int MAX_PATH = 1_024;

    public BackendOptions {
        if (healthPath != null
                && (healthPath.length() > MAX_PATH
                        || !healthPath.startsWith("/")
                        || !healthPath.chars().allMatch(c -> c > 0x20 && c < 0x7f))) {
            throw new IllegalArgumentException("Not a request target: " + healthPath);
        }
        if (responseTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("Too short: " + responseTimeout);
        }
    }
}
