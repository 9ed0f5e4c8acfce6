package dev.havenkeep.identity;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.PasswordHasher;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Proof by password. An address without an account gets the same answer after the same work, and is locked the same
 * way. Failures are counted per account and per network; somebody who guesses from elsewhere does not lock out a
 * person in a network where that person is signed in already.
 */
@Component
public class SignIn {

    private static final String UNREADABLE = "[not an address]";

    private final IdentityStore store;
    private final Database database;
    private final PasswordHasher hasher;
    private final LockOut lockOut;
    private final ApplicationEventPublisher events;

    SignIn(
            IdentityStore store,
            Database database,
            PasswordHasher hasher,
            LockOut lockOut,
            ApplicationEventPublisher events) {
        this.store = store;
        this.database = database;
        this.hasher = hasher;
        this.lockOut = lockOut;
        this.events = events;
    }

    /** Tries an address and a password that somebody typed. */
    public SignInOutcome attempt(@Nullable String email, @Nullable Secret password, Visit visit) {
        Optional<EmailAddress> address = EmailAddress.tryParse(email);
        Optional<IdentityStore.Account> account = address.flatMap(store::account);
        String known = address.map(EmailAddress::value).orElse(UNREADABLE);

        LockOut.Answer network = lockOut.attempt(LockOut.Kind.NETWORK, visit.network());
        if (network instanceof LockOut.Answer.Locked(Duration retryAfter)) {
            return new SignInOutcome.LockedOut(retryAfter);
        }
        boolean familiar = account.filter(
                        found -> store.knowsNetwork(found.user().id(), visit.network()))
                .isPresent();
        LockOut.Answer person = lockOut.attempt(LockOut.Kind.ACCOUNT, familiar ? known + "|" + visit.network() : known);
        if (person instanceof LockOut.Answer.Locked(Duration retryAfter)) {
            return new SignInOutcome.LockedOut(retryAfter);
        }

        Secret typed = password == null ? Secret.of("") : password;
        String hash = account.flatMap(IdentityStore.Account::passwordHash).orElse(null);
        boolean right = hasher.matches(typed, hash);
        if (!right || account.isEmpty()) {
            failed(known, account, (LockOut.Answer.Counted) network, (LockOut.Answer.Counted) person);
            return new SignInOutcome.Refused();
        }
        lockOut.forgiveOne((LockOut.Answer.Counted) network);
        lockOut.forgiveAll((LockOut.Answer.Counted) person);
        return new SignInOutcome.Proven(account.get().user());
    }

    /**
     * Counts an attempt with a secret that is not a password, such as the setup token.
     *
     * @return how long to wait, when there were too many
     */
    Optional<Duration> tooManyFrom(Visit visit) {
        return switch (lockOut.attempt(LockOut.Kind.NETWORK, visit.network())) {
            case LockOut.Answer.Counted _ -> Optional.empty();
            case LockOut.Answer.Locked(Duration retryAfter) -> Optional.of(retryAfter);
        };
    }

    private void failed(
            String known,
            Optional<IdentityStore.Account> account,
            LockOut.Answer.Counted network,
            LockOut.Answer.Counted person) {
        String id = account.map(found -> found.user().id().value()).orElse("");
        database.transaction(() -> {
            events.publishEvent(new Audited("session.refused", null, "user", id, known, Map.of()));
            lockedOut(person, "account", id, known);
            lockedOut(network, "network", id, known);
        });
    }

    private void lockedOut(LockOut.Answer.Counted attempt, String what, String id, String known) {
        if (!attempt.lockIfItFails().isZero()) {
            events.publishEvent(new Audited(
                    "sign-in.locked",
                    null,
                    "user",
                    id,
                    known,
                    Map.of("what", what, "seconds", attempt.lockIfItFails().toSeconds())));
        }
    }
}
