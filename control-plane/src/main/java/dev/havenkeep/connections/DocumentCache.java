package dev.havenkeep.connections;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Public documents of providers by their address: kept for an hour, used a day longer while the provider cannot be
 * reached, and asked for early at most twice a minute. Whoever needs one that is being fetched waits for it, and shares
 * the failure if there is one: a provider that does not answer is not asked once more by each who waited.
 *
 * @param <T> what a document says
 */
final class DocumentCache<T> {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration USABLE = Duration.ofHours(24);
    private static final Duration BETWEEN_EARLY = Duration.ofSeconds(30);
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(5);
    private static final int MOST = 500;

    private final Clock clock;
    private final Function<URI, T> fetch;
    private final Map<URI, Slot<T>> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Slot<T>> eldest) {
            return size() > MOST;
        }
    };

    private static final class Slot<T> {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable T document;
        private Instant fetchedAt = Instant.EPOCH;
        private Instant askedEarlyAt = Instant.EPOCH;
        private Instant failedAt = Instant.EPOCH;
        private @Nullable ConnectionException failure;
    }

    DocumentCache(Clock clock, Function<URI, T> fetch) {
        this.clock = clock;
        this.fetch = fetch;
    }

    /**
     * The document.
     *
     * @throws ConnectionException when it could not be fetched
     */
    T get(URI address) {
        Slot<T> entry = entry(address);
        entry.lock.lock();
        try {
            Instant now = clock.instant();
            T known = entry.document;
            if (known != null && now.isBefore(entry.fetchedAt.plus(FRESH))) {
                return known;
            }
            try {
                ConnectionException recent = entry.failure;
                if (recent != null && now.isBefore(entry.failedAt.plus(BETWEEN_FAILURES))) {
                    throw recent;
                }
                return refresh(entry, address, now);
            } catch (ConnectionException e) {
                if (known != null && now.isBefore(entry.fetchedAt.plus(USABLE))) {
                    return known;
                }
                throw e;
            }
        } finally {
            entry.lock.unlock();
        }
    }

    /**
     * The document as it is now, since the one that is kept lacks something; the kept one when somebody else asked just
     * before.
     *
     * @throws ConnectionException when it could not be fetched
     */
    T getAnew(URI address) {
        Slot<T> entry = entry(address);
        entry.lock.lock();
        try {
            Instant now = clock.instant();
            T known = entry.document;
            if (known != null && now.isBefore(entry.askedEarlyAt.plus(BETWEEN_EARLY))) {
                return known;
            }
            entry.askedEarlyAt = now;
            return refresh(entry, address, now);
        } finally {
            entry.lock.unlock();
        }
    }

    private T refresh(Slot<T> entry, URI address, Instant now) {
        try {
            T document = fetch.apply(address);
            entry.document = document;
            entry.fetchedAt = now;
            entry.failure = null;
            return document;
        } catch (ConnectionException e) {
            entry.failure = e;
            entry.failedAt = now;
            throw e;
        }
    }

    private Slot<T> entry(URI address) {
        synchronized (entries) {
            return entries.computeIfAbsent(address, unknown -> new Slot<>());
        }
    }
}
