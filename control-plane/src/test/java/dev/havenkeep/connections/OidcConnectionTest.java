package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.testing.upstream.Browser;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import dev.havenkeep.testing.upstream.FakeProvider.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Generic OpenID providers: the specification's own rules. */
class OidcConnectionTest {

    private static final String SECRET = "s:e%c+r&e=t ü";

    private final TestClock clock = new TestClock();
    private final FakeOidcProvider provider =
            FakeOidcProvider.open(FakeOidcProvider.Flavour.GENERIC, clock, "havenkeep", SECRET);
    private final Upstream upstream = Journey.upstream(clock, ProviderAddresses.PUBLIC);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void signInProvesWhoItIs() {
        provider.person(Map.of(
                "sub", "248289761001",
                "name", "Jane Doe",
                "email", "Jane@Example.com",
                "email_verified", true,
                "picture", "https://example.com/jane.jpg",
                "amr", List.of("pwd", "otp"),
                "acr", "gold"));

        UpstreamIdentity identity =
                Journey.proven(Journey.signIn(upstream, settings(EmailAuthority.of("example.com"))));

        assertThat(identity.provider()).isEqualTo(provider.issuer());
        assertThat(identity.subject()).isEqualTo("248289761001");
        assertThat(identity.email()).isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("jane@example.com")));
        assertThat(identity.profile().displayName()).isEqualTo("Jane Doe");
        assertThat(identity.profile().picture()).hasToString("https://example.com/jane.jpg");
        assertThat(identity.authentication().methods()).containsExactly("pwd", "otp");
        assertThat(identity.authentication().context()).isEqualTo("gold");
    }

    @Test
    void authorizationUrlCarriesStateNonceChallengeAndWishes() {
        AuthorizationHints hints = new AuthorizationHints(
                "jane@example.com", AuthorizationHints.Prompt.LOGIN, Duration.ofMinutes(5), List.of("de", "en"));

        AuthorizationStart.Redirect start = Journey.start(upstream, settings(EmailAuthority.none()), hints);
        Browser.visit(start.location());

        Map<String, String> asked = provider.asked("/authorize").getFirst().parameters();
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "havenkeep")
                .containsEntry("redirect_uri", Journey.CALLBACK.toString())
                .containsEntry("scope", "openid profile email")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("login_hint", "jane@example.com")
                .containsEntry("prompt", "login")
                .containsEntry("max_age", "300")
                .containsEntry("ui_locales", "de en")
                .containsEntry("state", start.pending().guards().state())
                .containsEntry("nonce", start.pending().guards().nonce());
        assertThat(asked.get("code_challenge")).hasSize(43);
        assertThat(start.location().toString()).doesNotContain(verifier(start.pending()));
    }

    /** What becomes of an address; {@code email_verified} as the provider sends it. */
    @ParameterizedTest
    @CsvSource({
        "DOMAINS, example.com,     jane@example.com,       true,    true,   true",
        "DOMAINS, example.com,     jane@example.com,       'true',  true,   true",
        "DOMAINS, EXAMPLE.com,     jane@example.com,       true,    true,   true",
        "DOMAINS, example.com,     jane@example.com,       false,   true,   false",
        "DOMAINS, example.com,     jane@example.com,       maybe,   true,   false",
        "DOMAINS, example.com,     jane@example.com,       ,        true,   false",
        "DOMAINS, example.com,     jane@example.com,       ,        false,  true",
        "DOMAINS, example.com,     jane@example.com,       false,   false,  false",
        "DOMAINS, example.com,     jane@sub.example.com,   true,    true,   false",
        "DOMAINS, example.com,     jane@notexample.com,    true,    true,   false",
        "DOMAINS, example.com,     ｊane@example.com,       true,    true,   false",
        "NONE,    example.com,     jane@example.com,       true,    true,   false",
        "ALL,     example.com,     jane@elsewhere.org,     true,    true,   true",
        "ALL,     example.com,     jane@elsewhere.org,     ,        true,   false",
    })
    void addressIsTrustedAsTheConnectionSays(
            EmailAuthority.Reach reach,
            String domain,
            String email,
            @Nullable String verified,
            boolean needsClaim,
            boolean trusted) {
        Map<String, Object> person = new HashMap<>(Map.of("sub", "1", "email", email));
        if (verified != null) {
            person.put("email_verified", verified);
        }
        provider.person(person);

        UpstreamIdentity identity = Journey.proven(
                Journey.signIn(upstream, settings(new EmailAuthority(reach, Set.of(domain), needsClaim))));

        assertThat(identity.email())
                .isInstanceOf(trusted ? UpstreamEmail.Authoritative.class : UpstreamEmail.Unverified.class);
    }

    @Test
    void noAddressAndNonsenseForOneAreNone() {
        provider.person(Map.of("sub", "1"));
        assertThat(Journey.proven(Journey.signIn(upstream, settings(EmailAuthority.all())))
                        .email())
                .isInstanceOf(UpstreamEmail.Missing.class);

        provider.person(Map.of("sub", "1", "email", "not an address", "email_verified", true));
        assertThat(Journey.proven(Journey.signIn(upstream, settings(EmailAuthority.all())))
                        .email())
                .isInstanceOf(UpstreamEmail.Missing.class);
    }

    @Test
    void textsOfStrangersAreMadeHarmless() {
        provider.person(Map.of(
                "sub",
                "1",
                "name",
                "Eve\r\nSet-Cookie: x\u202E\u0000" + "x".repeat(500),
                "picture",
                "javascript:alert(1)",
                "amr",
                List.of("a\nb")));

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings(EmailAuthority.none())));

        assertThat(identity.profile().displayName())
                .startsWith("EveSet-Cookie: xx")
                .hasSize(100);
        assertThat(identity.profile().picture()).isNull();
        assertThat(identity.authentication().methods()).containsExactly("ab");
    }

    @Test
    void addressFromUserInformationCountsOnlyForTheSamePerson() {
        provider.person(Map.of("sub", "1", "email", "jane@example.com", "email_verified", true));
        provider.tamper(claims -> {
            Map<String, Object> without = new HashMap<>(claims);
            without.remove("email");
            without.remove("email_verified");
            return without;
        });

        assertThat(Journey.proven(Journey.signIn(upstream, settings(EmailAuthority.all())))
                        .email())
                .isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("jane@example.com")));

        provider.replace(
                "/userinfo",
                request -> Reply.json(Map.of("sub", "2", "email", "victim@example.com", "email_verified", true)));
        Journey.assertFailed(
                Journey.signIn(upstream, settings(EmailAuthority.all())), Code.BAD_ANSWER, "somebody else's");
    }

    /** A claim that is changed just before signing, so that the signature is right. */
    @ParameterizedTest
    @CsvSource({
        "iss,        text,    https://evil.example,  WRONG_ISSUER,   https://evil.example",
        "iss,        missing, ,                      WRONG_ISSUER,   The ID token is from",
        "iss,        suffix,  /,                     WRONG_ISSUER,   The ID token is from",
        "aud,        text,    another-client,        WRONG_AUDIENCE, for another-client",
        "aud,        list,    havenkeep another,     WRONG_AUDIENCE, issued to",
        "aud,        list,    another third,         WRONG_AUDIENCE, for another",
        "aud,        missing, ,                      WRONG_AUDIENCE, not for us",
        "azp,        text,    another-client,        WRONG_AUDIENCE, issued to another-client",
        "azp,        number,  7,                     WRONG_AUDIENCE, issued to",
        "nonce,      text,    another,               WRONG_NONCE,    another sign-in",
        "nonce,      missing, ,                      WRONG_NONCE,    no nonce",
        "exp,        ago,     61,                    STALE_TOKEN,    expired",
        "exp,        missing, ,                      BAD_TOKEN,      no exp",
        "exp,        text,    tomorrow,              BAD_TOKEN,      no exp",
        "iat,        ahead,   300,                   STALE_TOKEN,    future",
        "iat,        ago,     7200,                  STALE_TOKEN,    long before",
        "iat,        missing, ,                      BAD_TOKEN,      no iat",
        "nbf,        ahead,   300,                   STALE_TOKEN,    future",
        "at_hash,    text,    AAAAAAAAAAAAAAAAAAAAAA, BAD_TOKEN,     at_hash",
        "at_hash,    number,  7,                     BAD_TOKEN,      at_hash",
        "sub,        missing, ,                      BAD_TOKEN,      sub",
        "sub,        number,  7,                     BAD_TOKEN,      sub",
    })
    void tokenThatSaysSomethingWrongProvesNobody(
            String claim, String how, @Nullable String value, Code code, String reason) {
        long now = clock.instant().getEpochSecond();
        provider.tamper(claims -> {
            Map<String, Object> changed = new HashMap<>(claims);
            switch (how) {
                case "missing" -> changed.remove(claim);
                case "suffix" -> changed.put(claim, claims.get(claim) + String.valueOf(value));
                case "list" -> changed.put(claim, List.of(String.valueOf(value).split(" ")));
                case "number" -> changed.put(claim, Integer.valueOf(String.valueOf(value)));
                case "ago" -> changed.put(claim, now - Long.parseLong(String.valueOf(value)));
                case "ahead" -> changed.put(claim, now + Long.parseLong(String.valueOf(value)));
                default -> changed.put(claim, String.valueOf(value));
            }
            return changed;
        });

        Journey.assertFailed(Journey.signIn(upstream, settings(EmailAuthority.all())), code, reason);
    }

    @Test
    void severalAudiencesAreFineWhenTheTokenWasIssuedToUs() {
        provider.tamper(claims -> {
            Map<String, Object> changed = new HashMap<>(claims);
            changed.put("aud", List.of("an-api", "havenkeep"));
            changed.put("azp", "havenkeep");
            return changed;
        });

        assertThat(Journey.proven(Journey.signIn(upstream, settings(EmailAuthority.none())))
                        .subject())
                .isEqualTo("1000");
    }

    @Test
    void clocksMayDifferByAMinute() {
        provider.tamper(claims -> {
            Map<String, Object> changed = new HashMap<>(claims);
            changed.put("iat", clock.instant().getEpochSecond() + 30);
            changed.put("exp", clock.instant().getEpochSecond() - 30);
            return changed;
        });

        assertThat(Journey.signIn(upstream, settings(EmailAuthority.none())))
                .isInstanceOf(UpstreamOutcome.Proven.class);
    }

    @Test
    void maximumAgeIsCheckedAgainstTheTimeOfSignIn() {
        ConnectionSettings.Oidc settings = settings(EmailAuthority.none());
        AuthorizationHints hints = new AuthorizationHints(null, null, Duration.ofMinutes(5), List.of());

        AuthorizationStart.Redirect fresh = Journey.start(upstream, settings, hints);
        assertThat(finish(settings, fresh, Browser.visit(fresh.location()))).isInstanceOf(UpstreamOutcome.Proven.class);

        provider.person(Map.of("sub", "1", "auth_time", clock.instant().getEpochSecond() - 3600));
        AuthorizationStart.Redirect old = Journey.start(upstream, settings, hints);
        Journey.assertFailed(
                finish(settings, old, Browser.visit(old.location())), Code.STALE_TOKEN, "signed in at the provider");

        provider.person(Map.of("sub", "1", "auth_time", "recently"));
        AuthorizationStart.Redirect unsaid = Journey.start(upstream, settings, hints);
        Journey.assertFailed(finish(settings, unsaid, Browser.visit(unsaid.location())), Code.BAD_TOKEN, "auth_time");
    }

    @Test
    void foreignMissingAndDoubledStatesAreRefusedBeforeAnybodyIsAsked() {
        ConnectionSettings.Oidc settings = settings(EmailAuthority.none());
        AuthorizationStart.Redirect mine = Journey.start(upstream, settings);
        AuthorizationStart.Redirect theirs = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(theirs.location());

        Journey.assertFailed(finish(settings, mine, back), Code.FOREIGN_STATE, "another");
        Journey.assertFailed(finish(settings, mine, back.without("state")), Code.FOREIGN_STATE, "no state");
        String state = back.parameters().get("state");
        CallbackParameters doubled = new CallbackParameters(Map.of(
                "state",
                List.of(state, state),
                "code",
                List.of(back.parameters().get("code"))));
        Journey.assertFailed(upstream.finish(settings, theirs.pending(), doubled), Code.BAD_CALLBACK, "more than once");
        assertThat(doubled.state()).isNull();
        CallbackParameters oversized = Journey.parameters(back.with("code", "x".repeat(9000)));
        Journey.assertFailed(upstream.finish(settings, theirs.pending(), oversized), Code.BAD_CALLBACK, "8192");
        Journey.assertFailed(finish(settings, theirs, back.without("code")), Code.BAD_CALLBACK, "neither");

        assertThat(provider.asked("/token")).isEmpty();
    }

    @Test
    void answerAfterAQuarterOfAnHourIsTooLate() {
        ConnectionSettings.Oidc settings = settings(EmailAuthority.none());
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(start.location());

        clock.advance(Duration.ofMinutes(16));

        Journey.assertFailed(finish(settings, start, back), Code.EXPIRED, "15 minutes");
        assertThat(provider.asked("/token")).isEmpty();
    }

    @Test
    void replayedAnswerIsRefusedByTheProviderAsItsCodeIsUsed() {
        ConnectionSettings.Oidc settings = settings(EmailAuthority.none());
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(start.location());

        assertThat(finish(settings, start, back)).isInstanceOf(UpstreamOutcome.Proven.class);
        Journey.assertFailed(finish(settings, start, back), Code.CODE_REFUSED, "invalid_grant");
    }

    @Test
    void stolenCodeIsWorthNothingInAnotherSignIn() {
        ConnectionSettings.Oidc settings = settings(EmailAuthority.none());
        AuthorizationStart.Redirect victims = Journey.start(upstream, settings);
        String stolen =
                String.valueOf(Browser.visit(victims.location()).parameters().get("code"));

        AuthorizationStart.Redirect attackers = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(attackers.location()).with("code", stolen);

        Journey.assertFailed(finish(settings, attackers, back), Code.CODE_REFUSED, "code verifier");
    }

    @Test
    void codeOfAProviderWithoutPkceIsTiedByTheNonce() {
        provider.metadata(Map.of("code_challenge_methods_supported", List.of("plain")));
        ConnectionSettings.Oidc settings = settings(EmailAuthority.none());
        AuthorizationStart.Redirect victims = Journey.start(upstream, settings);
        String stolen =
                String.valueOf(Browser.visit(victims.location()).parameters().get("code"));

        AuthorizationStart.Redirect attackers = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(attackers.location()).with("code", stolen);

        assertThat(attackers.pending().guards().verifier()).isNull();
        Journey.assertFailed(finish(settings, attackers, back), Code.WRONG_NONCE, "another sign-in");
    }

    @Test
    void codeOfAnHonestProviderNeverReachesAnAttackersProvider() {
        try (FakeOidcProvider attacker =
                FakeOidcProvider.open(FakeOidcProvider.Flavour.GENERIC, clock, "havenkeep", "theirs")) {
            // The attacker's provider sends the browser on to the honest one, with the state that it was given.
            ConnectionSettings.Oidc theirs = new ConnectionSettings.Oidc(
                    "havenkeep",
                    new ClientAuthentication.SecretPost(Secret.of("theirs")),
                    List.of(),
                    attacker.issuer(),
                    Set.of(),
                    EmailAuthority.none());
            AuthorizationStart.Redirect start = Journey.start(upstream, theirs);
            Browser.Return honest =
                    Browser.visit(URI.create(start.location().toString().replace(attacker.base(), provider.base())));

            Journey.assertFailed(finish(theirs, start, honest), Code.MIX_UP, provider.issuer());
            Journey.assertFailed(finish(theirs, start, honest.without("iss")), Code.MIX_UP, "does not say their name");
            // At the honest provider's callback, what is pending is not that connection's.
            ConnectionSettings.GitHub other =
                    new ConnectionSettings.GitHub("havenkeep", Secret.of("x"), ConnectionSettings.GitHub.SCOPES, null);
            Journey.assertFailed(finish(other, start, honest), Code.MIX_UP, "another connection");
            Journey.assertFailed(
                    finish(settings(EmailAuthority.none()), start, honest.with("iss", attacker.issuer())),
                    Code.MIX_UP,
                    "another issuer");

            assertThat(attacker.asked("/token")).isEmpty();
            assertThat(provider.asked("/token")).isEmpty();
        }
    }

    @Test
    void refusalsAreToldApartFromErrors() {
        ConnectionSettings.Oidc settings = settings(EmailAuthority.none());
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Map<String, String> answer = Map.of("state", start.pending().guards().state(), "iss", provider.issuer());
        Browser.Return back = new Browser.Return(Journey.CALLBACK.toString(), false, answer);

        assertThat(finish(settings, start, back.with("error", "access_denied").with("error_description", "No\r\nway")))
                .isEqualTo(new UpstreamOutcome.Denied("access_denied: Noway"));
        Journey.assertFailed(
                finish(settings, start, back.with("error", "server_error")), Code.PROVIDER_ERROR, "server_error");
        Journey.assertFailed(
                finish(settings, start, back.with("error", "access_denied").with("iss", "https://evil.example")),
                Code.MIX_UP,
                "https://evil.example");
    }

    @Test
    void clientProvesItselfInEveryWay() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("2026-11").generate();
        provider.clientKey(key);

        assertThat(Journey.signIn(upstream, with(new ClientAuthentication.SecretPost(Secret.of(SECRET)))))
                .isInstanceOf(UpstreamOutcome.Proven.class);
        assertThat(Journey.signIn(upstream, with(new ClientAuthentication.PrivateKeyJwt("2026-11", "ES256", pem(key)))))
                .isInstanceOf(UpstreamOutcome.Proven.class);
        Journey.assertFailed(
                Journey.signIn(upstream, with(new ClientAuthentication.None())), Code.CLIENT_REFUSED, "invalid_client");
        Journey.assertFailed(
                Journey.signIn(upstream, with(new ClientAuthentication.SecretBasic(Secret.of("wrong")))),
                Code.CLIENT_REFUSED,
                "invalid_client");
        Journey.assertFailed(
                Journey.signIn(
                        upstream, with(new ClientAuthentication.PrivateKeyJwt("k", "ES256", Secret.of("no key")))),
                Code.BAD_SETTINGS,
                "PEM");
        Journey.assertFailed(
                Journey.signIn(upstream, with(new ClientAuthentication.PrivateKeyJwt("k", "HS256", pem(key)))),
                Code.BAD_SETTINGS,
                "HS256");
    }

    @Test
    void secretThatAProviderEchoesIsInNoReason() {
        provider.replace(
                "/token",
                request -> Reply.json(
                        400,
                        Map.of(
                                "error",
                                "invalid_request",
                                "error_description",
                                "client_secret=" + request.parameters().get("client_secret") + " code="
                                        + request.parameters().get("code"))));

        UpstreamOutcome outcome =
                Journey.signIn(upstream, with(new ClientAuthentication.SecretPost(Secret.of("the-real-secret"))));

        Journey.assertFailed(outcome, Code.PROVIDER_ERROR, "client_secret=[secret] code=[secret]");
        assertThat(outcome.toString()).doesNotContain("the-real-secret");
    }

    @Test
    void discoveryMustBeTheIssuersOwn() {
        provider.metadata(Map.of("issuer", "https://accounts.google.com"));

        assertThat(upstream.check(settings(EmailAuthority.none())))
                .map(UpstreamFailure::code)
                .contains(Code.WRONG_ISSUER);
        assertThat(upstream.start("x", settings(EmailAuthority.none()), Journey.CALLBACK, AuthorizationHints.none()))
                .isInstanceOf(AuthorizationStart.Failed.class);
    }

    @Test
    void checkTellsWhatIsWrongBeforeAnybodySignsIn() {
        assertThat(upstream.check(settings(EmailAuthority.none()))).isEmpty();
        assertThat(code(upstream.check(with(new ClientAuthentication.SecretPost(Secret.of(""))))))
                .isEqualTo(Code.BAD_SETTINGS);
        assertThat(code(upstream.check(issuer("not a url")))).isEqualTo(Code.BAD_SETTINGS);
        assertThat(code(upstream.check(issuer(provider.issuer() + "?a=b")))).isEqualTo(Code.BAD_SETTINGS);
        assertThat(code(upstream.check(issuer(provider.issuer() + "/realms/none"))))
                .isEqualTo(Code.WRONG_ISSUER);
    }

    @Test
    void settingsAreJsonWithoutTheirSecret() {
        JsonMapper mapper = JsonMapper.builder().build();
        List<ConnectionSettings> all = List.of(
                settings(EmailAuthority.of("example.com")),
                with(new ClientAuthentication.PrivateKeyJwt("k", "ES256", Secret.of(SECRET))),
                new ConnectionSettings.Google("g", Secret.of(SECRET), ConnectionSettings.Google.SCOPES, null),
                new ConnectionSettings.GitHub("h", Secret.of(SECRET), ConnectionSettings.GitHub.SCOPES, null),
                new ConnectionSettings.Microsoft(
                        "m",
                        Secret.of(SECRET),
                        ConnectionSettings.Microsoft.SCOPES,
                        "common",
                        List.of(new ConnectionSettings.TrustedTenant("t", Set.of("example.com")))),
                new ConnectionSettings.Apple("a", ConnectionSettings.Apple.SCOPES, "TEAM", "KEY", Secret.of(SECRET)),
                new ConnectionSettings.OAuth2(
                        "o",
                        new ClientAuthentication.SecretPost(Secret.of(SECRET)),
                        List.of("profile"),
                        new ConnectionSettings.Endpoints(Journey.CALLBACK, Journey.CALLBACK, Journey.CALLBACK),
                        ConnectionSettings.Members.standard(),
                        EmailAuthority.none()));
        for (ConnectionSettings settings : all) {
            String json = mapper.writerFor(ConnectionSettings.class).writeValueAsString(settings);
            assertThat(json)
                    .doesNotContain(SECRET)
                    .contains("\"kind\":\"" + settings.kind().wireName() + "\"");
            assertThat(settings.toString()).doesNotContain(SECRET);
            assertThat(mapper.readValue(json, ConnectionSettings.class).withSecret(Secret.of(SECRET)))
                    .isEqualTo(settings);
        }
    }

    @Test
    void whatIsPendingShowsNoSecretByItself() {
        PendingAuthorization pending =
                Journey.start(upstream, settings(EmailAuthority.none())).pending();

        assertThat(pending.toString())
                .doesNotContain(verifier(pending))
                .doesNotContain(String.valueOf(pending.guards().nonce()));
    }

    private UpstreamOutcome finish(
            ConnectionSettings settings, AuthorizationStart.Redirect start, Browser.Return back) {
        return upstream.finish(settings, start.pending(), Journey.parameters(back));
    }

    private static String verifier(PendingAuthorization pending) {
        return Objects.requireNonNull(pending.guards().verifier()).reveal();
    }

    private static @Nullable Code code(Optional<UpstreamFailure> failure) {
        return failure.map(UpstreamFailure::code).orElse(null);
    }

    static Secret pem(ECKey key) throws JOSEException {
        return Secret.of("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.toECPrivateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    }

    private ConnectionSettings.Oidc settings(EmailAuthority emails) {
        return new ConnectionSettings.Oidc(
                "havenkeep",
                new ClientAuthentication.SecretBasic(Secret.of(SECRET)),
                ConnectionSettings.Oidc.SCOPES,
                provider.issuer(),
                Set.of(),
                emails);
    }

    private ConnectionSettings.Oidc with(ClientAuthentication authentication) {
        return new ConnectionSettings.Oidc(
                "havenkeep", authentication, List.of(), provider.issuer(), Set.of(), EmailAuthority.none());
    }

    private ConnectionSettings.Oidc issuer(String issuer) {
        return new ConnectionSettings.Oidc(
                "havenkeep",
                new ClientAuthentication.SecretBasic(Secret.of(SECRET)),
                List.of(),
                issuer,
                Set.of(),
                EmailAuthority.none());
    }
}
