package dev.havenkeep.sources;

import java.time.Instant;

/**
 * A commit as it was found in its repository.
 *
 * @param sha the whole SHA
 * @param message its first line, at most 200 characters
 * @param author who wrote it, by name
 * @param at when it was committed
 */
public record Commit(CommitSha sha, String message, String author, Instant at) {}
