package dev.havenkeep.provider;

import dev.havenkeep.connections.Linking;
import dev.havenkeep.connections.UpstreamEmail;
import dev.havenkeep.connections.UpstreamIdentity;
import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.RealmIdentities;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.realms.Realms;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The accounts of people whom an upstream provider vouches for: what {@link Linking} asks to know, and what it decides. */
@Component
class UpstreamAccounts {

    private final Realms realms;
    private final RealmUsers users;
    private final RealmIdentities identities;

    UpstreamAccounts(Realms realms, RealmUsers users, RealmIdentities identities) {
        this.realms = realms;
        this.users = users;
        this.identities = identities;
    }

    static RealmIdentities.Key key(String connection, UpstreamIdentity identity) {
        return new RealmIdentities.Key(connection, identity.provider(), identity.subject());
    }

    static RealmIdentities.Told told(UpstreamIdentity identity) {
        return new RealmIdentities.Told(
                identity.email().address().map(EmailAddress::value).orElse(null),
                identity.profile().displayName());
    }

    /** What is to be done for somebody who is not signed in. */
    Linking.Decision<UserId> decide(RealmContext context, String connection, UpstreamIdentity identity) {
        return Linking.decide(new Linking.Facts<>(
                identities.find(context.id(), key(connection, identity)),
                identity.email(),
                identity.email()
                        .address()
                        .flatMap(address -> users.find(context.id(), address))
                        .map(user -> holder(context, user, identity)),
                signUpAllowed(realms.settings(context.id()).signUp(), identity.email())));
    }

    RealmUser user(RealmContext context, UserId id) {
        return users.get(context.id(), id);
    }

    /** Makes an account with the identity; its address is the one that the provider proved, if there is one. */
    RealmUser create(RealmContext context, String connection, UpstreamIdentity identity) {
        EmailAddress proven = identity.email() instanceof UpstreamEmail.Authoritative(var address) ? address : null;
        UpstreamIdentity.Profile profile = identity.profile();
        return realms.database(context.id()).transaction(() -> {
            RealmUser user = users.create(
                    context.id(),
                    new RealmUsers.Newcomer(
                            proven,
                            proven != null,
                            name(identity, connection),
                            new RealmUser.Profile(
                                    profile.givenName(),
                                    profile.familyName(),
                                    profile.picture() == null
                                            ? null
                                            : profile.picture().toString(),
                                    profile.locale(),
                                    null),
                            null));
            link(context, user.id(), key(connection, identity), told(identity));
            return user;
        });
    }

    /**
     * Links the identity to the account.
     *
     * @throws ProblemException 409 when it was linked to an account at the same moment
     */
    void link(RealmContext context, UserId user, RealmIdentities.Key key, RealmIdentities.Told told) {
        if (!identities.link(context.id(), user, key, told)) {
            throw new ProblemException(Problem.conflict(
                    "identity-linked", "Linked already", "The identity was linked to an account at the same moment."));
        }
    }

    void signedIn(RealmContext context, RealmIdentities.Key key, RealmIdentities.Told told) {
        identities.signedIn(context.id(), key, told);
    }

    private Linking.Holder<UserId> holder(RealmContext context, RealmUser user, UpstreamIdentity identity) {
        return new Linking.Holder<>(
                user.id(),
                user.emailVerified(),
                users.hasPassword(context.id(), user.id()),
                identities.of(context.id(), user.id()).stream()
                        .map(RealmIdentities.Linked::key)
                        .anyMatch(key -> key.provider().equals(identity.provider())
                                && !key.subject().equals(identity.subject())));
    }

    /** Whether somebody new may make an account; a domain counts when the provider proved the address. */
    private static boolean signUpAllowed(RealmSettings.SignUp signUp, UpstreamEmail email) {
        return switch (signUp.mode()) {
            case OPEN -> true;
            case DOMAINS ->
                email instanceof UpstreamEmail.Authoritative(var address)
                        && signUp.domains()
                                .contains(address.value()
                                        .substring(address.value().lastIndexOf('@') + 1));
            case INVITED, CLOSED -> false;
        };
    }

    private static DisplayName name(UpstreamIdentity identity, String connection) {
        UpstreamIdentity.Profile profile = identity.profile();
        String address = identity.email().address().map(EmailAddress::value).orElse(null);
        return Stream.of(
                        profile.displayName(),
                        profile.givenName(),
                        profile.username(),
                        address == null ? null : address.substring(0, address.lastIndexOf('@')))
                .filter(Objects::nonNull)
                .flatMap(candidate -> readable(candidate).stream())
                .findFirst()
                .orElseGet(() -> new DisplayName(connection));
    }

    /** The text as a name, if it can be one. */
    private static Optional<DisplayName> readable(@Nullable String text) {
        try {
            return Optional.of(DisplayName.parse("name", text));
        } catch (ProblemException e) {
            // A provider may call people what cannot be shown here; the next thing it tells of them is tried instead.
            return Optional.empty();
        }
    }
}
