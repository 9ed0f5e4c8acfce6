package dev.havenkeep.realms;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.credentials.PasswordHasher;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The users of realms. Whoever changes one writes the audit event: who did it is known there. */
@Service
public class RealmUsers {

    private final Realms realms;
    private final UserStore store;
    private final RealmSessions sessions;
    private final PasswordHasher hasher;
    private final Ids ids;
    private final InstantSource clock;

    RealmUsers(
            Realms realms,
            UserStore store,
            RealmSessions sessions,
            PasswordHasher hasher,
            Ids ids,
            InstantSource clock) {
        this.realms = realms;
        this.store = store;
        this.sessions = sessions;
        this.hasher = hasher;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Somebody to make an account for.
     *
     * @param password what they chose; null when they sign in another way, or choose one later
     */
    public record Newcomer(
            @Nullable EmailAddress email,
            boolean emailVerified,
            DisplayName name,
            RealmUser.Profile profile,
            @Nullable NewPassword password) {}

    /** The user with this id, if there is one. */
    public Optional<RealmUser> find(RealmId realm, UserId id) {
        return store.find(realms.database(realm), id);
    }

    /**
     * The user with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public RealmUser get(RealmId realm, UserId id) {
        return find(realm, id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no user with this id.")));
    }

    /** The user with this address. */
    public Optional<RealmUser> find(RealmId realm, EmailAddress email) {
        return store.account(realms.database(realm), email).map(UserStore.Account::user);
    }

    /** One page of the realm's users, oldest first. */
    public Page<RealmUser> list(RealmId realm, Paging paging) {
        return Page.of(
                store.list(realms.database(realm), paging.after(), paging.rows()),
                paging,
                user -> user.id().value());
    }

    /** The users whose address or name begins with the text, whatever its case; at most so many. */
    public List<RealmUser> search(RealmId realm, String text, int limit) {
        return store.search(realms.database(realm), key(text.strip()), limit);
    }

    /** How many users there are. */
    public long count(RealmId realm) {
        return store.count(realms.database(realm));
    }

    /** Whether the user has a password. */
    public boolean hasPassword(RealmId realm, UserId id) {
        return store.passwordHash(realms.database(realm), id).isPresent();
    }

    /**
     * Makes an account.
     *
     * @throws ProblemException 409 when the address has one already
     */
    public RealmUser create(RealmId realm, Newcomer newcomer) {
        String hash = newcomer.password() == null ? null : hasher.hash(newcomer.password());
        Instant now = now();
        RealmUser user = new RealmUser(
                new UserId(ids.next()),
                newcomer.email(),
                newcomer.emailVerified(),
                newcomer.name().value(),
                newcomer.profile(),
                false,
                1,
                now,
                now,
                null);
        RealmDatabase database = realms.database(realm);
        database.transaction(() -> {
            if (!store.insert(database, user, key(user.name()))) {
                throw emailTaken();
            }
            if (hash != null) {
                store.setPasswordHash(database, user.id(), hash, now);
            }
        });
        return user;
    }

    /**
     * Stores a changed user, whose version is still the one that was read.
     *
     * @return the user with its next version
     * @throws ProblemException 409 when another account has the address, 412 when somebody else changed it since
     */
    public RealmUser change(RealmId realm, RealmUser changed) {
        RealmUser after = new RealmUser(
                changed.id(),
                changed.email(),
                changed.emailVerified(),
                changed.name(),
                changed.profile(),
                changed.blocked(),
                changed.version() + 1,
                changed.createdAt(),
                now(),
                changed.lastSignInAt());
        RealmDatabase database = realms.database(realm);
        database.transaction(() -> {
            if (after.email() != null
                    && store.account(database, after.email())
                            .filter(other -> !other.user().id().equals(after.id()))
                            .isPresent()) {
                throw emailTaken();
            }
            if (!store.update(database, after, key(after.name()))) {
                throw new ProblemException(Problem.of(
                        412,
                        "precondition-failed",
                        "It has changed in the meantime",
                        "Somebody changed this user since you read it. Read it again and repeat your change."));
            }
            if (after.blocked()) {
                sessions.endAll(realm, after.id(), null);
            }
        });
        return after;
    }

    /** Sets a password and ends all sessions of the user but the one to keep. */
    public void setPassword(RealmId realm, UserId id, NewPassword password, @Nullable String keptSession) {
        String hash = hasher.hash(password);
        RealmDatabase database = realms.database(realm);
        database.transaction(() -> {
            store.setPasswordHash(database, id, hash, now());
            sessions.endAll(realm, id, keptSession);
        });
    }

    /** Takes the password away: the user signs in another way from now on. */
    public void removePassword(RealmId realm, UserId id) {
        store.deletePassword(realms.database(realm), id);
    }

    /** Notes that the user has just signed in. */
    public void signedIn(RealmId realm, UserId id) {
        store.touch(realms.database(realm), id, now());
    }

    /** Deletes the user with everything that is theirs. */
    public void delete(RealmId realm, UserId id) {
        store.delete(realms.database(realm), id);
    }

    /** A text folded for search. */
    private static String key(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static ProblemException emailTaken() {
        return new ProblemException(new Problem(
                409,
                "account-exists",
                "There is an account already",
                "There is an account with this address already.",
                List.of(new Problem.Field("email", "belongs to another account of this realm")),
                Map.of()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
