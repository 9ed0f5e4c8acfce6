package dev.havenkeep.teams;

import dev.havenkeep.kernel.TeamId;

/**
 * A team is about to be deleted. Published inside the transaction, before the team goes: a module that still has
 * something of the team throws a 409 problem that says what, and the deletion is undone.
 */
public record TeamDeleting(TeamId team) {}
