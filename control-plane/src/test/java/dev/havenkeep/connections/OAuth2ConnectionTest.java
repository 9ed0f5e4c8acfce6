package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.connections.ConnectionSettings.Members;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.testing.upstream.Browser;
import dev.havenkeep.testing.upstream.FakeOAuth2Provider;
import dev.havenkeep.testing.upstream.FakeProvider.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Generic OAuth 2.0 providers: who it is, the connection's settings say where to find. */
class OAuth2ConnectionTest {

    private static final Members NESTED =
            new Members("data.id", "data.mail", "data.mail_confirmed", "data.display", "data.handle", "data.picture");

    private final FakeOAuth2Provider provider = FakeOAuth2Provider.open("client", "secret");
    private final Upstream upstream = Journey.upstream(new TestClock(), ProviderAddresses.PUBLIC);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void membersAreFoundWhereTheSettingsSay() {
        provider.user(Map.of(
                "id",
                "not this",
                "data",
                Map.of(
                        "id", 42,
                        "mail", "Jane@example.com",
                        "mail_confirmed", 1,
                        "display", "Jane Doe",
                        "handle", "jane",
                        "picture", "http://insecure.example/x.png")));

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings(NESTED, EmailAuthority.all())));

        assertThat(identity.provider()).isEqualTo(provider.base());
        assertThat(identity.subject()).isEqualTo("42");
        assertThat(identity.email()).isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("jane@example.com")));
        assertThat(identity.profile().displayName()).isEqualTo("Jane Doe");
        assertThat(identity.profile().username()).isEqualTo("jane");
        assertThat(identity.profile().picture()).isNull();
    }

    @Test
    void subjectMustBeATextOrAWholeNumber() {
        for (Object id : List.of("", "a\u0000b", " ", 1.5, true, List.of(1), Map.of("a", 1), "x".repeat(256))) {
            provider.user(Map.of("data", Map.of("id", id)));
            Journey.assertFailed(
                    Journey.signIn(upstream, settings(NESTED, EmailAuthority.none())), Code.BAD_ANSWER, "data.id");
        }
    }

    @Test
    void addressIsNoProofUnlessTheConnectionSaysSo() {
        Members noFlag = new Members("id", "email", null, null, null, null);
        provider.user(Map.of("id", "1", "email", "jane@example.com", "email_verified", true));

        assertThat(Journey.proven(Journey.signIn(upstream, settings(noFlag, EmailAuthority.all())))
                        .email())
                .isInstanceOf(UpstreamEmail.Unverified.class);
        assertThat(Journey.proven(Journey.signIn(
                                upstream,
                                settings(noFlag, new EmailAuthority(EmailAuthority.Reach.ALL, Set.of(), false))))
                        .email())
                .isInstanceOf(UpstreamEmail.Authoritative.class);
    }

    @Test
    void codesAreTiedByPkceAndErrorsAreNamed() {
        ConnectionSettings.OAuth2 settings = settings(NESTED, EmailAuthority.none());
        AuthorizationStart.Redirect victims = Journey.start(upstream, settings);
        String stolen =
                String.valueOf(Browser.visit(victims.location()).parameters().get("code"));
        AuthorizationStart.Redirect attackers = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(attackers.location()).with("code", stolen);

        Journey.assertFailed(
                upstream.finish(settings, attackers.pending(), Journey.parameters(back)),
                Code.CODE_REFUSED,
                "invalid_grant");
        Journey.assertFailed(
                upstream.finish(
                        settings, attackers.pending(), Journey.parameters(back.with("iss", "https://evil.example"))),
                Code.MIX_UP,
                "https://evil.example");
        provider.replace("/api/me", request -> Reply.text(200, "hello"));
        Journey.assertFailed(Journey.signIn(upstream, settings), Code.BAD_ANSWER, "no JSON object");
        provider.replace("/api/me", request -> Reply.redirect("https://example.com/"));
        Journey.assertFailed(Journey.signIn(upstream, settings), Code.BAD_ANSWER, "redirect");
    }

    @Test
    void authorizationEndpointKeepsItsOwnQuery() {
        ConnectionSettings.OAuth2 settings = new ConnectionSettings.OAuth2(
                "client",
                new ClientAuthentication.SecretBasic(Secret.of("secret")),
                List.of("profile"),
                new ConnectionSettings.Endpoints(
                        URI.create(provider.base() + "/authorize?tenant=7"),
                        URI.create(provider.base() + "/token"),
                        URI.create(provider.base() + "/api/me")),
                new Members("id", null, null, null, null, null),
                EmailAuthority.none());

        assertThat(Journey.proven(Journey.signIn(upstream, settings)).subject()).isEqualTo("1");
        assertThat(provider.asked("/authorize").getFirst().parameters())
                .containsEntry("tenant", "7")
                .containsEntry("scope", "profile")
                .doesNotContainKey("nonce");
        assertThat(upstream.check(settings)).isEmpty();

        ConnectionSettings.OAuth2 plain = new ConnectionSettings.OAuth2(
                "client",
                new ClientAuthentication.None(),
                List.of(),
                new ConnectionSettings.Endpoints(
                        URI.create("http://example.com/authorize"),
                        URI.create("https://example.com/token"),
                        URI.create("https://example.com/me")),
                ConnectionSettings.Members.standard(),
                EmailAuthority.none());
        assertThat(upstream.start("x", plain, Journey.CALLBACK, AuthorizationHints.none()))
                .isEqualTo(new AuthorizationStart.Failed(
                        new UpstreamFailure(Code.BAD_SETTINGS, "The authorization endpoint must be an https address")));
    }

    private ConnectionSettings.OAuth2 settings(Members members, EmailAuthority emails) {
        return new ConnectionSettings.OAuth2(
                "client",
                new ClientAuthentication.SecretBasic(Secret.of("secret")),
                List.of(),
                new ConnectionSettings.Endpoints(
                        URI.create(provider.base() + "/authorize"),
                        URI.create(provider.base() + "/token"),
                        URI.create(provider.base() + "/api/me")),
                members,
                emails);
    }
}
