package dev.havenkeep.realms;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The browsers that are signed in to realms. A session ends by its lifetime, by idleness, or when somebody ends it. */
@Service
public class RealmSessions {

    /** That a session is used is written down no more often than this. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Realms realms;
    private final SessionStore store;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    RealmSessions(Realms realms, SessionStore store, Ids ids, InstantSource clock, ApplicationEventPublisher events) {
        this.realms = realms;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A session that has just begun, or was proven anew.
     *
     * @param secret what the browser's cookie holds; kept nowhere else
     */
    public record Started(RealmSession session, Secret secret) {}

    /**
     * A session that is over: whoever gave it tokens tells the clients.
     *
     * @param clients those that were given tokens in it
     */
    public record Ended(RealmId realm, RealmSession session, List<ClientId> clients) {}

    /** Begins a session for somebody who has proven who they are. */
    public Started start(
            RealmId realm,
            UserId user,
            RealmSession.Authentication authentication,
            boolean remembered,
            @Nullable String impersonator,
            Visit visit) {
        Instant now = now();
        Secret secret = Secret.of(RandomText.next());
        RealmSession session = new RealmSession(
                ids.next(),
                user,
                now,
                authentication,
                impersonator,
                remembered,
                new RealmSession.Device(visit.address(), visit.userAgent()),
                now,
                now,
                now.plus(lifetime(realm, remembered)));
        RealmDatabase database = realms.database(realm);
        database.transaction(() -> {
            store.insert(database, session, RandomText.hash(secret.reveal()), visit);
            store.deleteEnded(database, now.minus(Duration.ofDays(1)));
        });
        return new Started(session, secret);
    }

    /** The user of a session has proven again who they are: the same session goes on, under a new secret. */
    public Started prove(
            RealmId realm, RealmSession before, RealmSession.Authentication authentication, boolean remembered) {
        Instant now = now();
        Secret secret = Secret.of(RandomText.next());
        RealmSession session = new RealmSession(
                before.id(),
                before.user(),
                now,
                authentication,
                before.impersonator(),
                remembered,
                before.device(),
                before.createdAt(),
                now,
                now.plus(lifetime(realm, remembered)));
        store.prove(realms.database(realm), session, RandomText.hash(secret.reveal()));
        return new Started(session, secret);
    }

    /** The session of a cookie, unless it is over. */
    public Optional<RealmSession> withSecret(RealmId realm, Secret secret) {
        Instant now = now();
        RealmDatabase database = realms.database(realm);
        Optional<RealmSession> found = store.withSecret(database, RandomText.hash(secret.reveal()))
                .filter(session -> live(realm, session, now));
        found.filter(session -> session.lastSeenAt().plus(NOTED_EVERY).isBefore(now))
                .ifPresent(session -> store.touch(database, session.id(), now));
        return found;
    }

    /** The session with this id, unless it is over. */
    public Optional<RealmSession> find(RealmId realm, String id) {
        Instant now = now();
        return store.find(realms.database(realm), id).filter(session -> live(realm, session, now));
    }

    /** The live sessions of a user, the newest first. */
    public List<RealmSession> of(RealmId realm, UserId user) {
        Instant now = now();
        return store.of(realms.database(realm), user).stream()
                .filter(session -> live(realm, session, now))
                .toList();
    }

    /** Notes that a client was given tokens in the session, so that it is told when the session ends. */
    public void join(RealmId realm, String session, ClientId client) {
        store.join(realms.database(realm), session, client, now());
    }

    /**
     * Ends a session. {@link Ended} is published inside the realm's transaction.
     *
     * @return whether there was such a session
     */
    public boolean end(RealmId realm, String id) {
        RealmDatabase database = realms.database(realm);
        return database.transaction(() -> {
            Optional<RealmSession> session = store.find(database, id);
            List<ClientId> clients = store.clients(database, id);
            boolean ended = store.delete(database, id);
            if (ended) {
                events.publishEvent(new Ended(realm, session.orElseThrow(), clients));
            }
            return ended;
        });
    }

    /** Ends every session of a user but the one to keep. */
    public void endAll(RealmId realm, UserId user, @Nullable String kept) {
        RealmDatabase database = realms.database(realm);
        database.transaction(() -> store.of(database, user).stream()
                .map(RealmSession::id)
                .filter(id -> !id.equals(kept))
                .forEach(id -> end(realm, id)));
    }

    private boolean live(RealmId realm, RealmSession session, Instant now) {
        Duration idle = Duration.ofSeconds(realms.settings(realm).lifetimes().sessionIdle());
        return session.expiresAt().isAfter(now)
                && (session.remembered() || session.lastSeenAt().plus(idle).isAfter(now));
    }

    private Duration lifetime(RealmId realm, boolean remembered) {
        RealmSettings.Lifetimes lifetimes = realms.settings(realm).lifetimes();
        return Duration.ofSeconds(remembered ? lifetimes.remembered() : lifetimes.session());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
