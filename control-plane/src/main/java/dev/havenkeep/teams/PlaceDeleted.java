package dev.havenkeep.teams;

import dev.havenkeep.kernel.Scope;

/**
 * A project, or an environment when the scope names one, is gone. Published inside the transaction that deletes it, so
 * that the grants on it go with it.
 */
public record PlaceDeleted(Scope scope) {}
