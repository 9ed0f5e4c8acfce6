package dev.havenkeep.identity;

import dev.havenkeep.kernel.UserId;

/** A person, as others may see them. */
public record User(UserId id, EmailAddress email, String name) {}
