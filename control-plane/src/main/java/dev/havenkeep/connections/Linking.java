package dev.havenkeep.connections;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What account somebody gets who has proven who they are at a provider: the one rule by which accounts are linked.
 *
 * <p>An identity that is linked already signs its account in, whatever its e-mail address has become. Otherwise accounts
 * are found by e-mail address, and linked without further ado only when both sides proved it: the provider is
 * authoritative for the address and the account's own is verified. Else the person proves that the account is theirs. An
 * account whose address was never verified may have been made by somebody who only hoped that its owner would come: its
 * old password proves nothing and is gone once the owner came. And where the account is linked at the same provider to
 * somebody else, the address may have changed hands, so it proves nothing either.
 */
public final class Linking {

    private Linking() {}

    /**
     * A local account that has the address.
     *
     * @param <A> how the caller names accounts
     * @param verified whether it was ever proven that the account's person reads mail there
     * @param hasPassword whether it has a password
     * @param linkedElsewhere whether it is linked to another subject at the same provider
     */
    public record Holder<A>(A account, boolean verified, boolean hasPassword, boolean linkedElsewhere) {}

    /**
     * What is known.
     *
     * @param linked the account that the identity is linked to already
     * @param email what the provider says of the address
     * @param holder the account with that address, if there is an address and an account
     * @param signUpAllowed whether somebody new may make an account in this way
     */
    public record Facts<A>(
            Optional<A> linked, UpstreamEmail email, Optional<Holder<A>> holder, boolean signUpAllowed) {}

    /** How a person proves that an account is theirs. */
    public enum Proof {
        PASSWORD,
        /** A code sent to the account's address. */
        EMAILED_CODE
    }

    /** What becomes of the password, and of every other factor and session, that the account had. */
    public enum OldCredentials {
        KEPT,
        /** Gone when the link is made, since who set them never proved the address. */
        DROPPED
    }

    /** What is still to be done about the e-mail address of a new account. */
    public enum NewAddress {
        /** Nothing: the provider proved it. */
        PROVEN,
        /** It is the suggestion, and is proven by an emailed code before the account has it. */
        TO_BE_PROVEN,
        /** There is none yet. */
        TO_BE_ASKED
    }

    /** What is to be done. */
    public sealed interface Decision<A> {

        /** Sign the linked account in. */
        record SignIn<A>(A account) implements Decision<A> {}

        /** Make an account and link it. */
        record CreateAccount<A>(NewAddress address) implements Decision<A> {}

        /** Link the account and sign it in. */
        record LinkAutomatically<A>(A account) implements Decision<A> {}

        /**
         * Have the person prove that the account is theirs, in one of these ways; then link it.
         *
         * @param then what becomes of the account's old credentials at that moment
         */
        record ProveFirst<A>(A account, Set<Proof> by, OldCredentials then) implements Decision<A> {

            public ProveFirst {
                by = Set.copyOf(by);
            }
        }

        /** Nobody is signed in. */
        record Refuse<A>(Reason reason) implements Decision<A> {}
    }

    /** Why nobody is signed in. */
    public enum Reason {
        /** The person has no account, and may not make one. */
        SIGN_UP_CLOSED,
        /** The account is linked to somebody else at this provider, and there is no other way to prove that it is theirs. */
        LINKED_TO_ANOTHER_IDENTITY,
        /** The identity is linked to another account than the one that is signed in. */
        LINKED_TO_ANOTHER_ACCOUNT
    }

    /** Decides for somebody who is not signed in. */
    public static <A> Decision<A> decide(Facts<A> facts) {
        if (facts.linked().isPresent()) {
            return new Decision.SignIn<>(facts.linked().get());
        }
        if (facts.holder().isPresent()) {
            return switch (facts.email()) {
                case UpstreamEmail.Authoritative proven -> held(facts.holder().get(), true);
                case UpstreamEmail.Unverified unproven -> held(facts.holder().get(), false);
                case UpstreamEmail.Missing none ->
                    throw new IllegalArgumentException("There is an account with an address that there is not");
            };
        }
        if (!facts.signUpAllowed()) {
            return new Decision.Refuse<>(Reason.SIGN_UP_CLOSED);
        }
        return new Decision.CreateAccount<>(
                switch (facts.email()) {
                    case UpstreamEmail.Authoritative proven -> NewAddress.PROVEN;
                    case UpstreamEmail.Unverified unproven -> NewAddress.TO_BE_PROVEN;
                    case UpstreamEmail.Missing none -> NewAddress.TO_BE_ASKED;
                });
    }

    /**
     * Decides for somebody who is signed in and asked to link an identity to their account; that they are, is the proof.
     *
     * @param current their account
     * @param linked the account that the identity is linked to already
     */
    public static <A> Decision<A> decideForSignedIn(A current, Optional<A> linked) {
        if (linked.isEmpty()) {
            return new Decision.LinkAutomatically<>(current);
        }
        return linked.get().equals(current)
                ? new Decision.SignIn<>(current)
                : new Decision.Refuse<>(Reason.LINKED_TO_ANOTHER_ACCOUNT);
    }

    private static <A> Decision<A> held(Holder<A> holder, boolean authoritative) {
        if (!holder.verified()) {
            return new Decision.ProveFirst<>(holder.account(), EnumSet.of(Proof.EMAILED_CODE), OldCredentials.DROPPED);
        }
        if (holder.linkedElsewhere()) {
            return holder.hasPassword()
                    ? new Decision.ProveFirst<>(holder.account(), EnumSet.of(Proof.PASSWORD), OldCredentials.KEPT)
                    : new Decision.Refuse<>(Reason.LINKED_TO_ANOTHER_IDENTITY);
        }
        if (authoritative) {
            return new Decision.LinkAutomatically<>(holder.account());
        }
        return new Decision.ProveFirst<>(
                holder.account(),
                holder.hasPassword() ? EnumSet.allOf(Proof.class) : EnumSet.of(Proof.EMAILED_CODE),
                OldCredentials.KEPT);
    }
}
