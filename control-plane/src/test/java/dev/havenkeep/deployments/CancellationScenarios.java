package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Calls a deployment off while each of its steps waits for something that would take minutes. */
abstract class CancellationScenarios extends GitScenarios {

    private static final int MINUTES = 600;
    /** Far less than any of the waits, and enough for an overloaded machine. */
    private static final Duration PROMPT = Duration.ofSeconds(30);

    /**
     * Answers at once but for {@code /slow}, which {@code /finish} ends; and does not end when it is asked to before that.
     */
    private static final String OLD = """
            const slow=[];let finished=false;
            process.on('SIGTERM',()=>finished&&process.exit(0));
            require('http').createServer((q,s)=>{
              if(q.url==='/slow')slow.push(s);
              else if(q.url==='/finish'){finished=true;slow.forEach(r=>r.end('whole'));s.end()}
              else if(q.url==='/waiting')s.end(String(slow.length));
              else s.end('old '+process.env.HAVEN_RELEASE+' '+process.hrtime.bigint())
            }).listen(3000,'0.0.0.0')
            """;
    /** Takes requests and never answers. */
    private static final String MUTE = "require('http').createServer(q=>console.log('asked')).listen(3000,'0.0.0.0')";

    @SuppressWarnings("NullAway.Init")
    CancellationScenarios() {}

    @Test
    void cancellingWhatWaitsEndsItAtOnceAndLeavesTheOneBeforeItAlone() {
        String application = work.application("setInterval(()=>{},1000)", patient(Map.of()));
        String first = work.request(application, Map.of()).text("id");
        work.reaches(first, State.CHECKING);
        String waiting = work.request(application, Map.of()).text("id");

        cancel(waiting);

        assertThat(work.deployment(first).path("state").asString()).isEqualTo("checking");
        cancel(first);
        assertNothingIsLeft(application);
    }

    @Test
    @Timeout(120)
    void cancellingWhileTheRepositoryIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            String application =
                    work.gitApplication("http://127.0.0.1:" + silent.getLocalPort() + "/" + UUID.randomUUID());
            String deployment = work.request(application, Map.of()).text("id");
            silent.accept();

            cancel(deployment);

            assertNothingIsLeft(application);
        }
    }

    @Test
    @Timeout(120)
    void cancellingWhileTheRegistryIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            String image = work.site.addressOfTests() + ":" + silent.getLocalPort() + "/silent:1";
            String application = work.application("", Map.of("source", Map.of("kind", "image", "image", image)));
            String deployment = work.request(application, Map.of()).text("id");
            silent.accept();

            cancel(deployment);

            assertNothingIsLeft(application);
        }
    }

    @Test
    void cancellingWhileItIsBuiltEndsTheBuild() {
        String line = "building " + UUID.randomUUID();
        repository
                .write("Dockerfile", "FROM node:20\nRUN echo " + line + " && sleep " + MINUTES + "\n")
                .push("main", "Take long");
        String application = gitApplication();
        String deployment = work.request(application, Map.of()).text("id");
        awaitLog(deployment, line);

        cancel(deployment);

        assertNothingIsLeft(application);
        assertThat(work.site.run("ps", "-eo", "args")).noneMatch(command -> command.contains(line));
    }

    @Test
    void cancellingWhileTheOldOneIsDrainedForTheNewOneLetsItGoOn() {
        Served old = served(Map.of("strategy", "recreate", "drainSeconds", MINUTES));
        CompletableFuture<Edged> slow = slowRequest(old);
        String deployment = work.request(old.application(), Map.of()).text("id");
        await().atMost(Workplace.LONG).until(() -> work.get(old.host(), "/").status() == 503);

        cancel(deployment);

        assertServes(old);
        assertFinishes(old, slow);
    }

    @Test
    void cancellingWhileTheOldOneIsStoppedForTheNewOneStartsItAgain() {
        Served old = served(Map.of("strategy", "recreate", "stopGraceSeconds", MINUTES));
        String deployment = work.request(old.application(), Map.of()).text("id");
        awaitLog(deployment, "stop container");
        try {
            cancel(deployment);

            assertServes(old);
        } finally {
            // So that it can be deleted in less.
            work.get(old.host(), "/finish");
        }
    }

    @Test
    void cancellingWhileAHealthCheckHasNoAnswer() {
        Served old = served(patient(Map.of("path", "/health", "timeoutSeconds", MINUTES)));
        String deployment = replaceBy(old, Map.of("command", List.of("node", "-e", MUTE)));
        awaitAsked(old);

        cancel(deployment);

        assertServes(old);
    }

    @Test
    void cancellingWhileACheckCommandRuns() {
        Served old = served(Map.of());
        String deployment = replaceBy(
                old,
                patient(Map.of("command", List.of("sleep", Integer.toString(MINUTES)), "timeoutSeconds", MINUTES)));
        await().atMost(Workplace.LONG)
                .ignoreExceptions()
                .until(() -> newContainer(old).stream()
                        .flatMap(name -> work.site.docker("top", name, "-o", "pid,args").stream())
                        .anyMatch(process -> process.contains("sleep " + MINUTES)));

        cancel(deployment);

        assertServes(old);
    }

    @Test
    void cancellingWhileTheEdgeWaitsForAnAnswer() {
        Served old = served(Map.of());
        String deployment = replaceBy(old, Map.of("command", List.of("node", "-e", MUTE)));
        awaitAsked(old);

        cancel(deployment);

        assertServes(old);
    }

    @Test
    void cancellingWhileTheOldOneIsDrainedSwitchesBackAndNoRequestIsCutOff() {
        Served old = served(Map.of("drainSeconds", MINUTES));
        CompletableFuture<Edged> slow = slowRequest(old);
        String deployment = work.request(old.application(), Map.of()).text("id");
        work.reaches(deployment, State.DRAINING);
        assertThat(work.get(old.host(), "/").body()).startsWith("old 2 ");

        cancel(deployment);

        assertServes(old);
        assertFinishes(old, slow);
    }

    @Test
    void whatServesAlreadyIsNotCancelledAnyMore() {
        Served old = served(Map.of("stopGraceSeconds", 3));
        String deployment = work.request(old.application(), Map.of()).text("id");
        awaitLog(deployment, "stop container");

        work.api.post("/api/v1/deployments/" + deployment + "/cancel").expectProblem(409, "deployment-live");

        Workplace.succeeded(work.ended(deployment));
        assertThat(work.get(old.host(), "/").body()).startsWith("old 2 ");
    }

    /** Something that serves, to be replaced. */
    private record Served(String application, String host) {}

    private Served served(Map<String, ?> more) {
        String application = work.application(OLD, more);
        work.configure(application, Map.of("port", 3000));
        Served served = new Served(application, work.domain(application));
        work.deployed(application);
        assertServes(served);
        return served;
    }

    private String replaceBy(Served old, Map<String, ?> patch) {
        work.configure(old.application(), patch);
        return work.request(old.application(), Map.of()).text("id");
    }

    /** A health check with this and enough patience. */
    private static Map<String, ?> patient(Map<String, ?> check) {
        Map<String, Object> patient = new java.util.HashMap<>(check);
        patient.put("startPeriodSeconds", MINUTES);
        return Map.of("port", 3000, "healthCheck", patient);
    }

    private CompletableFuture<Edged> slowRequest(Served old) {
        CompletableFuture<Edged> slow = CompletableFuture.supplyAsync(() -> work.get(old.host(), "/slow"));
        await().atMost(Workplace.LONG)
                .until(() -> work.get(old.host(), "/waiting").body().equals("1"));
        return slow;
    }

    private void assertFinishes(Served old, CompletableFuture<Edged> slow) {
        assertThat(work.get(old.host(), "/finish").status()).isEqualTo(200);
        assertThat(slow.join()).isEqualTo(new Edged(200, "whole"));
    }

    /** Its first release, alone. */
    private void assertServes(Served old) {
        assertThat(work.get(old.host(), "/").body()).startsWith("old 1 ");
        assertThat(work.containers(old.application())).hasSize(1).allMatch(line -> line.endsWith(" running"));
    }

    private void assertNothingIsLeft(String application) {
        assertThat(work.containers(application)).isEmpty();
        assertThat(work.site.docker("images", "--quiet", "--filter", "label=dev.havenkeep.application=" + application))
                .isEmpty();
    }

    private List<String> newContainer(Served old) {
        return work.containers(old.application()).stream()
                .map(line -> line.split(" ")[0])
                .filter(name -> !name.isEmpty())
                .limit(1)
                .toList();
    }

    /** Until the new container was asked for an answer; docker lists the newest first. */
    private void awaitAsked(Served old) {
        await().atMost(Workplace.LONG)
                .until(() -> newContainer(old).stream()
                        .anyMatch(name -> work.site.docker("logs", name).contains("asked")));
    }

    /** Until the deployment wrote down something with these words. */
    final void awaitLog(String deployment, String words) {
        try (Streams log = Streams.open(work.api, "/api/v1/deployments/" + deployment + "/log")) {
            assertThat(log.until(event -> event.data().contains(words)))
                    .last()
                    .satisfies(event -> assertThat(event.data()).contains(words));
        }
    }

    private void cancel(String deployment) {
        long start = System.nanoTime();
        work.api.post("/api/v1/deployments/" + deployment + "/cancel").expect(202);
        JsonNode ended = work.ended(deployment);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(ended.path("state").asString()).as(ended.toPrettyString()).isEqualTo("cancelled");
        assertThat(took).isLessThan(PROMPT);
    }
}
