package dev.havenkeep.identity;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The sessions of browsers. A session's secret is 256 random bits that only the cookie holds; the database has its
 * SHA-256. A session always gets a new secret, never one that the browser brought, so there is nothing to fixate.
 */
@Component
public class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration SEEN_RESOLUTION = Duration.ofMinutes(1);
    private static final int MOST_PER_PERSON = 50;

    private final IdentityStore store;
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final SessionProperties properties;
    private final ApplicationEventPublisher events;

    Sessions(
            IdentityStore store,
            Database database,
            Ids ids,
            Clock clock,
            SessionProperties properties,
            ApplicationEventPublisher events) {
        this.store = store;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.properties = properties;
        this.events = events;
    }

    /** Begins a session for somebody who has just proved who they are. */
    public StartedSession start(User user, Visit visit) {
        String id = ids.next();
        String secret = RandomText.next();
        Instant now = clock.instant();
        Caller person = new Caller(
                Caller.Kind.PERSON,
                user.id(),
                user.email().value(),
                null,
                visit.address(),
                Caller.current().requestId());
        database.transaction(() -> {
            store.deleteEndedSessions(now, now.minus(properties.idle()));
            store.insertSession(id, RandomText.hash(secret), user.id(), visit, now, now.plus(properties.lifetime()));
            store.deleteOldestSessions(user.id(), MOST_PER_PERSON);
            try (Caller.Bound _ = Caller.bind(person)) {
                events.publishEvent(new Audited(
                        "session.started",
                        null,
                        "session",
                        id,
                        user.email().value(),
                        visit.userAgent().isEmpty() ? Map.of() : Map.of("userAgent", visit.userAgent())));
            }
        });
        return new StartedSession(id, user, Secret.of(secret), csrfToken(secret));
    }

    /** Ends one of a person's own sessions. */
    public void end(UserId user, String id) {
        database.transaction(() -> {
            if (!store.deleteSession(user, id)) {
                throw new ProblemException(Problem.notFound("You have no session with this id."));
            }
            events.publishEvent(new Audited(
                    "session.ended", null, "session", id, Caller.current().name(), Map.of()));
        });
    }

    /** Ends a session that a new one takes the place of. */
    public void replace(CurrentSession session) {
        store.deleteSession(session.user().id(), session.id());
    }

    Optional<CurrentSession> authenticate(Secret secret, String address) {
        Instant now = clock.instant();
        return store.session(RandomText.hash(secret.reveal()))
                .filter(session -> live(session, now))
                .map(session -> {
                    if (session.lastSeenAt().isBefore(now.minus(SEEN_RESOLUTION))) {
                        seen(session.id(), address, now);
                    }
                    return new CurrentSession(session.id(), session.user(), csrfToken(secret.reveal()));
                });
    }

    /** Worth noting, but no reason to keep anybody out, for example while the disk is full. */
    private void seen(String session, String address, Instant now) {
        try {
            store.touchSession(session, address, now);
        } catch (DataAccessException e) {
            LOG.warn("It cannot be noted that a session is used: {}", e.getMessage());
        }
    }

    List<IdentityStore.SessionRow> of(UserId user) {
        Instant now = clock.instant();
        return store.sessions(user).stream()
                .filter(session -> live(session, now))
                .toList();
    }

    void endOthers(UserId user, String kept) {
        store.deleteSessionsExcept(user, kept);
    }

    Duration lifetime() {
        return properties.lifetime();
    }

    private boolean live(IdentityStore.SessionRow session, Instant now) {
        return session.expiresAt().isAfter(now)
                && session.lastSeenAt().plus(properties.idle()).isAfter(now);
    }

    /** Bound to the session, and of no use for finding out its secret. */
    private static String csrfToken(String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Keyring.mac(Keyring.key(secret), "csrf-token"));
    }
}
