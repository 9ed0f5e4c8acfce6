package dev.havenkeep.identity;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.credentials.PasswordHasher;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The people of this installation. */
@Component
public class Users {

    private final IdentityStore store;
    private final Database database;
    private final PasswordHasher hasher;
    private final Ids ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Users(
            IdentityStore store,
            Database database,
            PasswordHasher hasher,
            Ids ids,
            Clock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.database = database;
        this.hasher = hasher;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /** Somebody who is about to join, with the slow part (hashing the password) done. */
    public static final class Newcomer {

        private final User user;
        private final String passwordHash;

        private Newcomer(User user, String passwordHash) {
            this.user = user;
            this.passwordHash = passwordHash;
        }

        /** Who they will be. */
        public User user() {
            return user;
        }
    }

    /**
     * Checks what a newcomer says and hashes the password; nothing is stored yet.
     *
     * @throws ProblemException 422 when the name or the password is not accepted
     */
    public Newcomer prepare(EmailAddress email, @Nullable String name, @Nullable Secret password) {
        DisplayName displayName = DisplayName.parse("name", name);
        NewPassword chosen = NewPassword.parse("password", password, List.of(email.value(), displayName.value()));
        return new Newcomer(new User(new UserId(ids.next()), email, displayName.value()), hasher.hash(chosen));
    }

    /**
     * Makes the account, inside the caller's transaction.
     *
     * @throws ProblemException 409 when the address has an account already
     */
    public User join(Newcomer newcomer) {
        return database.transaction(() -> {
            if (!store.insertUser(newcomer.user, newcomer.passwordHash, clock.instant())) {
                throw new ProblemException(Problem.conflict(
                        "account-exists",
                        "There is an account already",
                        "There is an account with this address already. Sign in with it instead."));
            }
            events.publishEvent(new Audited(
                    "user.created",
                    null,
                    "user",
                    newcomer.user.id().value(),
                    newcomer.user.email().value(),
                    Map.of("name", newcomer.user.name())));
            return newcomer.user;
        });
    }

    /** The person with this id. */
    public Optional<User> find(UserId id) {
        return store.find(id);
    }

    /** The people with these ids, by id; ids that are nobody's are left out. */
    public Map<UserId, User> find(Collection<UserId> wanted) {
        return store.find(wanted).stream().collect(Collectors.toMap(User::id, Function.identity()));
    }

    /** The person with this address. */
    public Optional<User> find(EmailAddress email) {
        return store.account(email).map(IdentityStore.Account::user);
    }

    /** Changes a person's own name. */
    User rename(User user, DisplayName name) {
        database.transaction(() -> {
            store.rename(user.id(), name.value());
            events.publishEvent(new Audited(
                    "user.changed",
                    null,
                    "user",
                    user.id().value(),
                    user.email().value(),
                    Map.of("name", Map.of("from", user.name(), "to", name.value()))));
        });
        return new User(user.id(), user.email(), name.value());
    }

    /** Changes a person's own password and ends all of their sessions but this one. */
    void changePassword(CurrentSession session, NewPassword password) {
        String hash = hasher.hash(password);
        User user = session.user();
        database.transaction(() -> {
            store.setPasswordHash(user.id(), hash, clock.instant());
            int ended = store.deleteSessionsExcept(user.id(), session.id());
            events.publishEvent(new Audited(
                    "password.changed",
                    null,
                    "user",
                    user.id().value(),
                    Caller.current().name(),
                    Map.of("sessionsEnded", ended)));
        });
    }
}
