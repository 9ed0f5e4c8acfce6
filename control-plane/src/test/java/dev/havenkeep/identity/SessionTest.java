package dev.havenkeep.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.People.Person;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class SessionTest {

    private final Havenkeep haven;
    private final People people;

    SessionTest(Havenkeep haven) {
        this.haven = haven;
        this.people = People.of(haven);
    }

    @Test
    void signingInGivesACookieThatScriptsAndOtherSitesCannotUse() {
        Answer answer = signIn().expect(200);

        assertThat(answer.header("Set-Cookie"))
                .startsWith("haven_session=")
                .contains("Path=/", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
        assertThat(answer.text("/user/email")).isEqualTo("owner@example.com");
        assertThat(answer.json().at("/teams/0/permissions").size()).isPositive();
        assertThat(answer.body()).doesNotContain(secret(answer));
    }

    @Test
    void addressIsFoundHoweverItIsWritten() {
        assertThat(signIn(" OWNER@Example.COM ", People.PASSWORD).status()).isEqualTo(200);
        assertThat(signIn("ｏwner@example.com", People.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordAndUnknownAddressGetTheSameAnswer() {
        Answer wrong = signIn("owner@example.com", "not the password").expectProblem(401, "sign-in-failed");
        Answer unknown = signIn("nobody@example.com", "not the password").expectProblem(401, "sign-in-failed");
        Answer nonsense = signIn("\r\nSet-Cookie: a=b", "x".repeat(10_000)).expectProblem(401, "sign-in-failed");

        assertThat(unknown.text("detail")).isEqualTo(wrong.text("detail"));
        assertThat(nonsense.text("detail")).isEqualTo(wrong.text("detail"));
        signIn().expect(200);
    }

    @Test
    void sessionThatTheBrowserBringsIsNeverAdopted() {
        Client fixated = haven.anonymous().with("Cookie", "haven_session=chosen-by-somebody-else");

        Answer answer =
                people.signIn(fixated, "owner@example.com", People.PASSWORD).expect(200);

        assertThat(secret(answer)).isNotEqualTo("chosen-by-somebody-else").hasSize(43);
        fixated.get("/api/v1/session").expectProblem(401, "unauthenticated");
    }

    @Test
    void signingInAgainEndsTheSessionBefore() {
        Answer first = signIn().expect(200);
        Client browser = People.signedIn(haven.anonymous(), first);

        Answer second =
                people.signIn(browser, "owner@example.com", People.PASSWORD).expect(200);

        assertThat(secret(second)).isNotEqualTo(secret(first));
        browser.get("/api/v1/session").expect(401);
        People.signedIn(haven.anonymous(), second).get("/api/v1/session").expect(200);
    }

    @Test
    void signingOutEndsTheSession() {
        Client browser = People.signedIn(haven.anonymous(), signIn().expect(200));

        Answer gone = browser.delete("/api/v1/session").expect(204);

        assertThat(gone.header("Set-Cookie")).contains("haven_session=;", "Max-Age=0");
        browser.get("/api/v1/session").expect(401);
    }

    @Test
    void mutationNeedsTheSessionsOwnCsrfToken() {
        Answer mine = signIn().expect(200);
        Answer other = signIn().expect(200);
        Client cookieOnly = haven.anonymous().with("Cookie", "haven_session=" + secret(mine));

        cookieOnly.patch("/api/v1/me", Map.of("name", "Mallory")).expectProblem(403, "csrf-token-missing");
        cookieOnly
                .with("X-CSRF-Token", other.text("csrfToken"))
                .patch("/api/v1/me", Map.of("name", "Mallory"))
                .expectProblem(403, "csrf-token-wrong");
        cookieOnly
                .with("X-CSRF-Token", mine.text("csrfToken"))
                .patch("/api/v1/me", Map.of("name", "Olivia Owner"))
                .expect(200);
        assertThat(cookieOnly.get("/api/v1/session").expect(200).text("csrfToken"))
                .isEqualTo(mine.text("csrfToken"));
    }

    @Test
    void mutationFromAnotherSiteIsRefusedEvenWithEverythingElseRight() {
        Client browser = People.signedIn(haven.anonymous(), signIn().expect(200));

        browser.with("Origin", "https://evil.example")
                .patch("/api/v1/me", Map.of("name", "Mallory"))
                .expectProblem(403, "cross-site-request");
        browser.with("Origin", "null")
                .patch("/api/v1/me", Map.of("name", "Mallory"))
                .expectProblem(403, "cross-site-request");
        browser.with("Sec-Fetch-Site", "cross-site")
                .patch("/api/v1/me", Map.of("name", "Mallory"))
                .expectProblem(403, "cross-site-request");
        people.signIn(haven.anonymous().with("Origin", "https://evil.example"), "owner@example.com", People.PASSWORD)
                .expectProblem(403, "cross-site-request");
        browser.with("Origin", haven.url())
                .patch("/api/v1/me", Map.of("name", "Olivia Owner"))
                .expect(200);
    }

    @Test
    void peopleSeeAndEndTheirOwnSessionsOnly() {
        Person person = people.join("viewer");
        Answer second = people.signIn(
                        haven.anonymous().with("User-Agent", "Other browser"), person.email(), People.PASSWORD)
                .expect(200);
        Client other = People.signedIn(haven.anonymous(), second);

        Answer list = person.client().get("/api/v1/sessions").expect(200);
        assertThat(list.json().path("items").size()).isEqualTo(2);
        assertThat(list.json().at("/items/0/current").asBoolean()).isTrue();
        assertThat(list.text("/items/1/userAgent")).isEqualTo("Other browser");
        String otherId = list.text("/items/1/id");

        people.owner().client().delete("/api/v1/sessions/" + otherId).expect(404);
        other.get("/api/v1/session").expect(200);
        person.client().delete("/api/v1/sessions/" + otherId).expect(204);
        other.get("/api/v1/session").expect(401);
    }

    @Test
    void changingThePasswordEndsEveryOtherSession() {
        Person person = people.join("viewer");
        Client other =
                People.signedIn(haven.anonymous(), people.signIn(haven.anonymous(), person.email(), People.PASSWORD));
        String next = "another long enough passphrase";

        person.client()
                .post("/api/v1/me/password", Map.of("current", "wrong", "new", next))
                .expectProblem(422, "invalid-input");
        person.client()
                .post("/api/v1/me/password", Map.of("current", People.PASSWORD, "new", "password1234!"))
                .expectProblem(422, "invalid-input");
        person.client()
                .post("/api/v1/me/password", Map.of("current", People.PASSWORD, "new", next))
                .expect(204);

        person.client().get("/api/v1/session").expect(200);
        other.get("/api/v1/session").expect(401);
        people.signIn(haven.anonymous(), person.email(), People.PASSWORD).expect(401);
        people.signIn(haven.anonymous(), person.email(), next).expect(200);
    }

    @Test
    void namesAreKeptAsTypedUnlessTheyMislead() {
        Person person = people.join("viewer");

        for (String name :
                new String[] {"Zoë O’Brien 👩‍🚀", "<script>alert(1)</script>", "'; DROP TABLE users; --", "$(id) `id`"
                }) {
            assertThat(person.client()
                            .patch("/api/v1/me", Map.of("name", name))
                            .expect(200)
                            .text("name"))
                    .isEqualTo(name);
        }
        for (String name :
                new String[] {"a\r\nX-Injected: yes", "a\u0000b", "\u202Egnp.exe", "", "  ", "x".repeat(65_536)}) {
            person.client().patch("/api/v1/me", Map.of("name", name)).expectProblem(422, "invalid-input");
        }
    }

    @Test
    void answersTellBrowsersToBeCareful() {
        HttpHeaders headers = haven.anonymous().get("/api/v1/setup").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElse("")).contains("frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void apiPathsAreSpeltInOneWayOnly() {
        Client browser = People.signedIn(haven.anonymous(), signIn().expect(200));

        for (String path : new String[] {
            "/%61pi/v1/session", "/api/v1/s%65ssion", "/api/v1/../v1/session", "//api/v1/session", "/api/v1/session;a=b"
        }) {
            browser.get(path).expectProblem(400, "malformed-request");
        }
    }

    private Answer signIn() {
        return signIn("owner@example.com", People.PASSWORD);
    }

    private Answer signIn(String email, String password) {
        return people.signIn(haven.anonymous(), email, password);
    }

    private static String secret(Answer answer) {
        String cookie = answer.header("Set-Cookie");
        return cookie.substring("haven_session=".length(), cookie.indexOf(';'));
    }
}
