package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Kills the control plane at each point of a deployment, and sees what the next one makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {

    private ControlPlane plane;
    private String application;
    private String host;
    private final AtomicInteger version = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    CrashTest() {}

    @BeforeAll
    void deployTheFirstVersion(@TempDir Path folder) throws IOException {
        plane = new ControlPlane(folder, Site.local());
        plane.start();
        application = plane.work()
                .application(
                        answering("process.env.VERSION"),
                        Map.of(
                                "port",
                                3000,
                                "volumes",
                                List.of(Map.of("name", "data", "mountPath", "/data")),
                                "releaseCommand",
                                List.of("node", "-e", "require('fs').appendFileSync('/data/releases','x')"),
                                "healthCheck",
                                Map.of("path", "/", "intervalSeconds", 1, "startPeriodSeconds", 2, "retries", 1)));
        host = plane.work().domain(application);
        nextVersion();
        plane.work().deployed(application);
    }

    @AfterAll
    void close() {
        plane.close();
    }

    static Stream<String> points() {
        List<String> points = new ArrayList<>();
        for (Step step :
                List.of(Step.FETCHING, Step.RELEASING, Step.STARTING, Step.CHECKING, Step.SWITCHING, Step.DRAINING)) {
            points.add("before " + step.text());
            points.add("after " + step.text());
        }
        return points.stream();
    }

    @ParameterizedTest
    @MethodSource("points")
    void aDeploymentThatWasKilledGoesOnAndTheApplicationNeverStopsAnswering(String point) throws IOException {
        int releases = releases();
        try (Visitor visitor = new Visitor()) {
            int next = nextVersion();
            String deployment = plane.killAt(
                    point, () -> plane.work().request(application, Map.of()).text("id"));

            plane.start();
            JsonNode ended = plane.work().ended(deployment);

            assertThat(ended.path("state").asString())
                    .as(ended.toPrettyString())
                    .isEqualTo("succeeded");
            assertThat(plane.work().get(host, "/").body()).isEqualTo("v" + next);
            visitor.sawOnlyAnswers();
        }
        assertThat(releases()).isEqualTo(releases + 1);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before undoing checking", "before undoing starting", "after undoing starting"})
    void undoingThatWasKilledGoesOnUndoing(String point) throws IOException {
        int before = version.get();
        plane.work().configure(application, Map.of("command", List.of("node", "-e", "process.exit(1)")));
        try (Visitor visitor = new Visitor()) {
            String deployment = plane.killAt(
                    point, () -> plane.work().request(application, Map.of()).text("id"));

            plane.start();
            JsonNode ended = plane.work().ended(deployment);

            assertThat(ended.path("state").asString()).isEqualTo("failed");
            assertThat(ended.path("problem").path("code").asString()).isEqualTo("container-exited");
            assertThat(plane.work().get(host, "/").body()).isEqualTo("v" + before);
            visitor.sawOnlyAnswers();
        } finally {
            plane.work()
                    .configure(application, Map.of("command", List.of("node", "-e", answering("process.env.VERSION"))));
        }
        assertNothingIsLeft();
    }

    @Test
    void whatWaitedBehindTheKilledOneRunsToo() throws IOException {
        nextVersion();
        List<String> waiting = new ArrayList<>();
        String first = plane.killAt("before checking", () -> {
            String id = plane.work().request(application, Map.of()).text("id");
            plane.awaitStandstill();
            waiting.add(plane.work().request(application, Map.of()).text("id"));
            return id;
        });

        plane.start();

        Workplace.succeeded(plane.work().ended(first));
        Workplace.succeeded(plane.work().ended(waiting.getFirst()));
        assertNothingIsLeft();
    }

    @Test
    void aDeploymentThatWasInterruptedByAnOrderlyStopGoesOn() throws IOException {
        int next = nextVersion();
        plane.work()
                .configure(
                        application,
                        Map.of(
                                "command",
                                List.of(
                                        "node",
                                        "-e",
                                        "setTimeout(()=>{" + answering("process.env.VERSION") + "},2500)")));
        String deployment = plane.work().request(application, Map.of()).text("id");
        plane.work().reaches(deployment, State.CHECKING);

        plane.stopInGoodOrder();
        plane.start();

        Workplace.succeeded(plane.work().ended(deployment));
        assertThat(plane.work().get(host, "/").body()).isEqualTo("v" + next);
        plane.work().configure(application, Map.of("command", List.of("node", "-e", answering("process.env.VERSION"))));
        assertNothingIsLeft();
    }

    /** Exactly one container, which runs; no release command's; and the next deployment works. */
    private void assertNothingIsLeft() {
        assertThat(plane.work().containers(application)).hasSize(1).allMatch(line -> line.endsWith(" running"));
        assertThat(plane.work().status(application).path("state").asString()).isEqualTo("running");
    }

    private int nextVersion() {
        int next = version.incrementAndGet();
        plane.work()
                .api
                .put(
                        "/api/v1/applications/" + application + "/variables",
                        Map.of("items", List.of(Map.of("name", "VERSION", "value", "v" + next))))
                .expect(200);
        return next;
    }

    /** How often the release command has run. */
    private int releases() {
        String container = plane.work().containers(application).getFirst().split(" ")[0];
        return plane.work()
                .site
                .docker("exec", container, "cat", "/data/releases")
                .getFirst()
                .length();
    }

    /** Somebody who keeps asking, and wants an answer each time. */
    private final class Visitor implements AutoCloseable {

        private final AtomicBoolean going = new AtomicBoolean(true);
        private final List<Edged> refused = java.util.Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger answered = new AtomicInteger();
        private final Thread thread;

        Visitor() {
            thread = Thread.ofVirtual().start(() -> {
                while (going.get()) {
                    Edged answer = plane.work().get(host, "/");
                    if (answer.status() == 200) {
                        answered.incrementAndGet();
                    } else {
                        refused.add(answer);
                    }
                }
            });
        }

        void sawOnlyAnswers() {
            assertThat(refused).isEmpty();
            await().atMost(Duration.ofSeconds(5)).until(() -> answered.get() > 10);
        }

        @Override
        public void close() {
            going.set(false);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
