package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What surrounds the API: health, metrics, pages, and the headers of every answer. */
@OnBothDatabases
class SurroundingsTest {

    private final Client anyone;
    private final People people;

    SurroundingsTest(Havenkeep haven) {
        anyone = haven.anonymous();
        people = People.of(haven);
    }

    @Test
    void healthSaysWhetherTheProcessLivesAndCanWork() {
        assertThat(anyone.get("/health/live").expect(200).text("status")).isEqualTo("UP");
        Answer ready = anyone.get("/health/ready").expect(200);
        assertThat(ready.text("/checks/database")).isEqualTo("UP");
        assertThat(ready.text("/checks/scheduler")).isEqualTo("UP");
    }

    @Test
    void metricsAreForThisMachineAndForTokens() {
        Answer local = anyone.get("/metrics").expect(200);
        assertThat(local.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
        assertThat(local.body()).contains("jvm_memory_used_bytes", "http_server_requests_seconds", "hikaricp_");

        Client proxied = anyone.with("X-Forwarded-For", "203.0.113.9");
        proxied.get("/metrics").expectProblem(401, "unauthenticated");
        people.withToken(people.owner(), people.team(), "team:read")
                .with("X-Forwarded-For", "203.0.113.9")
                .get("/metrics")
                .expect(200);
    }

    @Test
    void browserGetsTheConsoleAtAnyAddressOutsideOfTheApi() {
        Client browser = anyone.with("Accept", "text/html,application/xhtml+xml");
        for (String path : List.of("/", "/projects/x", "/invitations/accept?token=abc")) {
            Answer page = browser.get(path).expect(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
        }
        browser.get("/api/v1/nothing").expectProblem(404, "not-found");
        browser.get("/assets/missing.js").expectProblem(404, "not-found");
        anyone.get("/projects/x").expectProblem(404, "not-found");
        browser.send("POST", "/", null, null).expectProblem(404, "not-found");
    }

    @Test
    void pathsThatClimbAreRefused() {
        for (String path :
                List.of("/..%2fapplication.yaml", "/%2e%2e/application.yaml", "/docs/..%2f..%2fapplication.yaml")) {
            Answer answer = anyone.with("Accept", "text/html").get(path);
            assertThat(answer.body()).doesNotContain("datasource", "flyway");
        }
    }

    @Test
    void everyAnswerKeepsABrowserSafe() {
        for (String path : List.of("/", "/api/v1/setup", "/api/v1/teams", "/health/live", "/docs")) {
            Answer answer = anyone.with("Accept", "text/html, application/json;q=0.9, */*;q=0.1")
                    .get(path);
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("X-Request-ID")).isNotEmpty();
        }
    }

    @Test
    void unknownAddressAndMethodAreProblems() {
        anyone.get("/api/v1/nothing").expectProblem(404, "not-found");
        people.owner()
                .client()
                .send("PUT", "/api/v1/teams", "application/json", "{}")
                .expectProblem(405, "method-not-allowed");
        anyone.get("/error").expectProblem(404, "not-found");
        anyone.send("OPTIONS", "/api/v1/nothing", null, null).expectProblem(404, "not-found");
    }

    @Test
    void optionsTellTheMethodsAndHeadTheHeaders() {
        Answer options = anyone.send("OPTIONS", "/api/v1/teams", null, null).expect(200);
        assertThat(options.header("Allow")).contains("GET", "POST").doesNotContain("DELETE");
        Answer head = people.owner()
                .client()
                .send("HEAD", "/api/v1/teams", null, null)
                .expect(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Type")).startsWith("application/json");
        anyone.send("HEAD", "/api/v1/teams", null, null).expect(401);
    }

    @Test
    void pagesOfOtherSitesAreNotLetIn() {
        Client page = anyone.with("Origin", "https://evil.example");
        for (Answer answer : List.of(
                page.get("/api/v1/setup"),
                page.with("Access-Control-Request-Method", "POST").send("OPTIONS", "/api/v1/session", null, null))) {
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        }
    }

    @Test
    void everyAnswerSaysWhatIsLeftAndNoneSaysWhatServesIt() {
        Answer answer = people.owner().client().get("/api/v1/teams").expect(200);
        assertThat(answer.header("RateLimit")).startsWith("\"caller\";r=");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by", "deprecation");
        assertThat(anyone.with("X-Request-ID", "mine-1").get("/api/v1/setup").header("X-Request-ID"))
                .isEqualTo("mine-1");
    }
}
