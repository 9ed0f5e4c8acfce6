package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.testing.upstream.Browser;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apple: a secret that is a JWT, an answer that is a form, and a name that comes once and unsigned. */
class AppleConnectionTest {

    private final TestClock clock = new TestClock();
    private final FakeOidcProvider apple =
            FakeOidcProvider.open(FakeOidcProvider.Flavour.APPLE, clock, "com.example.signin", "");
    private final Upstream upstream = Journey.upstream(clock, Journey.addresses(apple, apple, apple));
    private final ECKey key = ecKey();

    private static ECKey ecKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ABC123DEFG").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void registerKey() {
        apple.appleKey("TEAM123456", key);
        apple.person(Map.of(
                "sub", "001234.abcd.0001",
                "email", "jane@privaterelay.appleid.com",
                "email_verified", "true",
                "is_private_email", "true"));
    }

    @AfterEach
    void close() {
        apple.close();
    }

    @Test
    void nameComesWithTheFirstAuthorizationOnly() throws JOSEException {
        UpstreamIdentity first = Journey.proven(Journey.signIn(upstream, settings()));

        assertThat(first.subject()).isEqualTo("001234.abcd.0001");
        assertThat(first.email())
                .isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("jane@privaterelay.appleid.com")));
        assertThat(first.profile().givenName()).isEqualTo("Ada");
        assertThat(first.profile().familyName()).isEqualTo("Lovelace");
        assertThat(first.profile().displayName()).isEqualTo("Ada Lovelace");
        assertThat(first.claims()).containsEntry("is_private_email", "true");

        UpstreamIdentity second = Journey.proven(Journey.signIn(upstream, settings()));
        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(second.profile().displayName()).isNull();
    }

    @Test
    void answerIsAForm() throws JOSEException {
        ConnectionSettings.Apple settings = settings();
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);

        Browser.Return back = Browser.visit(start.location());

        assertThat(settings.answersByFormPost()).isTrue();
        assertThat(back.post()).isTrue();
        assertThat(back.parameters()).containsKeys("code", "state", "user");
        assertThat(apple.asked("/authorize").getFirst().parameters())
                .containsEntry("response_mode", "form_post")
                .containsEntry("scope", "name email");
    }

    @Test
    void formMayNameAPersonButNeverAnAddressOrASubject() throws JOSEException {
        ConnectionSettings.Apple settings = settings();
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(start.location())
                .with(
                        "user",
                        "{\"name\":{\"firstName\":\"Eve\\u0000\",\"lastName\":null},\"email\":\"victim@example.com\",\"sub\":\"9\"}")
                .with("email", "victim@example.com")
                .with("id_token", "a.b.c");

        UpstreamIdentity identity =
                Journey.proven(upstream.finish(settings, start.pending(), Journey.parameters(back)));

        assertThat(identity.profile().displayName()).isEqualTo("Eve");
        assertThat(identity.subject()).isEqualTo("001234.abcd.0001");
        assertThat(identity.email().address()).contains(new EmailAddress("jane@privaterelay.appleid.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "{}", "{\"name\":\"Eve\"}", "{\"name\":{\"firstName\":[1]}}", "null"})
    void formThatIsGarbageIsNoName(String user) throws JOSEException {
        ConnectionSettings.Apple settings = settings();
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(start.location()).with("user", user);

        UpstreamIdentity identity =
                Journey.proven(upstream.finish(settings, start.pending(), Journey.parameters(back)));

        assertThat(identity.profile().displayName()).isNull();
    }

    @Test
    void fakeAddressInTheFormIsNoneWhenTheTokenHasNone() throws JOSEException {
        apple.person(Map.of("sub", "001234.abcd.0001"));
        ConnectionSettings.Apple settings = settings();
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(start.location())
                .with("user", "{\"name\":{\"firstName\":\"Eve\"},\"email\":\"victim@example.com\"}");

        assertThat(Journey.proven(upstream.finish(settings, start.pending(), Journey.parameters(back)))
                        .email())
                .isInstanceOf(UpstreamEmail.Missing.class);
    }

    @Test
    void booleansMayBeTexts() throws JOSEException {
        apple.person(Map.of("sub", "1", "email", "jane@example.com", "email_verified", "false"));
        assertThat(Journey.proven(Journey.signIn(upstream, settings())).email())
                .isInstanceOf(UpstreamEmail.Unverified.class);

        apple.person(
                Map.of("sub", "1", "email", "jane@example.com", "email_verified", true, "is_private_email", "false"));
        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings()));
        assertThat(identity.email()).isInstanceOf(UpstreamEmail.Authoritative.class);
        assertThat(identity.claims()).isEmpty();
    }

    @Test
    void secretIsMintedForEachUseAndLivesForMinutes() throws JOSEException, ParseException {
        assertThat(Journey.signIn(upstream, settings())).isInstanceOf(UpstreamOutcome.Proven.class);
        clock.advance(Duration.ofDays(365));
        assertThat(Journey.signIn(upstream, settings())).isInstanceOf(UpstreamOutcome.Proven.class);

        JWSObject secret = JWSObject.parse(
                String.valueOf(apple.asked("/token").getLast().parameters().get("client_secret")));
        Map<String, Object> claims = secret.getPayload().toJSONObject();
        assertThat(secret.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(secret.getHeader().getKeyID()).isEqualTo("ABC123DEFG");
        assertThat(claims)
                .containsEntry("iss", "TEAM123456")
                .containsEntry("sub", "com.example.signin")
                .containsEntry("aud", apple.base());
        assertThat(claims.get("exp")).isEqualTo(((Number) Objects.requireNonNull(claims.get("iat"))).longValue() + 300);
    }

    @Test
    void keyThatIsWrongIsNamed() throws JOSEException {
        Journey.assertFailed(
                Journey.signIn(upstream, settings().withSecret(OidcConnectionTest.pem(ecKey()))),
                Code.CLIENT_REFUSED,
                "invalid_client");
        assertThat(upstream.check(settings().withSecret(Secret.of("-----BEGIN PRIVATE KEY-----\nsecret"))))
                .hasValueSatisfying(failure -> {
                    assertThat(failure.code()).isEqualTo(Code.BAD_SETTINGS);
                    assertThat(failure.reason()).contains("BEGIN PRIVATE KEY").doesNotContain("secret");
                });
        assertThat(upstream.check(settings())).isEmpty();
    }

    @Test
    void cancellingIsADenial() throws JOSEException {
        ConnectionSettings.Apple settings = settings();
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);

        UpstreamOutcome outcome = upstream.finish(
                settings,
                start.pending(),
                Journey.parameters(
                        Map.of("state", start.pending().guards().state(), "error", "user_cancelled_authorize")));

        assertThat(outcome).isEqualTo(new UpstreamOutcome.Denied("user_cancelled_authorize"));
    }

    private ConnectionSettings.Apple settings() throws JOSEException {
        return new ConnectionSettings.Apple(
                "com.example.signin",
                ConnectionSettings.Apple.SCOPES,
                "TEAM123456",
                "ABC123DEFG",
                OidcConnectionTest.pem(key));
    }
}
