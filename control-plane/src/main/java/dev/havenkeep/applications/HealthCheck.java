package dev.havenkeep.applications;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to tell that a container is ready for traffic. With a path, an HTTP request to the application's port must be
 * answered with a 2xx or 3xx status; with a command, it must exit with 0 in the container; with neither, the port must
 * accept connections.
 *
 * @param path the request target of an HTTP check; absent when the check is a command or the open port
 * @param command the argument list of a command check; empty when there is none
 * @param interval between two checks
 * @param timeout after which one check has failed
 * @param startPeriod how long failures are expected after the start
 * @param retries how many failures in a row after the start period mean unhealthy
 */
public record HealthCheck(
        @Nullable String path,
        List<String> command,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        int retries) {

    private static final int MAX_PATH = 1_024;

    /** What applies where nothing is configured. */
    public static final HealthCheck DEFAULT =
            new HealthCheck(null, List.of(), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30), 3);

    /** @throws dev.havenkeep.kernel.ProblemException 422 when the path or the command is not acceptable */
    public HealthCheck {
        if (path != null) {
            if (!command.isEmpty()) {
                throw Accepted.refusal("healthCheck", "has either a path or a command, not both");
            }
            if (path.length() > MAX_PATH
                    || !path.startsWith("/")
                    || !path.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#')) {
                throw Accepted.refusal(
                        "healthCheck.path",
                        "must start with / and be at most " + MAX_PATH
                                + " printable ASCII characters without spaces or '#'; percent-encode others");
            }
        }
        command = Accepted.command("healthCheck.command", command);
    }

    /** When a new container that never became healthy is given up. */
    public Duration deadline() {
        return startPeriod.plus(interval.multipliedBy(retries));
    }
}
