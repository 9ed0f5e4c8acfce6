package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.answering;
import static dev.havenkeep.deployments.Workplace.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The same on a server that Havenkeep reaches by nothing but SSH, and what becomes of it when the connection breaks. */
class DeploymentsOverSshTest extends CancellationScenarios {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Breaking breaking = new Breaking();
    private SshSite site;

    @SuppressWarnings("NullAway.Init")
    DeploymentsOverSshTest() {}

    @Override
    Workplace workplace() {
        site = SshSite.start();
        Havenkeep haven = Workplace.start(
                DatabaseKind.SQLITE,
                site,
                context -> ((GenericApplicationContext) context)
                        .registerBean(DeploymentRunner.StepListener.class, () -> breaking));
        return Workplace.open(haven, site);
    }

    @Test
    void aConnectionThatBreaksDuringEachStepIsMadeAgainAndNoVisitorNotices() {
        String application = work.application(answering("'release '+process.env.HAVEN_RELEASE"), Map.of("port", 3000));
        String host = work.domain(application);
        work.deployed(application);

        try (Visitor visitor = new Visitor(work, host)) {
            breaking.on();
            work.deployed(application);
            assertThat(breaking.off())
                    .containsExactly(Step.FETCHING, Step.STARTING, Step.CHECKING, Step.SWITCHING, Step.DRAINING);
            visitor.sawOnlyAnswers();
        }

        assertThat(work.get(host, "/").body()).isEqualTo("release 2");
        assertThat(work.containers(application)).hasSize(1).allMatch(line -> line.endsWith(" running"));
    }

    @Test
    void aBuildThatLosesItsConnectionIsDoneAgain() {
        String line = "building " + UUID.randomUUID();
        repository.write("Dockerfile", """
                        FROM node:20
                        RUN echo LINE && sleep 3
                        CMD ["node", "-e", "require('http').createServer((q,s)=>s.end('built')).listen(3000,'0.0.0.0')"]
                        """.replace("LINE", line)).push("main", "Take a while");
        String application = gitApplication();
        String host = work.domain(application);
        String deployment = work.request(application, Map.of()).text("id");
        awaitLog(deployment, line);

        site.breakConnections();

        succeeded(work.ended(deployment));
        assertThat(work.get(host, "/")).isEqualTo(new Edged(200, "built"));
    }

    @Test
    void aServerThatStaysAwayFailsTheDeploymentWhichIsUndoneOnceItIsBack() {
        String application = work.application(answering("'one'"), Map.of("port", 3000));
        String host = work.domain(application);
        work.deployed(application);
        work.configure(application, Map.of("command", List.of("sleep", "600")));
        String deployment = work.request(application, Map.of()).text("id");
        work.reaches(deployment, State.CHECKING);

        site.refuseConnections();
        try {
            await().atMost(Workplace.LONG)
                    .untilAsserted(() -> assertThat(work.deployment(deployment)
                                    .path("problem")
                                    .path("code")
                                    .asString())
                            .isEqualTo("server-unreachable"));
            assertThat(work.get(host, "/")).isEqualTo(new Edged(200, "one"));
        } finally {
            site.acceptConnections();
        }

        assertThat(work.ended(deployment).path("state").asString()).isEqualTo("failed");
        assertThat(work.get(host, "/")).isEqualTo(new Edged(200, "one"));
        assertThat(work.containers(application)).hasSize(1).allMatch(container -> container.endsWith(" running"));
    }

    @Test
    void aBuildWhoseEngineIsStartedAnewIsDoneAgain() {
        String line = "building " + UUID.randomUUID();
        repository.write("Dockerfile", """
                        FROM node:20
                        RUN echo LINE && sleep 5
                        CMD ["node", "-e", "require('http').createServer((q,s)=>s.end('built')).listen(3000,'0.0.0.0')"]
                        """.replace("LINE", line)).push("main", "Take a while");
        String application = gitApplication();
        String host = work.domain(application);
        String deployment = work.request(application, Map.of()).text("id");
        awaitLog(deployment, line);

        site.killEngine();
        site.startEngine();

        succeeded(work.ended(deployment));
        assertThat(work.get(host, "/")).isEqualTo(new Edged(200, "built"));
        assertThat(work.containers(application)).hasSize(1).allMatch(container -> container.endsWith(" running"));
    }

    @Test
    @Timeout(120)
    void whatAContainerPrintsIsReadOnAfterTheConnectionBroke() {
        String application = work.application("let n=0;setInterval(()=>console.log('line '+n++),20)", Map.of());
        work.deployed(application);

        List<Streams.Event> seen = new ArrayList<>();
        try (Streams log = Streams.open(work.api, "/api/v1/applications/" + application + "/logs?tail=10000")) {
            seen.addAll(log.until(event -> event.data().contains("line 250\"")));
            site.breakConnections();
            seen.addAll(log.until(event -> event.data().contains("line 600\"")));
        }

        assertThat(seen)
                .extracting(event -> JSON.readTree(event.data()).path("text").asString())
                .isEqualTo(
                        IntStream.rangeClosed(0, 600).mapToObj(n -> "line " + n).toList());
    }

    /** Breaks every connection to the server soon after each step has begun. */
    private final class Breaking implements DeploymentRunner.StepListener {

        private final Map<Step, CompletableFuture<Void>> breaks = Collections.synchronizedMap(new LinkedHashMap<>());
        private volatile boolean on;

        void on() {
            on = true;
        }

        /** Answers the steps during which it did. */
        Set<Step> off() {
            on = false;
            breaks.values().forEach(CompletableFuture::join);
            return breaks.keySet();
        }

        @Override
        public void before(DeploymentId deployment, Step step, boolean undoing) {
            if (on) {
                breaks.put(step, CompletableFuture.runAsync(site::breakConnections));
            }
        }

        @Override
        public void after(DeploymentId deployment, Step step, boolean undoing) {}
    }
}
