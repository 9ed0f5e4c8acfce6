package dev.havenkeep.realms;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.PasswordHasher;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Proof by password, in a realm. An address without an account gets the same answer after the same work, and is locked
 * the same way. Failures are counted per account and per network; somebody who guesses from elsewhere does not lock
 * out a person in a network where that person has a session.
 */
@Service
public class RealmPasswords {

    private static final String UNREADABLE = "[not an address]";

    private final Realms realms;
    private final UserStore users;
    private final SessionStore sessions;
    private final RealmLockOut lockOut;
    private final PasswordHasher hasher;

    RealmPasswords(Realms realms, UserStore users, SessionStore sessions, RealmLockOut lockOut, PasswordHasher hasher) {
        this.realms = realms;
        this.users = users;
        this.sessions = sessions;
        this.lockOut = lockOut;
        this.hasher = hasher;
    }

    /** How an attempt ended. */
    public sealed interface Outcome {

        /** They are who they say. */
        record Proven(RealmUser user) implements Outcome {}

        /** The address or the password is wrong; which of the two is for the audit alone. */
        record Refused(Reason reason, @Nullable UserId user) implements Outcome {}

        /** Too many attempts failed, for this account or from this network; nothing was tried. */
        record LockedOut(Duration retryAfter) implements Outcome {}
    }

    /** Why an attempt was refused, for the audit. */
    public enum Reason {
        NO_ACCOUNT,
        NO_PASSWORD,
        WRONG_PASSWORD,
        BLOCKED
    }

    /** Tries an address and a password that somebody typed. */
    public Outcome attempt(RealmId realm, @Nullable String email, @Nullable Secret password, Visit visit) {
        RealmDatabase database = realms.database(realm);
        Optional<EmailAddress> address = EmailAddress.tryParse(email);
        Optional<UserStore.Account> account = address.flatMap(known -> users.account(database, known));
        String known = address.map(EmailAddress::value).orElse(UNREADABLE);
        boolean familiar = account.filter(
                        found -> sessions.knowsNetwork(database, found.user().id(), visit.network()))
                .isPresent();
        RealmLockOut.Answer answer =
                lockOut.attempt(realm, familiar ? known + "|" + visit.network() : known, visit.network());
        return switch (answer) {
            case RealmLockOut.Answer.Locked(Duration retryAfter) -> new Outcome.LockedOut(retryAfter);
            case RealmLockOut.Answer.Counted counted -> attempt(counted, account, password);
        };
    }

    /** Whether this is the user's password; for somebody who is signed in and proves it again. */
    public boolean matches(RealmId realm, UserId user, Secret password) {
        return hasher.matches(
                password, users.passwordHash(realms.database(realm), user).orElse(null));
    }

    private Outcome attempt(
            RealmLockOut.Answer.Counted counted, Optional<UserStore.Account> account, @Nullable Secret password) {
        String hash = account.flatMap(UserStore.Account::passwordHash).orElse(null);
        boolean right = hasher.matches(password == null ? Secret.of("") : password, hash);
        if (account.isEmpty()) {
            return new Outcome.Refused(Reason.NO_ACCOUNT, null);
        }
        RealmUser user = account.get().user();
        if (!right) {
            return new Outcome.Refused(hash == null ? Reason.NO_PASSWORD : Reason.WRONG_PASSWORD, user.id());
        }
        lockOut.forgive(counted);
        return user.blocked() ? new Outcome.Refused(Reason.BLOCKED, user.id()) : new Outcome.Proven(user);
    }
}
