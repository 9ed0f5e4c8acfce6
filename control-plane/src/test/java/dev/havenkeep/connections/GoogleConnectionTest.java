package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.testing.upstream.Browser;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google: known by {@code sub}, and authoritative only for its own mailboxes. */
class GoogleConnectionTest {

    private final TestClock clock = new TestClock();
    private final FakeOidcProvider google =
            FakeOidcProvider.open(FakeOidcProvider.Flavour.GOOGLE, clock, "1.apps.googleusercontent.com", "GOCSPX");
    private final Upstream upstream = Journey.upstream(clock, Journey.addresses(google, google, google));

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void peopleAreTheirSubjectAndGmailIsProof() {
        google.person(Map.of(
                "sub", "110248495921238986420",
                "email", "Jane@gmail.com",
                "email_verified", true,
                "given_name", "Jane",
                "family_name", "Doe",
                "name", "Jane Doe"));

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings(null)));

        assertThat(identity.provider()).isEqualTo(google.base());
        assertThat(identity.subject()).isEqualTo("110248495921238986420");
        assertThat(identity.email()).isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("jane@gmail.com")));
        assertThat(identity.profile().givenName()).isEqualTo("Jane");
        assertThat(identity.profile().familyName()).isEqualTo("Doe");
    }

    @ParameterizedTest
    @CsvSource({
        "jane@gmail.com,       true,    ,            true",
        "jane@googlemail.com,  'true',  ,            true",
        "jane@gmail.com,       false,   ,            false",
        "jane@gmail.com,       ,        ,            false",
        "jane@example.com,     true,    example.com, true",
        "jane@example.com,     false,   example.com, false",
        "jane@example.com,     true,    ,            false",
        "jane@gmail.com.evil.example, true, ,        false",
        "jane@notgmail.com,    true,    ,            false",
    })
    void addressIsProofOnlyWhenTheMailboxIsGoogles(
            String email, @Nullable String verified, @Nullable String hosted, boolean proof) {
        Map<String, Object> person = new HashMap<>(Map.of("sub", "1", "email", email));
        if (verified != null) {
            person.put("email_verified", verified);
        }
        if (hosted != null) {
            person.put("hd", hosted);
        }
        google.person(person);

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings(null)));

        assertThat(identity.email())
                .isInstanceOf(proof ? UpstreamEmail.Authoritative.class : UpstreamEmail.Unverified.class);
        assertThat(identity.claims().get("hd")).isEqualTo(hosted);
    }

    @Test
    void issuerMayLackItsScheme() {
        google.person(Map.of("sub", "1", "iss", google.base().substring("http://".length())));
        assertThat(Journey.signIn(upstream, settings(null))).isInstanceOf(UpstreamOutcome.Proven.class);

        google.person(Map.of("sub", "1", "iss", google.base() + ".evil.example"));
        Journey.assertFailed(Journey.signIn(upstream, settings(null)), Code.WRONG_ISSUER, "evil.example");
    }

    @Test
    void workspaceDomainIsRequiredByTheSignedClaim() {
        google.person(Map.of("sub", "1", "email", "jane@example.com", "email_verified", true, "hd", "example.com"));
        assertThat(Journey.signIn(upstream, settings("example.com"))).isInstanceOf(UpstreamOutcome.Proven.class);
        assertThat(google.asked("/authorize").getFirst().parameters()).containsEntry("hd", "example.com");

        google.person(Map.of("sub", "1", "email", "jane@example.com", "email_verified", true));
        Journey.assertFailed(Journey.signIn(upstream, settings("example.com")), Code.NOT_ALLOWED, "of none");
        google.person(Map.of("sub", "1", "hd", "evil.example"));
        Journey.assertFailed(Journey.signIn(upstream, settings("example.com")), Code.NOT_ALLOWED, "evil.example");
    }

    @Test
    void wishesAreSaidInGooglesWords() {
        AuthorizationHints hints = new AuthorizationHints(
                "jane@gmail.com", AuthorizationHints.Prompt.LOGIN, Duration.ofMinutes(1), List.of("de", "en"));

        Browser.visit(Journey.start(upstream, settings(null), hints).location());

        assertThat(google.asked("/authorize").getFirst().parameters())
                .containsEntry("login_hint", "jane@gmail.com")
                .containsEntry("hl", "de")
                .containsEntry("prompt", "select_account")
                .doesNotContainKey("max_age");
    }

    private static ConnectionSettings.Google settings(@Nullable String hostedDomain) {
        return new ConnectionSettings.Google(
                "1.apps.googleusercontent.com", Secret.of("GOCSPX"), ConnectionSettings.Google.SCOPES, hostedDomain);
    }
}
