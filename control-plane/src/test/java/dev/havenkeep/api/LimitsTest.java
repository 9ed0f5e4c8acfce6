package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static Havenkeep haven;
    private static People people;

    @BeforeAll
    static void boot() {
        haven = Havenkeep.start(
                DatabaseKind.SQLITE,
                Map.of(
                        "haven.limits.requests-per-minute",
                        "60",
                        "haven.limits.anonymous-requests-per-minute",
                        "30",
                        "haven.limits.sign-ins-per-minute",
                        "10",
                        "haven.limits.body-bytes",
                        "5000"));
        people = People.of(haven);
    }

    @AfterAll
    static void stop() {
        haven.close();
    }

    @Test
    void callerWhoAsksTooMuchIsToldWhenToComeBack() {
        Client owner = people.owner().client();
        haven.clock().advance(Duration.ofMinutes(2));
        Answer first = owner.get("/api/v1/teams").expect(200);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"caller\";q=60;w=60");
        assertThat(first.header("RateLimit")).isEqualTo("\"caller\";r=59;t=0");

        Answer last = first;
        for (int i = 0; i < 100 && last.status() == 200; i++) {
            last = owner.get("/api/v1/teams");
        }

        last.expectProblem(429, "too-many-requests");
        assertThat(last.header("Retry-After")).isEqualTo("1");
        haven.clock().advance(Duration.ofSeconds(5));
        owner.get("/api/v1/teams").expect(200);
    }

    @Test
    void signingInHasASmallBucketOfItsOwn() {
        haven.clock().advance(Duration.ofMinutes(2));
        Answer last = people.signIn(haven.anonymous(), "nobody@example.com", "wrong");
        for (int i = 1; i < 12; i++) {
            last = people.signIn(haven.anonymous(), "nobody" + i + "@example.com", "wrong");
        }

        last.expectProblem(429, "too-many-requests");
        haven.anonymous().get("/api/v1/setup").expect(200);
    }

    @Test
    void bucketsFillEvenlyAndFullOnesAreForgotten() {
        TestClock clock = new TestClock();
        TokenBuckets buckets = new TokenBuckets(60, clock);
        for (int i = 0; i < 60; i++) {
            assertThat(buckets.take("a").allowed()).isTrue();
        }
        assertThat(buckets.take("b").allowed()).isTrue();

        clock.advance(Duration.ofSeconds(2));

        assertThat(buckets.take("a").allowed()).isTrue();
        assertThat(buckets.take("a").allowed()).isTrue();
        clock.advance(Duration.ofMinutes(5));
        for (int i = 0; i < 10_000; i++) {
            buckets.take("c" + i % 2);
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void bodyBeyondTheLimitIsRefusedWhetherAnnouncedOrNot() throws Exception {
        haven.clock().advance(Duration.ofMinutes(2));
        String large = "{\"name\":\"" + "x".repeat(6_000) + "\"}";
        Client owner = people.owner().client();

        owner.send("POST", "/api/v1/teams", "application/json", large).expectProblem(413, "body-too-large");
        owner.chunked("POST", "/api/v1/teams", "application/json", large).expectProblem(413, "body-too-large");
        owner.with("Idempotency-Key", "large")
                .chunked("POST", "/api/v1/teams", "application/json", large)
                .expectProblem(413, "body-too-large");
    }
}
