package dev.havenkeep.projects;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Scope;

/**
 * An environment is about to be deleted. Published inside the transaction, before it goes: a module that still has
 * something in it throws a 409 problem that names what, and the deletion is undone.
 */
public record EnvironmentDeleting(EnvironmentId environment, Scope scope) {}
