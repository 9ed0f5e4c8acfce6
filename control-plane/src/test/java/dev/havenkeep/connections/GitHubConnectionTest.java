package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.testing.upstream.Browser;
import dev.havenkeep.testing.upstream.FakeGitHub;
import dev.havenkeep.testing.upstream.FakeProvider.Asked;
import dev.havenkeep.testing.upstream.FakeProvider.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** GitHub: its numeric id, its list of addresses, and its ways of saying no. */
class GitHubConnectionTest {

    private final FakeGitHub github = FakeGitHub.open("Iv1.abc", "secret");
    private final Upstream upstream = Journey.upstream(
            new TestClock(),
            new ProviderAddresses(
                    "https://accounts.google.com",
                    URI.create(github.base()),
                    URI.create(github.api()),
                    "https://login.microsoftonline.com",
                    "https://appleid.apple.com"));
    private final ConnectionSettings.GitHub settings =
            new ConnectionSettings.GitHub("Iv1.abc", Secret.of("secret"), ConnectionSettings.GitHub.SCOPES, null);

    @AfterEach
    void close() {
        github.close();
    }

    @Test
    void peopleAreTheirNumericIdWhateverTheirLogin() {
        github.user(Map.of(
                "id", 9_007_199_254_740_993L,
                "login", "octocat",
                "name", "The Octocat",
                "avatar_url", "https://avatars.example/u/1",
                // The profile's address is what they like to show: it proves nothing.
                "email", "victim@example.com"));
        github.emails(List.of(
                FakeGitHub.email("secondary@example.com", false, true),
                FakeGitHub.email("Octocat@example.com", true, true)));

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings));

        assertThat(identity.provider()).isEqualTo(github.base());
        assertThat(identity.subject()).isEqualTo("9007199254740993");
        assertThat(identity.email())
                .isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("octocat@example.com")));
        assertThat(identity.profile().username()).isEqualTo("octocat");
        assertThat(identity.profile().displayName()).isEqualTo("The Octocat");

        github.user(Map.of("id", 9_007_199_254_740_993L, "login", "renamed"));
        assertThat(Journey.proven(Journey.signIn(upstream, settings)).subject()).isEqualTo("9007199254740993");
    }

    @Test
    void primaryAddressIsFoundOnTheSecondPage() {
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            many.add(FakeGitHub.email("alias" + i + "@example.com", false, true));
        }
        many.add(FakeGitHub.email("primary@example.com", true, true));
        github.emails(many);

        assertThat(Journey.proven(Journey.signIn(upstream, settings)).email())
                .isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("primary@example.com")));
        assertThat(github.asked("/api/user/emails")).hasSize(2);
    }

    @Test
    void addressThatIsNotBothPrimaryAndVerifiedIsNone() {
        github.emails(List.of(
                FakeGitHub.email("victim@example.com", true, false),
                FakeGitHub.email("other@example.com", false, true)));

        assertThat(Journey.proven(Journey.signIn(upstream, settings)).email())
                .isEqualTo(new UpstreamEmail.Missing("no e-mail address at GitHub is both primary and verified"));

        github.emails(List.of());
        assertThat(Journey.proven(Journey.signIn(upstream, settings)).email())
                .isInstanceOf(UpstreamEmail.Missing.class);
    }

    @Test
    void withoutTheScopeThereIsNoAddressButStillAPerson() {
        github.grant("read:user");

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings));

        assertThat(identity.subject()).isEqualTo("583231");
        assertThat(identity.email())
                .isInstanceOfSatisfying(
                        UpstreamEmail.Missing.class,
                        missing -> assertThat(missing.reason()).contains("user:email"));
    }

    @Test
    void nextPageSomewhereElseIsNotAskedFor() {
        try (FakeGitHub elsewhere = FakeGitHub.open("x", "x")) {
            for (String next : List.of(
                    elsewhere.api() + "/user/emails?page=2", github.api() + "/user/keys", "not an address", "//x/y")) {
                github.replace(
                        "/api/user/emails",
                        request -> new Reply(
                                200,
                                Map.of("Link", "<" + next + ">; rel=\"next\""),
                                "[]".getBytes(StandardCharsets.US_ASCII)));

                Journey.assertFailed(Journey.signIn(upstream, settings), Code.BAD_ANSWER, "somewhere else");
            }
            assertThat(elsewhere.asked("/api/user/emails")).isEmpty();
            assertThat(github.asked("/api/user/keys")).isEmpty();
        }
    }

    @Test
    void pagesWithoutEndEnd() {
        github.replace(
                "/api/user/emails",
                request -> new Reply(
                        200,
                        Map.of("Link", "<" + github.api() + "/user/emails?page=7>; rel=\"next\""),
                        "[]".getBytes(StandardCharsets.US_ASCII)));

        assertThat(Journey.proven(Journey.signIn(upstream, settings)).email())
                .isInstanceOf(UpstreamEmail.Missing.class);
        assertThat(github.asked("/api/user/emails")).hasSize(10);
    }

    @Test
    void errorsWithStatus200AreErrors() {
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(start.location());
        assertThat(upstream.finish(settings, start.pending(), Journey.parameters(back)))
                .isInstanceOf(UpstreamOutcome.Proven.class);

        Journey.assertFailed(
                upstream.finish(settings, start.pending(), Journey.parameters(back)),
                Code.CODE_REFUSED,
                "bad_verification_code");
        Journey.assertFailed(
                Journey.signIn(upstream, settings.withSecret(Secret.of("wrong"))),
                Code.CLIENT_REFUSED,
                "incorrect_client_credentials");
    }

    @Test
    void userWithoutANumericIdIsNobody() {
        for (Object id : List.of("583231", 0, -1, 1.5)) {
            github.user(Map.of("id", id, "login", "octocat"));
            Journey.assertFailed(Journey.signIn(upstream, settings), Code.BAD_ANSWER, "numeric id");
        }
        github.replace("/api/user", request -> Reply.text(500, "oops"));
        Journey.assertFailed(Journey.signIn(upstream, settings), Code.BAD_ANSWER, "status 500");
    }

    @Test
    void answerThatNamesItsIssuerMustNameGitHub() {
        github.nameInAnswers(github.base() + "/login/oauth");
        assertThat(Journey.signIn(upstream, settings)).isInstanceOf(UpstreamOutcome.Proven.class);

        github.nameInAnswers("https://evil.example/login/oauth");
        Journey.assertFailed(Journey.signIn(upstream, settings), Code.MIX_UP, "https://evil.example");
        github.nameInAnswers(github.base() + ".evil.example/login/oauth");
        Journey.assertFailed(Journey.signIn(upstream, settings), Code.MIX_UP, "evil.example");
    }

    @Test
    void codeIsTiedByPkce() {
        AuthorizationStart.Redirect victims = Journey.start(upstream, settings);
        String stolen =
                String.valueOf(Browser.visit(victims.location()).parameters().get("code"));
        AuthorizationStart.Redirect attackers = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(attackers.location()).with("code", stolen);

        Journey.assertFailed(
                upstream.finish(settings, attackers.pending(), Journey.parameters(back)),
                Code.CODE_REFUSED,
                "code verifier");
    }

    @Test
    void signInThatWasStartedAtAnotherSiteProvesNothing() {
        AuthorizationStart.Redirect start = Journey.start(upstream, settings);
        Browser.Return back = Browser.visit(start.location());
        ConnectionSettings.GitHub moved = new ConnectionSettings.GitHub(
                "Iv1.abc",
                Secret.of("secret"),
                ConnectionSettings.GitHub.SCOPES,
                URI.create("https://github.evil.example"));

        Journey.assertFailed(
                upstream.finish(moved, start.pending(), Journey.parameters(back)), Code.MIX_UP, "another issuer");
    }

    @Test
    void enterpriseServerHasItsApiBelow() {
        ConnectionSettings.GitHub enterprise = new ConnectionSettings.GitHub(
                "Iv1.abc", Secret.of("secret"), ConnectionSettings.GitHub.SCOPES, URI.create(github.base() + "/"));
        github.replace("/api/v3/user", request -> Reply.json(Map.of("id", 7, "login", "octocat")));
        github.replace(
                "/api/v3/user/emails",
                request -> Reply.json(List.of(FakeGitHub.email("octocat@corp.example", true, true))));

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, enterprise));

        assertThat(identity.subject()).isEqualTo("7");
        assertThat(identity.email().address()).contains(new EmailAddress("octocat@corp.example"));
        Asked asked = github.asked("/api/v3/user").getFirst();
        assertThat(asked.headers()).containsEntry("x-github-api-version", "2022-11-28");
    }
}
