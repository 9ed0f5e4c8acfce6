package dev.havenkeep.realms;

import dev.havenkeep.connections.ConnectionSettings;
import dev.havenkeep.credentials.DisplayName;
import java.time.Instant;

/**
 * An upstream provider that the people of a realm may sign in with.
 *
 * @param settings how the realm is its client, with the secret
 */
public record Connection(
        ConnectionId id,
        ConnectionName name,
        Offer offer,
        ConnectionSettings settings,
        long version,
        Instant createdAt,
        Instant changedAt) {

    /**
     * How it is offered.
     *
     * @param label what its button says, for example {@code Google}
     * @param enabled whether it can be used
     */
    public record Offer(DisplayName label, boolean enabled) {}
}
