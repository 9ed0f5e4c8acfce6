package dev.havenkeep.teams;

import dev.havenkeep.kernel.TeamId;
import java.time.Instant;

/**
 * A team: people, and everything that is theirs together.
 *
 * @param name what it is called
 */
record Team(TeamId id, String name, long version, Instant createdAt) {}
