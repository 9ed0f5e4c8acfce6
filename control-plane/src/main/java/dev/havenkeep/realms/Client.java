package dev.havenkeep.realms;

import java.time.Instant;

/**
 * A program that people sign in to, or that acts for itself.
 *
 * @param clientId what the protocol calls it (RFC 6749 section 2.2)
 * @param hasSecret whether it has a secret; the secret itself is known to nobody but the client
 */
public record Client(
        ClientId id,
        String clientId,
        boolean hasSecret,
        ClientSettings settings,
        long version,
        Instant createdAt,
        Instant changedAt) {}
