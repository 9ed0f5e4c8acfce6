package dev.havenkeep.engine;

import java.time.Duration;
import java.util.List;

/**
 * A health check that the engine runs inside the container.
 *
 * @param command the argument list; exit code 0 is healthy
 * @param interval from one check to the next
 * @param timeout after which one check has failed
 * @param startPeriod in which failures do not count
 * @param retries failures in a row that make it unhealthy
 */
public record CommandHealth(
        List<String> command, Duration interval, Duration timeout, Duration startPeriod, int retries) {

    public CommandHealth {
        command = List.copyOf(command);
    }
}
