package dev.havenkeep.identity;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.UserId;

/**
 * A person, as others may see them.
 *
 * @param email what they sign in with
 * @param name what others call them
 */
public record User(UserId id, EmailAddress email, String name) {}
