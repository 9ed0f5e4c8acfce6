package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.connections.Linking.Decision;
import dev.havenkeep.connections.Linking.Facts;
import dev.havenkeep.connections.Linking.Holder;
import dev.havenkeep.connections.Linking.NewAddress;
import dev.havenkeep.connections.Linking.OldCredentials;
import dev.havenkeep.connections.Linking.Proof;
import dev.havenkeep.connections.Linking.Reason;
import dev.havenkeep.credentials.EmailAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one rule by which accounts are linked, case by case. */
class LinkingTest {

    private static final EmailAddress JANE = new EmailAddress("jane@example.com");

    /**
     * Every case. Columns: the provider's word on the address; the local account with it; whether that one has a
     * password; whether it is linked to somebody else there; whether sign-up is open; what is to be done.
     */
    @ParameterizedTest
    @CsvSource({
        // Nobody has the address.
        "authoritative, none,       false, false, true,  create proven",
        "unverified,    none,       false, false, true,  create to-be-proven",
        "missing,       none,       false, false, true,  create to-be-asked",
        "authoritative, none,       false, false, false, refuse sign-up-closed",
        "unverified,    none,       false, false, false, refuse sign-up-closed",
        "missing,       none,       false, false, false, refuse sign-up-closed",
        // Both sides proved it.
        "authoritative, verified,   true,  false, true,  link",
        "authoritative, verified,   false, false, true,  link",
        "authoritative, verified,   true,  false, false, link",
        "authoritative, verified,   false, false, false, link",
        // The provider did not.
        "unverified,    verified,   true,  false, true,  prove password-or-code keep",
        "unverified,    verified,   true,  false, false, prove password-or-code keep",
        "unverified,    verified,   false, false, true,  prove code keep",
        "unverified,    verified,   false, false, false, prove code keep",
        // The account's person never did: what they set is no proof, and goes.
        "authoritative, unverified, true,  false, true,  prove code drop",
        "authoritative, unverified, false, false, true,  prove code drop",
        "authoritative, unverified, true,  false, false, prove code drop",
        "authoritative, unverified, false, false, false, prove code drop",
        "unverified,    unverified, true,  false, true,  prove code drop",
        "unverified,    unverified, false, false, true,  prove code drop",
        "unverified,    unverified, true,  false, false, prove code drop",
        "unverified,    unverified, false, false, false, prove code drop",
        "authoritative, unverified, true,  true,  true,  prove code drop",
        "authoritative, unverified, false, true,  true,  prove code drop",
        "unverified,    unverified, true,  true,  false, prove code drop",
        "unverified,    unverified, false, true,  false, prove code drop",
        // The account is somebody else's at that provider: the address may have changed hands.
        "authoritative, verified,   true,  true,  true,  prove password keep",
        "authoritative, verified,   true,  true,  false, prove password keep",
        "unverified,    verified,   true,  true,  true,  prove password keep",
        "unverified,    verified,   true,  true,  false, prove password keep",
        "authoritative, verified,   false, true,  true,  refuse linked-to-another-identity",
        "authoritative, verified,   false, true,  false, refuse linked-to-another-identity",
        "unverified,    verified,   false, true,  true,  refuse linked-to-another-identity",
        "unverified,    verified,   false, true,  false, refuse linked-to-another-identity",
    })
    void whatIsToBeDone(
            String email, String local, boolean password, boolean elsewhere, boolean open, String expected) {
        Optional<Holder<String>> holder = local.equals("none")
                ? Optional.empty()
                : Optional.of(new Holder<>("jane", local.equals("verified"), password, elsewhere));

        Decision<String> decision = Linking.decide(new Facts<>(Optional.empty(), email(email), holder, open));

        assertThat(decision).isEqualTo(decision(expected));
    }

    /** Whoever is linked is signed in, whatever else is known. */
    @ParameterizedTest
    @CsvSource({
        "authoritative, none",
        "unverified, none",
        "missing, none",
        "authoritative, verified",
        "unverified, verified",
        "authoritative, unverified",
        "unverified, unverified",
    })
    void linkedIdentitySignsItsAccountIn(String email, String local) {
        Optional<Holder<String>> other = local.equals("none")
                ? Optional.empty()
                : Optional.of(new Holder<>("somebody-else", local.equals("verified"), true, false));

        assertThat(Linking.decide(new Facts<>(Optional.of("jane"), email(email), other, false)))
                .isEqualTo(new Decision.SignIn<>("jane"));
    }

    @Test
    void accountCannotHaveAnAddressThatThereIsNot() {
        Facts<String> facts = new Facts<>(
                Optional.empty(), email("missing"), Optional.of(new Holder<>("jane", true, true, false)), true);

        assertThatThrownBy(() -> Linking.decide(facts)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoeverIsSignedInLinksWhatNobodyElseHas() {
        assertThat(Linking.decideForSignedIn("jane", Optional.empty()))
                .isEqualTo(new Decision.LinkAutomatically<>("jane"));
        assertThat(Linking.decideForSignedIn("jane", Optional.of("jane"))).isEqualTo(new Decision.SignIn<>("jane"));
        assertThat(Linking.decideForSignedIn("jane", Optional.of("bob")))
                .isEqualTo(new Decision.Refuse<>(Reason.LINKED_TO_ANOTHER_ACCOUNT));
    }

    private static UpstreamEmail email(String word) {
        return switch (word) {
            case "authoritative" -> new UpstreamEmail.Authoritative(JANE);
            case "unverified" -> new UpstreamEmail.Unverified(JANE, "because");
            case "missing" -> new UpstreamEmail.Missing("because");
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static Decision<String> decision(String words) {
        return switch (words) {
            case "create proven" -> new Decision.CreateAccount<>(NewAddress.PROVEN);
            case "create to-be-proven" -> new Decision.CreateAccount<>(NewAddress.TO_BE_PROVEN);
            case "create to-be-asked" -> new Decision.CreateAccount<>(NewAddress.TO_BE_ASKED);
            case "link" -> new Decision.LinkAutomatically<>("jane");
            case "prove password-or-code keep" ->
                new Decision.ProveFirst<>("jane", Set.of(Proof.PASSWORD, Proof.EMAILED_CODE), OldCredentials.KEPT);
            case "prove password keep" ->
                new Decision.ProveFirst<>("jane", Set.of(Proof.PASSWORD), OldCredentials.KEPT);
            case "prove code keep" ->
                new Decision.ProveFirst<>("jane", Set.of(Proof.EMAILED_CODE), OldCredentials.KEPT);
            case "prove code drop" ->
                new Decision.ProveFirst<>("jane", Set.of(Proof.EMAILED_CODE), OldCredentials.DROPPED);
            case "refuse sign-up-closed" -> new Decision.Refuse<>(Reason.SIGN_UP_CLOSED);
            case "refuse linked-to-another-identity" -> new Decision.Refuse<>(Reason.LINKED_TO_ANOTHER_IDENTITY);
            default -> throw new IllegalArgumentException(words);
        };
    }
}
