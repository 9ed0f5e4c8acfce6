package dev.havenkeep.servers;

import dev.havenkeep.kernel.ServerId;

/**
 * A server is about to be removed from its team. Published inside the transaction, before it goes: a module that still
 * has something on it throws a 409 problem that says what, and the removal is undone.
 */
public record ServerDeleting(ServerId server) {}
