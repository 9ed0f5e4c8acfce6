package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.answering;
import static dev.havenkeep.deployments.Workplace.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What deployments do on a real server behind a real edge, asked for over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeploymentScenarios {

    private static final Map<String, ?> PORT = Map.of("port", 3000);
    private static final Map<String, ?> QUICK_TO_FAIL =
            Map.of("path", "/health", "intervalSeconds", 1, "startPeriodSeconds", 5, "retries", 1);

    Workplace work;

    @SuppressWarnings("NullAway.Init")
    DeploymentScenarios() {}

    /** Where all of this happens; closed after it. */
    abstract Workplace workplace();

    @BeforeAll
    void open() {
        work = workplace();
    }

    @AfterAll
    void close() {
        work.close();
    }

    @Test
    void deployOfAnImageServesThroughTheEdge() {
        String application =
                work.application(answering("'release '+process.env.HAVEN_RELEASE+' on '+process.env.PORT"), PORT);
        String host = work.domain(application);

        JsonNode deployment = work.deployed(application);

        assertThat(work.get(host, "/")).isEqualTo(new Edged(200, "release 1 on 3000"));
        assertThat(steps(deployment))
                .containsExactly(
                        "fetching succeeded",
                        "building skipped",
                        "pushing skipped",
                        "releasing skipped",
                        "starting succeeded",
                        "checking succeeded",
                        "switching succeeded",
                        "draining succeeded");
        assertThat(work.status(application).path("state").asString()).isEqualTo("running");
        assertThat(work.status(application).path("replicasRunning").asInt()).isEqualTo(1);
    }

    @Test
    void changedVariablesAreReleasedWithoutFetchOrBuild() {
        String application = work.application(answering("process.env.GREETING"), PORT);
        String host = work.domain(application);
        work.deployed(application);
        work.api
                .post(
                        "/api/v1/applications/" + application + "/variables",
                        Map.of("name", "GREETING", "value", "how do you do", "kind", "secret"))
                .expect(201);
        assertThat(work.status(application).path("pendingChanges").asBoolean()).isTrue();

        JsonNode deployment = succeeded(work.deploy(application, Map.of("build", "never")));

        assertThat(steps(deployment)).contains("fetching skipped", "building skipped");
        assertThat(work.get(host, "/").body()).isEqualTo("how do you do");
        assertThat(work.status(application).path("pendingChanges").asBoolean()).isFalse();
        assertThat(work.containers(application)).hasSize(1);
    }

    @Test
    void failingReleaseCommandKeepsTheOldVersionServing() {
        String application = work.application(answering("'one'"), PORT);
        String host = work.domain(application);
        work.deployed(application);
        work.configure(
                application,
                Map.of(
                        "command",
                        List.of("node", "-e", answering("'two'")),
                        "releaseCommand",
                        List.of("node", "-e", "console.log('migrating');process.exit(3)")));

        JsonNode deployment = work.deploy(application);

        assertThat(deployment.path("state").asString()).isEqualTo("failed");
        assertThat(deployment.path("problem").path("code").asString()).isEqualTo("release-command-failed");
        assertThat(deployment.path("problem").path("detail").asString()).contains("exit code 3", "migrating");
        assertThat(work.get(host, "/").body()).isEqualTo("one");
        assertThat(work.containers(application)).hasSize(1);
    }

    @Test
    void releaseCommandRunsOnceInTheNewImageBeforeItsContainers() {
        String application = work.application(
                answering("'two'"),
                Map.of("port", 3000, "releaseCommand", List.of("node", "-e", "console.log('migrated')")));

        JsonNode deployment = work.deployed(application);

        assertThat(steps(deployment)).contains("releasing succeeded");
        assertThat(log(deployment)).anySatisfy(event -> assertThat(event.data()).contains("migrated", "releasing"));
        assertThat(work.containers(application)).hasSize(1);
    }

    @Test
    void containerThatExitsAtOnceFailsAndTheOldOneServes() {
        failsAndTheOldOneServes(
                "console.log('no database');process.exit(7)", "container-exited", "exit code 7", "no database");
    }

    @Test
    void portThatNothingListensOnFailsAndTheOldOneServes() {
        failsAndTheOldOneServes(
                "require('http').createServer((q,s)=>s.end('x')).listen(4000)",
                "port-not-listening",
                "port 3000",
                "4000");
    }

    @Test
    void healthCheckThatNeverPassesFailsAndTheOldOneServes() {
        failsAndTheOldOneServes(
                "require('http').createServer((q,s)=>{s.statusCode=500;s.end()}).listen(3000,'0.0.0.0')",
                "health-check-failed",
                "answers with 500");
    }

    private void failsAndTheOldOneServes(String script, String code, String... words) {
        String application = work.application(answering("'old'"), PORT);
        String host = work.domain(application);
        work.deployed(application);
        work.configure(application, Map.of("command", List.of("node", "-e", script), "healthCheck", QUICK_TO_FAIL));

        JsonNode deployment = work.deploy(application);

        assertThat(deployment.path("state").asString()).isEqualTo("failed");
        assertThat(deployment.path("problem").path("code").asString())
                .as(deployment.path("problem").toPrettyString())
                .isEqualTo(code);
        assertThat(deployment.path("problem").path("detail").asString()).contains(words);
        assertThat(work.get(host, "/")).isEqualTo(new Edged(200, "old"));
        assertThat(work.containers(application)).hasSize(1);
        assertThat(work.status(application).path("state").asString()).isEqualTo("running");
    }

    @Test
    void aWorkerWithoutAPortIsLiveOnceItRunsStably() {
        String application = work.application("setInterval(()=>console.log('tick'),100)", Map.of());

        work.deployed(application);

        assertThat(work.containers(application)).hasSize(1).allMatch(line -> line.endsWith(" running"));
    }

    @Test
    void aCommandCheckDecidesWhenItIsConfigured() {
        String application = work.application(
                "setTimeout(()=>require('fs').writeFileSync('/tmp/ready',''),500);setInterval(()=>{},1000)",
                Map.of("healthCheck", Map.of("command", List.of("test", "-e", "/tmp/ready"), "intervalSeconds", 1)));

        work.deployed(application);
    }

    @Test
    void aNewerDeploymentSupersedesTheOneThatWaits() {
        String application = work.application(answering("'slow'"), slowToBeHealthy(3_000));
        String first = work.request(application, Map.of()).text("id");
        work.reaches(first, State.CHECKING);
        String second = work.request(application, Map.of()).text("id");
        String third = work.request(application, Map.of()).text("id");

        assertThat(work.ended(second).path("state").asString()).isEqualTo("superseded");
        succeeded(work.ended(first));
        succeeded(work.ended(third));
        assertThat(work.containers(application)).hasSize(1);
    }

    private static Map<String, ?> slowToBeHealthy(int millis) {
        return Map.of(
                "port",
                3000,
                "command",
                List.of("node", "-e", "setTimeout(()=>{" + answering("'slow'") + "}," + millis + ")"));
    }

    @Test
    void cancellingWhileCheckingUndoesWithinFiveSeconds() {
        String application = work.application(answering("'one'"), PORT);
        String host = work.domain(application);
        work.deployed(application);
        work.configure(application, slowToBeHealthy(60_000));
        String deployment = work.request(application, Map.of()).text("id");
        work.reaches(deployment, State.CHECKING);

        long start = System.nanoTime();
        work.api.post("/api/v1/deployments/" + deployment + "/cancel").expect(202);
        JsonNode ended = work.ended(deployment);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(ended.path("state").asString()).isEqualTo("cancelled");
        assertThat(work.get(host, "/").body()).isEqualTo("one");
        assertThat(work.containers(application)).hasSize(1);
        work.api.post("/api/v1/deployments/" + deployment + "/cancel").expectProblem(409, "deployment-ended");
    }

    @Test
    void cancellingWhileReleasingEndsTheReleaseCommand() {
        String application = work.application(
                answering("'one'"),
                Map.of("port", 3000, "releaseCommand", List.of("node", "-e", "setInterval(()=>{},1000)")));
        String deployment = work.request(application, Map.of()).text("id");
        work.reaches(deployment, State.RELEASING);
        await().atMost(Workplace.LONG).until(() -> work.containers(application).size() == 1);

        long start = System.nanoTime();
        work.api.post("/api/v1/deployments/" + deployment + "/cancel").expect(202);
        JsonNode ended = work.ended(deployment);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(ended.path("state").asString()).isEqualTo("cancelled");
        assertThat(work.containers(application)).isEmpty();
    }

    @Test
    void rollbackGoesBackToImageAndConfigurationWithoutABuild() {
        String application = work.application(answering("'one'"), PORT);
        String host = work.domain(application);
        String first = work.deployed(application).path("releaseId").asString();
        work.configure(application, Map.of("command", List.of("node", "-e", answering("'two'"))));
        work.deployed(application);
        assertThat(work.get(host, "/").body()).isEqualTo("two");

        JsonNode rollback = succeeded(work.deploy(application, Map.of("releaseId", first)));

        assertThat(rollback.path("kind").asString()).isEqualTo("rollback");
        assertThat(steps(rollback)).contains("fetching skipped", "building skipped", "releasing skipped");
        assertThat(work.get(host, "/").body()).isEqualTo("one");
        assertThat(work.status(application).path("activeReleaseId").asString()).isEqualTo(first);
    }

    @Test
    void restartStopAndStartGoThroughTheSameWorkflow() {
        String application = work.application(answering("require('os').hostname()"), PORT);
        String host = work.domain(application);
        work.deployed(application);
        String before = work.get(host, "/").body();

        succeeded(work.act(application, "restart"));
        assertThat(work.get(host, "/").body()).isNotEqualTo(before);

        succeeded(work.act(application, "stop"));
        assertThat(work.containers(application)).isEmpty();
        assertThat(work.get(host, "/").status()).isEqualTo(503);
        assertThat(work.status(application).path("state").asString()).isEqualTo("stopped");

        succeeded(work.act(application, "start"));
        assertThat(work.get(host, "/").status()).isEqualTo(200);
        assertThat(work.status(application).path("state").asString()).isEqualTo("running");
    }

    @Test
    void recreateStopsTheOldFirstAndBringsItBackWhenTheNewOneFails() {
        String application = work.application(
                answering("'old'"),
                Map.of(
                        "port",
                        3000,
                        "strategy",
                        "recreate",
                        "volumes",
                        List.of(Map.of("name", "data", "mountPath", "/data"))));
        String host = work.domain(application);
        work.deployed(application);
        work.configure(application, Map.of("command", List.of("node", "-e", "process.exit(1)")));

        JsonNode plan = work.api
                .post("/api/v1/applications/" + application + "/deployments?dryRun=true", Map.of())
                .expect(200)
                .json();
        assertThat(plan.path("actions").valueStream().map(JsonNode::asString))
                .extracting(action -> action.split(" ", 2)[0])
                .containsExactly("pull", "create", "stop", "start", "send", "remove");

        JsonNode deployment = work.deploy(application);

        assertThat(deployment.path("state").asString()).isEqualTo("failed");
        await().atMost(Duration.ofSeconds(10)).until(() -> work.get(host, "/").equals(new Edged(200, "old")));
        assertThat(work.containers(application)).hasSize(1).allMatch(line -> line.endsWith(" running"));
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndDoesNothing() {
        String application = work.application(answering("'one'"), PORT);

        JsonNode plan = work.api
                .post("/api/v1/applications/" + application + "/deployments?dryRun=true", Map.of())
                .expect(200)
                .json();

        assertThat(plan.path("actions").toString()).contains("pull node:20", "create container", "start container");
        assertThat(work.containers(application)).isEmpty();
        assertThat(work.api
                        .get("/api/v1/applications/" + application + "/deployments")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void deletingTakesEverythingOfTheApplication() {
        String environment = work.newEnvironment();
        String application = work.application(
                environment,
                answering("'one'"),
                Map.of("port", 3000, "volumes", List.of(Map.of("name", "data", "mountPath", "/data"))));
        String host = work.domain(application);
        work.deployed(application);
        JsonNode preview = work.api
                .get("/api/v1/applications/" + application + "/deletion-preview")
                .expect(200)
                .json();
        assertThat(preview.path("containers")).hasSize(1);
        assertThat(preview.path("volumes")).hasSize(1);
        assertThat(preview.path("domains").valueStream().map(JsonNode::asString))
                .containsExactly(host);
        assertThat(preview.path("releases").asInt()).isEqualTo(1);
        assertThat(preview.path("deployments").asInt()).isEqualTo(1);
        assertThat(preview.path("logBytes").asLong()).isPositive();

        work.delete(application);

        assertThat(work.containers(application)).isEmpty();
        assertThat(work.site.docker(
                        "volume", "ls", "--quiet", "--filter", "label=dev.havenkeep.application=" + application))
                .isEmpty();
        // What something was just joining is taken by the next sweep.
        await().atMost(Workplace.LONG)
                .until(() -> work.site
                        .docker(
                                "network",
                                "ls",
                                "--quiet",
                                "--filter",
                                "label=dev.havenkeep.environment=" + environment)
                        .isEmpty());
        assertThat(work.get(host, "/").status()).isEqualTo(404);
    }

    @Test
    void onlyTheKeptReleasesStay() {
        String application = work.application(answering("'one'"), Map.of("port", 3000, "keptReleases", 2));
        for (int i = 0; i < 3; i++) {
            work.deployed(application);
        }

        // Dropping comes after the deployment's end, which waits for nothing that it does not need.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode releases = work.api
                    .get("/api/v1/applications/" + application + "/releases")
                    .expect(200)
                    .json()
                    .path("items");
            assertThat(releases)
                    .extracting(release -> release.path("number").asInt())
                    .containsExactly(3, 2);
            assertThat(releases.get(0).path("active").asBoolean()).isTrue();
        });
    }

    /** What the deployment wrote down. */
    final List<Streams.Event> log(JsonNode deployment) {
        try (Streams stream = Streams.open(
                work.api, "/api/v1/deployments/" + deployment.path("id").asString() + "/log")) {
            return stream.until(event -> event.name().equals("end"));
        }
    }

    /** Each step with how it ended. */
    static List<String> steps(JsonNode deployment) {
        return deployment
                .path("steps")
                .valueStream()
                .map(step ->
                        step.path("name").asString() + " " + step.path("state").asString())
                .toList();
    }
}
