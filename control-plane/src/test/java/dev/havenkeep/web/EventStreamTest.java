package dev.havenkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class EventStreamTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final AtomicInteger INTERRUPTED = new AtomicInteger();
    private static WebTestApplication.Running application;

    @BeforeAll
    static void boot() {
        application = WebTestApplication.with(Streams.class, "--haven.event-stream-heartbeat=100ms");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @RestController
    static class Streams {

        @GetMapping(path = "/count", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        void streamCount(EventStream stream) {
            int from = stream.lastEventId() == null ? 1 : Integer.parseInt(stream.lastEventId()) + 1;
            stream.serve(feed -> {
                for (int i = from; i <= 5_000; i++) {
                    feed.send(new EventStream.Event(
                            Integer.toString(i), "number", Map.of("number", i, "text", "line\nbreak")));
                }
            });
        }

        @GetMapping(path = "/wait", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        void streamNothing(EventStream stream) {
            stream.serve(feed -> {
                try {
                    feed.awaitEnd();
                } catch (InterruptedException e) {
                    INTERRUPTED.incrementAndGet();
                    throw e;
                }
            });
        }

        @GetMapping(path = "/revoked", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        void streamUntilRevoked(EventStream stream, HttpServletRequest request) {
            AtomicInteger checks = new AtomicInteger();
            Standing.require(request, () -> {
                if (checks.incrementAndGet() > 1) {
                    throw new ProblemException(Problem.unauthenticated("The session is over."));
                }
            });
            stream.serve(feed -> {
                feed.send(new EventStream.Event("1", "number", 1));
                feed.awaitEnd();
            });
        }

        @GetMapping(path = "/flood", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        void streamFlood(EventStream stream) {
            stream.serve(feed -> {
                // More than buffers of any kind hold, for a client that does not read.
                String filling = "x".repeat(100_000);
                for (int i = 0; i < 3_000; i++) {
                    feed.offer(new EventStream.Event(Integer.toString(i), "flood", filling));
                }
                feed.awaitEnd();
            });
        }

        @GetMapping(path = "/refused", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        void streamRefused(EventStream stream) {
            throw new ProblemException(Problem.notFound("There is no such log."));
        }

        @GetMapping(path = "/failing", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        void streamFailing(EventStream stream) {
            stream.serve(feed -> {
                feed.send(new EventStream.Event("1", "number", 1));
                throw new ProblemException(Problem.conflict("gone-away", "Gone away", "The container is gone."));
            });
        }
    }

    @Test
    void streamGivesEveryEventInOrderAndEndsWithItsSource() throws IOException {
        List<String> lines = readAll("/count", null);

        assertThat(lines).contains("id: 1", "event: number").doesNotContain("break\"}");
        assertThat(lines.stream().filter(line -> line.startsWith("id: ")).toList())
                .hasSize(5_000)
                .startsWith("id: 1")
                .endsWith("id: 5000");
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("data: "))
                        .findFirst()
                        .orElseThrow())
                .contains("line\\nbreak");
    }

    @Test
    void clientThatComesBackGoesOnAfterTheLastEventItSaw() throws IOException {
        assertThat(readAll("/count", "4998").stream().filter(line -> line.startsWith("id: ")))
                .containsExactly("id: 4999", "id: 5000");
        assertThat(readAll("/count?lastEventId=4999", null).stream().filter(line -> line.startsWith("id: ")))
                .containsExactly("id: 5000");
    }

    @Test
    void idleStreamSendsHeartbeatsAndNoticesThatItsClientIsGone() throws IOException {
        int before = INTERRUPTED.get();
        HttpResponse<InputStream> response = application.client().stream("/wait");
        try (BufferedReader reader = reader(response)) {
            assertThat(reader.readLine()).isEqualTo("retry: 1000");
            assertThat(reader.readLine()).isEmpty();
            assertThat(reader.readLine()).startsWith(":");
        }

        Awaitility.await().atMost(DEADLINE).until(() -> INTERRUPTED.get() == before + 1);
        Awaitility.await().atMost(DEADLINE).until(() -> streams().size() == 0);
    }

    @Test
    void streamEndsWhenItsCallerLosesTheRightToListen() throws IOException {
        List<String> lines = readAll("/revoked", null);

        assertThat(lines).contains("id: 1", "event: problem");
        assertThat(lines.get(lines.size() - 2)).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void clientThatReadsTooSlowlyIsCutOff() throws IOException {
        HttpResponse<InputStream> response = application.client().stream("/flood");
        int events = 0;
        try (BufferedReader reader = reader(response)) {
            Awaitility.await().atMost(DEADLINE).until(() -> streams().size() <= 1);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                events += line.startsWith("id: ") ? 1 : 0;
            }
        }

        assertThat(events).isLessThan(3_000);
    }

    @Test
    void problemBeforeTheFirstEventIsAnsweredAsAProblem() {
        application.client().with("Accept", "text/event-stream").get("/refused").expectProblem(404, "not-found");
    }

    @Test
    void streamHasNoHead() {
        assertThat(application.client().send("HEAD", "/wait", null, null).status())
                .isEqualTo(405);
    }

    @Test
    void oneCallerHasAHundredStreamsAtMost() throws IOException {
        List<InputStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                open.add(application.client().stream("/wait").body());
            }

            application
                    .client()
                    .with("Accept", "text/event-stream")
                    .get("/wait")
                    .expectProblem(429, "too-many-streams");
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
        }
        Awaitility.await().atMost(DEADLINE).until(() -> streams().size() == 0);
    }

    @Test
    void sourceThatFailsEndsTheStreamWithTheProblem() throws IOException {
        List<String> lines = readAll("/failing", null);

        assertThat(lines).contains("event: number", "event: problem");
        assertThat(lines.getLast().isEmpty() ? lines.get(lines.size() - 2) : lines.getLast())
                .contains("\"code\":\"gone-away\"");
    }

    @Test
    void openStreamsEndWhenTheApplicationStops() throws Exception {
        WebTestApplication.Running own = WebTestApplication.with(Streams.class, "--server.shutdown=graceful");
        HttpResponse<InputStream> response = own.client().stream("/wait");
        try (BufferedReader reader = reader(response)) {
            assertThat(reader.readLine()).isEqualTo("retry: 1000");
            CountDownLatch stopped = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                own.close();
                stopped.countDown();
            });

            assertThat(reader.readLine()).isEmpty();
            assertThat(reader.readLine()).as("the end").isNull();
            assertThat(stopped.await(DEADLINE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static EventStreams streams() {
        return application.context().getBean(EventStreams.class);
    }

    private static List<String> readAll(String path, @org.jspecify.annotations.Nullable String lastEventId)
            throws IOException {
        var client = lastEventId == null
                ? application.client()
                : application.client().with("Last-Event-ID", lastEventId);
        HttpResponse<InputStream> response = client.stream(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = reader(response)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }
}
