package dev.havenkeep.realms;

import dev.havenkeep.kernel.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A realm, as the registry knows it. Its issuer is {@link Realms#issuer}.
 *
 * @param teamId whose it is; absent for the realm of the platform's own people
 * @param name its part in addresses
 * @param host the host of its own that is its issuer, if it has one
 */
public record Realm(
        RealmId id,
        @Nullable TeamId teamId,
        RealmName name,
        @Nullable String host,
        long version,
        Instant createdAt,
        Instant changedAt) {}
