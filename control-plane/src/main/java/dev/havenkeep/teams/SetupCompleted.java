package dev.havenkeep.teams;

import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;

/**
 * The installation has its first owner and first team. Published inside the transaction that makes them, so that what
 * a fresh installation starts with (such as the server {@code local}) comes to be together with them or not at all.
 */
public record SetupCompleted(UserId owner, TeamId team) {}
