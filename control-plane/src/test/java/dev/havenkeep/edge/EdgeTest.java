package dev.havenkeep.edge;

import static dev.havenkeep.edge.EdgeLab.upstreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.edge.certificates.Authority;
import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.haproxy.HaproxyConfiguration;
import dev.havenkeep.edge.haproxy.HaproxyRuntime;
import dev.havenkeep.edge.haproxy.HaproxyRuntime.RunningServer;
import dev.havenkeep.edge.lab.Curl;
import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.lab.SecureLoad;
import dev.havenkeep.edge.lab.SteadyLoad;
import dev.havenkeep.edge.lab.TinyUpstream;
import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.servers.Servers;
import dev.havenkeep.testing.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {

    private static final Duration RESTORED = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUNDS = 4;

    private EdgeLab lab;

    @BeforeAll
    void start() {
        lab = new EdgeLab();
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    /** An application that one upstream serves, under the internal name on the probe socket. */
    private ApplicationId served(TinyUpstream upstream) {
        ApplicationId application =
                lab.application("app-" + UUID.randomUUID().toString().substring(0, 8));
        lab.edge().declare(application, lab.server(), BackendOptions.DEFAULT);
        lab.edge().switchTo(application, upstreams(upstream));
        return application;
    }

    private static TinyUpstream upstream(String name) {
        return new TinyUpstream(name + "-" + UUID.randomUUID().toString().substring(0, 8), DockerCommand.gateway());
    }

    private Probe probe(ApplicationId application) {
        return lab.edge().probe(application, "/");
    }

    private static String answering(Probe probe) {
        return probe instanceof Probe.Answered answered ? answered.container() : probe.toString();
    }

    @Test
    void aSwitchIsSeenByTheNextRequest() {
        try (TinyUpstream one = upstream("one");
                TinyUpstream two = upstream("two")) {
            ApplicationId application = served(one);
            assertThat(answering(probe(application))).isEqualTo(one.name());

            lab.edge().switchTo(application, upstreams(two));

            assertThat(answering(probe(application))).isEqualTo(two.name());
            assertThat(lab.edge().active(application)).containsExactlyElementsOf(upstreams(two));
            lab.edge().drain(application, Duration.ofSeconds(5));
            assertThat(lab.files().resolve("haproxy.cfg"))
                    .content()
                    .contains(two.name())
                    .doesNotContain(one.name());
        }
    }

    @Test
    void aContainerThatDoesNotAnswerLeavesEverythingAsItWas() {
        try (TinyUpstream good = upstream("good")) {
            ApplicationId application = lab.application("unhealthy");
            lab.edge().declare(application, lab.server(), new BackendOptions("/", Duration.ofMinutes(1)));
            lab.edge().switchTo(application, upstreams(good));
            lab.edge().declare(application, lab.server(), new BackendOptions("/teapot", Duration.ofMinutes(1)));
            try (TinyUpstream bad = upstream("bad")) {
                assertThatThrownBy(() -> lab.edge().switchTo(application, upstreams(bad)))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.problem().code()).isEqualTo("upstream-unreachable"));
                assertThat(lab.edge().active(application)).containsExactlyElementsOf(upstreams(good));
                assertThat(lab.files().resolve("haproxy.cfg")).content().doesNotContain(bad.name());
            }
        }
    }

    @Test
    void drainWaitsForWhatRunsAndNoLongerThanItsDeadline() throws Exception {
        try (TinyUpstream one = upstream("one");
                TinyUpstream two = upstream("two");
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            ApplicationId application = served(one);
            Future<Probe> slow = executor.submit(() -> lab.edge().probe(application, "/slow"));
            Awaitility.await().until(() -> one.requests() >= 2);

            lab.edge().switchTo(application, upstreams(two));
            lab.edge().drain(application, Duration.ofSeconds(20));

            assertThat(answering(slow.get()))
                    .as(DockerCommand.run("logs", lab.container()))
                    .isEqualTo(one.name());
        }
    }

    @Test
    void aSwitchThatWasCutShortIsCompletedByCallingItAgain() {
        try (TinyUpstream one = upstream("one");
                TinyUpstream two = upstream("two")) {
            ApplicationId application = served(one);
            EdgeStore store = lab.haven().bean(EdgeStore.class);
            // As far as a killed process came: written down, nothing done.
            store.place(application, EdgeLab.upstream(two), EdgeStore.Stage.JOINING);

            lab.edge().switchTo(application, upstreams(two));
            lab.edge().switchTo(application, upstreams(two));
            lab.edge().drain(application, Duration.ofSeconds(5));
            lab.edge().drain(application, Duration.ofSeconds(5));

            assertThat(answering(probe(application))).isEqualTo(two.name());
            assertThat(store.upstreams(application)).hasSize(1);
        }
    }

    @Test
    void applicationsAreSwitchedSideBySide() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> work = new java.util.ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ApplicationId application = lab.application("side-" + i);
                work.add(() -> {
                    for (int round = 0; round < 5; round++) {
                        try (TinyUpstream upstream = upstream("round" + round)) {
                            lab.edge().declare(application, lab.server(), BackendOptions.DEFAULT);
                            lab.edge().switchTo(application, upstreams(upstream));
                            lab.edge().drain(application, Duration.ofSeconds(5));
                            if (!answering(probe(application)).equals(upstream.name())) {
                                return false;
                            }
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> result : executor.invokeAll(work)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    void anApplicationWithoutContainersIsUnanswered() {
        ApplicationId application = lab.application("nothing");
        lab.edge().declare(application, lab.server(), BackendOptions.DEFAULT);

        assertThat(probe(application)).isInstanceOf(Probe.Unanswered.class);
        lab.edge().forget(application);
        assertThat(lab.files().resolve("haproxy.cfg")).content().doesNotContain(application.value());
    }

    @Test
    void aKilledEdgeWithoutItsConfigurationIsRestored() throws IOException {
        try (TinyUpstream upstream = upstream("survivor")) {
            ApplicationId application = served(upstream);

            DockerCommand.run("kill", lab.container());
            // It may already be writing again while this goes on.
            DockerCommand.tryRunAny("rm", "-rf", lab.files().toString());

            Awaitility.await()
                    .atMost(RESTORED)
                    .until(() -> answering(probe(application)).equals(upstream.name()));
            assertThat(Files.readString(lab.files().resolve("haproxy.cfg"))).contains(upstream.name());
        }
    }

    @Test
    void aRemovedEdgeIsMadeAgain() {
        try (TinyUpstream upstream = upstream("survivor")) {
            ApplicationId application = served(upstream);

            DockerCommand.run("rm", "--force", lab.container());

            Awaitility.await()
                    .atMost(RESTORED)
                    .until(() -> answering(probe(application)).equals(upstream.name()));
        }
    }

    /** What may befall an edge that runs. */
    enum Damage {
        HAPROXY_KILLED,
        CONFIGURATION_EMPTIED,
        SERVER_REMOVED,
        SERVER_WITHOUT_WEIGHT,
        SERVER_ELSEWHERE
    }

    @ParameterizedTest
    @EnumSource
    void anEdgeThatWasDamagedIsRestored(Damage damage) throws IOException {
        try (TinyUpstream upstream = upstream("survivor")) {
            ApplicationId application = served(upstream);
            HaproxyRuntime runtime =
                    lab.haven().bean(Edges.class).of(lab.server()).runtime();
            String backend = HaproxyConfiguration.backend(application.value());
            switch (damage) {
                case HAPROXY_KILLED ->
                    DockerCommand.tryRun(
                            "exec",
                            lab.container(),
                            "sh",
                            "-c",
                            "for p in /proc/[0-9]*; do p=${p#/proc/}; [ $p = 1 ] || [ $p = $$ ] || kill -9 $p; done");
                case CONFIGURATION_EMPTIED -> {
                    Files.writeString(lab.files().resolve("haproxy.cfg"), "");
                    DockerCommand.run("restart", "--time", "0", lab.container());
                }
                case SERVER_REMOVED -> runtime.remove(backend, upstream.name());
                case SERVER_WITHOUT_WEIGHT ->
                    runtime.weigh(
                            backend,
                            List.of(new BackendServer(upstream.name(), upstream.address(), upstream.port(), false)));
                case SERVER_ELSEWHERE ->
                    runtime.move(backend, new BackendServer(upstream.name(), upstream.address(), 9, true));
            }

            Awaitility.await().atMost(RESTORED).until(() -> {
                RunningServer server = runtime.fingerprint().isEmpty()
                        ? null
                        : runtime.servers().getOrDefault(backend, Map.of()).get(upstream.name());
                return server != null
                        && server.weight() == 100
                        && server.port() == upstream.port()
                        && answering(probe(application)).equals(upstream.name());
            });
        }
    }

    @Test
    void anEditedConfigurationIsUndone() throws IOException {
        try (TinyUpstream upstream = upstream("survivor")) {
            ApplicationId application = served(upstream);
            String before = Files.readString(lab.files().resolve("haproxy.cfg"));

            Files.writeString(lab.files().resolve("haproxy.cfg"), before.replace("timeout", "timeuot"));
            Files.delete(lab.files().resolve("certificates/list.txt"));

            Awaitility.await()
                    .atMost(RESTORED)
                    .until(() ->
                            Files.readString(lab.files().resolve("haproxy.cfg")).contains("timeout client")
                                    && Files.exists(lab.files().resolve("certificates/list.txt")));
            assertThat(answering(probe(application))).isEqualTo(upstream.name());
        }
    }

    @Test
    void anEdgeThatIsStartedByItsEngineAloneServesTheLastSwitch() {
        try (TinyUpstream one = upstream("one");
                TinyUpstream two = upstream("two")) {
            ApplicationId application = served(one);
            lab.edge().switchTo(application, upstreams(two));

            String log = DockerCommand.runAny(
                    "grep", "-c", two.name(), lab.files().resolve("haproxy.cfg").toString());
            DockerCommand.run("restart", "--time", "1", lab.container());

            assertThat(log.strip()).isEqualTo("1");
            Awaitility.await()
                    .atMost(RESTORED)
                    .until(() -> answering(probe(application)).equals(two.name()));
        }
    }

    @Test
    void aContainerThatComesBackUnderAnotherAddressIsFollowed() {
        String network = network();
        String name = network + "-web";
        DockerCommand.run(
                "run",
                "--detach",
                "--name",
                name,
                "--network",
                network,
                "--label",
                "dev.havenkeep.installation=" + lab.installation(),
                "nginx:1.27");
        ApplicationId application = lab.application("moving");
        lab.edge().declare(application, lab.server(), BackendOptions.DEFAULT);
        lab.edge().attach(lab.server(), network);
        lab.edge().switchTo(application, List.of(new Upstream(name, address(name), 80)));
        String before = address(name);

        DockerCommand.run("stop", "--time", "0", name);
        // Takes the address that the container had.
        DockerCommand.run(
                "run",
                "--detach",
                "--name",
                name + "-other",
                "--network",
                network,
                "--label",
                "dev.havenkeep.installation=" + lab.installation(),
                "nginx:1.27",
                "sleep",
                "1000");
        DockerCommand.run("start", name);

        assertThat(address(name)).isNotEqualTo(before);
        Awaitility.await().atMost(RESTORED).until(() -> probe(application).serving());
        assertThat(lab.edge().active(application)).containsExactly(new Upstream(name, address(name), 80));
    }

    @Test
    void nothingIsLostUnderLoadWhileApplicationsSwitch() {
        TinyUpstream current = upstream("load");
        ApplicationId application = served(current);
        lab.domain(application, Map.of("host", "load.test", "forceHttps", false))
                .expect(201);
        Awaitility.await()
                .atMost(RESTORED)
                .until(() ->
                        Curl.get("http://load.test:" + lab.httpPort() + "/").status() == 200);
        try (SteadyLoad load = new SteadyLoad("load.test", lab.httpPort())) {
            for (int i = 0; i < 10; i++) {
                TinyUpstream next = upstream("load");
                lab.edge().switchTo(application, upstreams(next));
                lab.domain(application, Map.of("host", "more-" + i + ".test", "forceHttps", false))
                        .expect(201);
                lab.edge().drain(application, Duration.ofSeconds(10));
                current.close();
                current = next;
                int before = load.answered();
                Awaitility.await().until(() -> load.answered() > before + 60);
            }
            assertThat(load.failures()).isEmpty();
            assertThat(load.answered()).isGreaterThan(600);
        } finally {
            current.close();
        }
    }

    @Test
    void noRequestFailsWhileDomainsRoutesAndCertificatesChange() {
        Authority somebody = Authority.create("Somebody's", Instant.now());
        try (TinyUpstream shop = upstream("shop");
                TinyUpstream other = upstream("other")) {
            ApplicationId application = served(shop);
            ApplicationId neighbour = served(other);
            active(domain(application, Map.of("host", "busy.test", "forceHttps", false)));
            String secure = active(domain(application, Map.of("host", SecureLoad.HOST)));
            String beside = active(domain(neighbour, Map.of("host", "beside.test", "forceHttps", false)));
            String besideUrl = "http://beside.test:" + lab.httpPort() + "/";
            try (SteadyLoad load = new SteadyLoad("busy.test", lab.httpPort());
                    SecureLoad tls = new SecureLoad(lab.httpsPort(), lab.httpsPort())) {
                load.webSocket(Integer.MAX_VALUE);
                for (int round = 0; round < ROUNDS; round++) {
                    int answered = load.answered();
                    int frames = load.frames();
                    int http2 = tls.http2();
                    int http3 = tls.http3();
                    String id = active(domain(application, Map.of("host", "round-" + round + ".test")));
                    change(id, Map.of("pathPrefix", "/part", "stripPrefix", true));
                    change(id, Map.of("redirectTo", "busy.test", "responseHeaders", Map.of("X-Round", "" + round)));
                    change(beside, Map.of("accessPolicy", Map.of("kind", "private")));
                    change(beside, Map.of("accessPolicy", Map.of("kind", "public")));
                    KeyedCertificate renewed = somebody.issue(HostName.of(SecureLoad.HOST), Instant.now());
                    lab.owner()
                            .put(
                                    "/api/v1/domains/" + secure + "/certificate",
                                    Map.of(
                                            "certificatePem", renewed.chainPem(),
                                            "privateKeyPem", renewed.keyPem().reveal()))
                            .expect(200);
                    active(secure);
                    lab.edge().switchTo(neighbour, List.of());
                    lab.edge().drain(neighbour, Duration.ofSeconds(10));
                    assertThat(Curl.get(besideUrl).status()).isEqualTo(503);
                    lab.edge().switchTo(neighbour, upstreams(other));
                    assertThat(Curl.get(besideUrl).body()).isEqualTo(other.name());
                    lab.owner().delete("/api/v1/domains/" + id).expect(204);
                    Awaitility.await("the load goes on")
                            .atMost(SOON)
                            .until(() -> load.answered() > answered + 60
                                    && load.frames() > frames + 20
                                    && tls.http2() > http2 + 20
                                    && tls.http3() > http3 + 20);
                }
                assertThat(load.failures()).isEmpty();
                assertThat(tls.failures()).isEmpty();
                assertThat(tls.http3Closed()).isZero();
            }
            assertThat(Curl.get("https://localhost:" + lab.httpsPort() + "/").headers())
                    .containsEntry("alt-svc", "h3=\":" + lab.httpsPort() + "\"; ma=86400");
        }
    }

    @Test
    void aGigabyteIsStreamedToTheApplication() {
        String network = network();
        String name = network + "-sample";
        DockerCommand.run(
                "run",
                "--detach",
                "--name",
                name,
                "--network",
                network,
                "--label",
                "dev.havenkeep.installation=" + lab.installation(),
                "--volume",
                Path.of("../lab/sample-app").toAbsolutePath().normalize() + ":/app:ro",
                "--env",
                "PORT=3000",
                "node:20",
                "node",
                "/app/src/main.js");
        ApplicationId application = lab.application("uploads");
        lab.edge().declare(application, lab.server(), BackendOptions.DEFAULT);
        lab.edge().attach(lab.server(), network);
        lab.edge().switchTo(application, List.of(new Upstream(name, address(name), 3000)));
        active(domain(application, Map.of("host", "uploads.test")));

        record Upload(String version, long bytes, String sha256) {}
        for (Upload upload : List.of(
                new Upload("--http1.1", 1L << 27, "0d413c054d254c7068c41248221e5686bc11cef9157576ce429914acb60e1313"),
                new Upload("--http2", 1L << 30, "a110c53382d90198328a45c24dfc98a504911e2abf65c16d6c879ae958528cbd"))) {
            // So many bytes that are the same everywhere: zeros, encrypted with a key of zeros.
            String answer = DockerCommand.runAny(
                    "sh",
                    "-c",
                    "openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2>/dev/null | head -c \"$2\""
                            + " | curl --silent --show-error --include --insecure \"$0\" --expect100-timeout 60"
                            + " --connect-to ::127.0.0.1: --request POST --upload-file - \"$1\"",
                    upload.version(),
                    "https://uploads.test:" + lab.httpsPort() + "/upload",
                    Long.toString(upload.bytes()));

            assertThat(answer).contains("\"bytes\":" + upload.bytes(), "\"sha256\":\"" + upload.sha256() + "\"");
            if (upload.version().equals("--http1.1")) {
                assertThat(answer).startsWith("HTTP/1.1 100 Continue");
            }
        }
        assertThat(DockerCommand.run("exec", lab.container(), "sh", "-c", "grep -h VmHWM /proc/[0-9]*/status; true")
                        .lines()
                        .map(line -> line.replaceAll("\\D", ""))
                        .map(Integer::parseInt))
                .as("the most memory that each of its processes ever had, in kB")
                .isNotEmpty()
                .allMatch(most -> most < 64_000);
        assertThat(DockerCommand.run("diff", lab.container()))
                .as("what it wrote to its disk")
                .doesNotContain("/tmp", "/var");
    }

    private String domain(ApplicationId application, Map<String, ?> body) {
        return lab.domain(application, body).expect(201).text("id");
    }

    private void change(String id, Map<String, ?> body) {
        String path = "/api/v1/domains/" + id;
        lab.owner()
                .with("If-Match", lab.owner().get(path).expect(200).header("ETag"))
                .patch(path, body)
                .expect(200);
        active(id);
    }

    /** Waits until the domain is served as it should be now. */
    private String active(String id) {
        Awaitility.await("domain " + id)
                .atMost(SOON)
                .until(() -> lab.owner()
                        .get("/api/v1/domains/" + id)
                        .text("/status/state")
                        .equals("active"));
        return id;
    }

    private String network() {
        String network = "haven-test-" + UUID.randomUUID().toString().substring(0, 8);
        DockerCommand.run("network", "create", "--label", "dev.havenkeep.installation=" + lab.installation(), network);
        return network;
    }

    @Test
    void aMachineIsOneServerOnly() {
        String second = lab.haven()
                .bean(Servers.class)
                .createLocal(new TeamId(lab.people().newTeam("Second")))
                .id()
                .value();
        lab.edge().ensure(lab.server());

        assertThatThrownBy(() -> lab.edge().ensure(new ServerId(second)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("already-a-server"));
        Answer refused = lab.owner()
                .post("/api/v1/servers/" + second + "/check", Map.of())
                .expect(200);
        Answer first = lab.owner()
                .post("/api/v1/servers/" + lab.server() + "/check", Map.of())
                .expect(200);

        assertThat(refused.text("/problem/code")).isEqualTo("already-a-server");
        assertThat(refused.text("/problem/detail"))
                .contains("another team's server")
                .doesNotContain("the server local");
        assertThat(refused.text("reachable")).isEqualTo("false");
        assertThat(first.text("reachable")).isEqualTo("true");
    }

    private static String address(String container) {
        return DockerCommand.run(
                        "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container)
                .strip();
    }
}
