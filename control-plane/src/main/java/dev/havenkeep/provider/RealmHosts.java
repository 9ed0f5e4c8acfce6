package dev.havenkeep.provider;

import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmChanged;
import dev.havenkeep.realms.Realms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Which hosts are realms' own. It is asked at every request of the application, so the answer is kept: a change made by
 * this process is seen at once, one made by another within seconds.
 */
@Component
class RealmHosts {

    private static final Logger log = LoggerFactory.getLogger(RealmHosts.class);

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Realms realms;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    private record Known(Map<String, Realm> byHost, Instant at) {}

    RealmHosts(Realms realms, InstantSource clock) {
        this.realms = realms;
        this.clock = clock;
    }

    /** The realm whose issuer is this host. */
    Optional<Realm> at(String host) {
        Instant now = clock.instant();
        Known current = known;
        if (current == null || !now.isBefore(current.at().plus(KEPT))) {
            current = read(now).orElse(current);
            known = current;
        }
        return current == null
                ? Optional.empty()
                : Optional.ofNullable(current.byHost().get(host.toLowerCase(Locale.ROOT)));
    }

    /** Empty while the database is away: whoever needs it finds out, and the others are not kept from their answer. */
    private Optional<Known> read(Instant now) {
        try {
            return Optional.of(new Known(
                    realms.all().stream()
                            .filter(realm -> realm.host() != null)
                            .collect(Collectors.toUnmodifiableMap(
                                    realm -> String.valueOf(realm.host()), realm -> realm)),
                    now));
        } catch (DataAccessException e) {
            log.warn("The hosts of realms cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @TransactionalEventListener
    void on(RealmChanged changed) {
        known = null;
    }
}
