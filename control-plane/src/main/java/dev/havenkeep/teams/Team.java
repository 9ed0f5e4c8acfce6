package dev.havenkeep.teams;

import dev.havenkeep.kernel.TeamId;
import java.time.Instant;

/** A team: people, and everything that is theirs together. */
record Team(TeamId id, String name, long version, Instant createdAt) {}
