package dev.havenkeep.engine;

import dev.havenkeep.servers.Execution;
import java.time.Instant;

/**
 * A line of a container's log.
 *
 * @param at when the container wrote its beginning, to the nanosecond
 * @param channel where it was written
 * @param text the line without its end; what is not UTF-8 appears as U+FFFD
 * @param continued whether the line was too long and goes on in the next one of the same channel
 */
public record LogLine(Instant at, Execution.Channel channel, String text, boolean continued) {}
