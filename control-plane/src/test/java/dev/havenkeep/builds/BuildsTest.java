package dev.havenkeep.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.Image;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.servers.Command;
import dev.havenkeep.servers.Links;
import dev.havenkeep.servers.TestLinks;
import dev.havenkeep.sources.Commit;
import dev.havenkeep.sources.GitSource;
import dev.havenkeep.sources.GitUrl;
import dev.havenkeep.sources.TestSources;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.HttpGitServer;
import dev.havenkeep.testing.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Builds on the machine's own Docker Engine, FROM the lab's {@code alpine:3}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildsTest {

    private static final String CANARY = "canary-7f3a9b21-do-not-show";

    private final Kernel kernel = Kernel.start(DatabaseKind.SQLITE);
    private final String unique = kernel.ids().next();
    private final Links links = TestLinks.local();
    private final Engines engines = new Engines(links);
    private final ImageReference tag = ImageReference.parse("havenkeep-test/builds:" + unique);
    private final List<String> log = new CopyOnWriteArrayList<>();

    private Path folder;
    private TestSources sources;
    private HttpGitServer server;
    private GitRepository shop;
    private Builds builds;
    private int repositories;

    @BeforeAll
    void open(@TempDir Path shared) {
        folder = shared;
        sources = TestSources.on(kernel, folder.resolve("data"));
        server = HttpGitServer.open(folder);
        builds = builds(Duration.ofMinutes(2));
    }

    @AfterAll
    void close() throws IOException {
        server.close();
        sources.close();
        engines.close();
        kernel.close();
    }

    @BeforeEach
    void newRepository() {
        log.clear();
        shop = GitRepository.in(folder, "shop-" + repositories++);
    }

    @AfterEach
    void removeWhatWasBuilt() throws IOException {
        engines.of(TestLinks.LOCAL).images().remove(tag);
        assertThat(buildFolders()).isEmpty();
    }

    @Test
    void imageHoldsTheCommitWithItsLabelsAndVariables() {
        shop.write("Dockerfile", "FROM alpine:3\nARG GREETING\nRUN printf %s \"$GREETING\" >/greeting\nCOPY . /app\n")
                .write("app.txt", "hello");
        String greeting = "a\"b'c`d$(id);\\ \n🚀 {x: y} %s";

        Image image = build(new BuildRequest.Inputs(Map.of("GREETING", greeting), Map.of()));

        assertThat(image.labels()).containsEntry("dev.havenkeep.test", unique);
        assertThat(docker("run", "--rm", "--network=none", tag.toString(), "cat", "/greeting"))
                .isEqualTo(greeting);
        assertThat(docker("run", "--rm", "--network=none", tag.toString(), "cat", "/app/app.txt"))
                .isEqualTo("hello");
        assertThat(log).anyMatch(line -> line.contains("COPY . /app"));
    }

    @Test
    void variablesThatMeanSomethingToThisMachineDoNotReachItsCommands() {
        shop.write(
                "Dockerfile",
                "FROM alpine:3\nARG PATH_\nARG LD_PRELOAD\nARG DOCKER_HOST\nRUN echo \"got $LD_PRELOAD $DOCKER_HOST\"\n");

        build(new BuildRequest.Inputs(
                Map.of("LD_PRELOAD", "/no/such.so", "DOCKER_HOST", "tcp://127.0.0.1:1", "PATH", "/nowhere", "IFS", "x"),
                Map.of()));

        assertThat(log).anyMatch(line -> line.contains("got /no/such.so tcp://127.0.0.1:1"));
    }

    @Test
    void secretReachesTheBuildAndNothingElse() {
        shop.write("Dockerfile", """
                FROM alpine:3
                RUN --mount=type=secret,id=TOKEN echo %s && test -s /run/secrets/TOKEN
                RUN --mount=type=secret,id=TOKEN cat /run/secrets/TOKEN && base64 /run/secrets/TOKEN
                """.formatted(unique));

        build(new BuildRequest.Inputs(Map.of(), Map.of("TOKEN", Secret.of(CANARY))));

        assertThat(log).anyMatch(line -> line.contains("[secret]")).noneMatch(line -> line.contains(CANARY));
        assertThat(docker("history", "--no-trunc", tag.toString())).doesNotContain(CANARY);
        assertThat(docker("image", "inspect", tag.toString())).doesNotContain(CANARY);
        assertThat(pipeline("docker save \"$1\" | grep -c -a -- \"$2\"", tag.toString(), CANARY))
                .isEqualTo("0");
    }

    @Test
    void failingInstructionIsNamedWithItsLastLines() {
        shop.write("Dockerfile", "FROM alpine:3\nRUN for i in $(seq 30); do echo line-$i; done; exit 7\n");

        Problem problem = problem(BuildRequest.Inputs.NONE);

        assertThat(problem.code()).isEqualTo("build-failed");
        assertThat(problem.detail()).contains("RUN for i in", "exit code: 7", "line-11\n", "line-30");
        assertThat(problem.detail()).doesNotContain("line-10\n");
        assertThat(String.valueOf(problem.extensions().get("instruction"))).contains("RUN for i in");
    }

    @Test
    void brokenDockerfileAndMissingBaseImageAreSaid() {
        shop.write("Dockerfile", "FORM alpine:3\n");
        assertThat(problem(BuildRequest.Inputs.NONE).code()).isEqualTo("dockerfile-invalid");

        shop.write("Dockerfile", "");
        assertThat(problem(BuildRequest.Inputs.NONE).code()).isEqualTo("dockerfile-invalid");

        shop.write("Dockerfile", "FROM 127.0.0.1:1/no/such:image\n");
        assertThat(problem(BuildRequest.Inputs.NONE).code()).isEqualTo("base-image-not-found");

        shop.write("Dockerfile", "FROM alpine:3\nCOPY nothing-of-that-name /\n");
        Problem copy = problem(BuildRequest.Inputs.NONE);
        assertThat(copy.code()).isEqualTo("build-failed");
        assertThat(copy.detail()).contains("nothing-of-that-name");
    }

    @Test
    void cancelEndsTheBuildAndWhatItRunsWithinSeconds() throws Exception {
        String marker = "sleep 3" + Math.abs(unique.hashCode() % 10_000) + ".5";
        shop.write("Dockerfile", "FROM alpine:3\nRUN echo started && " + marker + "\n");
        Cancellation cancellation = new Cancellation();
        CompletableFuture<ProblemException> outcome = new CompletableFuture<>();
        BuildRequest request = request(BuildRequest.Inputs.NONE);
        Thread.ofVirtual().start(() -> {
            try {
                builds.build(request, log::add, cancellation);
            } catch (ProblemException e) {
                outcome.complete(e);
            }
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> running(marker));

        cancellation.cancel();

        assertThat(outcome.get(60, TimeUnit.SECONDS).problem().code()).isEqualTo("cancelled");
        await().atMost(Duration.ofSeconds(60)).until(() -> !running(marker));
    }

    @Test
    void engineThatStopsDuringTheBuildIsSaid() throws Exception {
        String marker = "sleep 4" + Math.abs(unique.hashCode() % 10_000) + ".5";
        shop.write("Dockerfile", "FROM alpine:3\nRUN " + marker + "\n");
        BuildRequest request = request(BuildRequest.Inputs.NONE);
        CompletableFuture<ProblemException> outcome = new CompletableFuture<>();
        try (SocketRelay relay = SocketRelay.to(Path.of("/var/run/docker.sock"), folder.resolve("engine.sock"))) {
            Links relayed = TestLinks.local(relay.socket());
            try (Engines behind = new Engines(relayed)) {
                Builds fragile = new Builds(
                        sources.sources(),
                        relayed,
                        behind,
                        new BuildsProperties(1, Duration.ofMinutes(2)),
                        kernel.ids());
                Thread.ofVirtual().start(() -> {
                    try {
                        fragile.build(request, log::add, new Cancellation());
                    } catch (ProblemException e) {
                        outcome.complete(e);
                    }
                });
                await().atMost(Duration.ofSeconds(60)).until(() -> running(marker));

                relay.close();

                assertThat(outcome.get(60, TimeUnit.SECONDS).problem().code())
                        .as(String.join("\n", log))
                        .isEqualTo("engine-unreachable");
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> !running(marker));
    }

    @Test
    void buildThatTakesTooLongIsEnded() {
        shop.write("Dockerfile", "FROM alpine:3\nRUN echo " + unique + " && sleep 60\n");
        Builds impatient = builds(Duration.ofSeconds(3));
        BuildRequest request = request(BuildRequest.Inputs.NONE);

        ProblemException e = catchThrowableOfType(
                ProblemException.class, () -> impatient.build(request, log::add, new Cancellation()));

        assertThat(e.problem().code()).isEqualTo("build-timeout");
    }

    @Test
    void outputOfAnyKindBecomesBoundedLines() {
        shop.write(
                "Dockerfile",
                "FROM alpine:3\nRUN echo " + unique
                        + " && printf '10%%\\r50%%\\r100%%\\n' && head -c 100000 /dev/zero | tr '\\0' x && echo"
                        + " && printf '\\377\\376\\n' && head -c 30000 /dev/urandom && echo the-end\n");

        build(BuildRequest.Inputs.NONE);

        assertThat(log).allMatch(line -> line.length() <= BuildOutput.MAX_LINE + 20);
        assertThat(log).anyMatch(line -> line.contains("the-end"));
    }

    @Test
    void unchangedFilesAreCachedAcrossCommits() {
        shop.write("Dockerfile", "FROM alpine:3\nCOPY deps /deps\nRUN echo " + unique + " && cat /deps\nCOPY . /app\n")
                .write("deps", "one")
                .write("main", "one");
        build(BuildRequest.Inputs.NONE);
        log.clear();
        shop.write("main", "two");

        build(BuildRequest.Inputs.NONE);

        assertThat(log.stream().filter(line -> line.endsWith(" CACHED")).count())
                .isGreaterThanOrEqualTo(2);
        assertThat(docker("run", "--rm", "--network=none", tag.toString(), "cat", "/app/main"))
                .isEqualTo("two");
    }

    @Test
    void whatABuildRunsYieldsTheCpuToTheServedAppsAndTheNextBuildOfTheServerWaits() throws Exception {
        String marker = "sleep 5" + Math.abs(unique.hashCode() % 10_000) + ".5";
        shop.write("Dockerfile", "FROM alpine:3\nRUN " + marker + "\n");
        Cancellation cancellation = new Cancellation();
        BuildRequest request = request(BuildRequest.Inputs.NONE);
        CompletableFuture<String> first = outcome(request, log, cancellation);
        await().atMost(Duration.ofSeconds(60)).until(() -> running(marker));

        List<String> otherLog = new CopyOnWriteArrayList<>();
        CompletableFuture<String> second = outcome(request, otherLog, cancellation);

        await().atMost(Duration.ofSeconds(60)).until(() -> !otherLog.isEmpty());
        assertThat(otherLog).containsExactly("Waiting: another build runs on this server.");
        String process =
                pipeline("pgrep -f -- \"$1\"", "^" + marker).lines().findFirst().orElseThrow();
        assertThat(share(process)).isLessThanOrEqualTo(64);
        cancellation.cancel();
        assertThat(List.of(first.get(60, TimeUnit.SECONDS), second.get(60, TimeUnit.SECONDS)))
                .containsOnly("cancelled");
        await().atMost(Duration.ofSeconds(60)).until(() -> !running(marker));
    }

    private CompletableFuture<String> outcome(BuildRequest request, List<String> lines, Cancellation cancellation) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(builds.build(request, lines::add, cancellation).id());
            } catch (ProblemException e) {
                outcome.complete(e.problem().code());
            }
        });
        return outcome;
    }

    /** The smallest share of any control group that the process is in: 1024 of version 1, and 100 of version 2, are usual. */
    private static int share(String process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", process, "cgroup"))) {
            String[] parts = line.split(":", 3);
            boolean second = parts[1].isEmpty() && Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
            if (!second && !List.of(parts[1].split(",")).contains("cpu")) {
                continue;
            }
            Path root = Path.of("/sys/fs/cgroup", second ? "" : "cpu");
            int least = Integer.MAX_VALUE;
            for (Path group = root.resolve(parts[2].substring(1));
                    !group.equals(root);
                    group = java.util.Objects.requireNonNull(group.getParent())) {
                Path file = group.resolve(second ? "cpu.weight" : "cpu.shares");
                if (Files.exists(file)) {
                    least = Math.min(
                            least, Integer.parseInt(Files.readString(file).strip()));
                }
            }
            return least;
        }
        throw new IllegalStateException("The process " + process + " is in no control group for the CPU");
    }

    @Test
    void buildsHaveASmallShareOfTheCpu() throws IOException {
        shop.write("Dockerfile", "FROM alpine:3\n");
        build(BuildRequest.Inputs.NONE);

        Path shares = Path.of("/sys/fs/cgroup/cpu/docker/buildkit/cpu.shares");
        Path weight = Path.of("/sys/fs/cgroup/docker/buildkit/cpu.weight");
        Path there = Files.exists(shares) ? shares : weight;
        assertThat(Integer.parseInt(Files.readString(there).strip())).isLessThanOrEqualTo(64);
    }

    private Builds builds(Duration timeout) {
        return new Builds(sources.sources(), links, engines, new BuildsProperties(1, timeout), kernel.ids());
    }

    private Image build(BuildRequest.Inputs inputs) {
        return builds.build(request(inputs), log::add, new Cancellation());
    }

    private Problem problem(BuildRequest.Inputs inputs) {
        BuildRequest request = request(inputs);
        ProblemException e =
                catchThrowableOfType(ProblemException.class, () -> builds.build(request, log::add, new Cancellation()));
        assertThat(e).as(String.join("\n", log)).isNotNull();
        return e.problem();
    }

    private BuildRequest request(BuildRequest.Inputs inputs) {
        shop.push("main", "Commit");
        GitSource source = GitSource.of(GitUrl.parse(server.url(shop.name())));
        Commit commit = sources.sources().resolve(source, null, new Cancellation());
        return new BuildRequest(
                TestLinks.LOCAL,
                tag,
                source,
                commit.sha(),
                inputs,
                Map.of("dev.havenkeep.test", unique, "dev.havenkeep.installation", unique));
    }

    private static String docker(String... arguments) {
        return pipeline("docker \"$@\"", arguments).stripTrailing();
    }

    private static String pipeline(String script, String... arguments) {
        List<String> argv = Stream.concat(Stream.of("/bin/sh", "-c", script, "test"), Stream.of(arguments))
                .toList();
        return DockerCommand.run(
                        TestLinks.localLink(),
                        new Command(argv, Map.of(), Command.Stdin.NONE, Duration.ofSeconds(60)),
                        new Cancellation())
                .output()
                .stripTrailing();
    }

    private static boolean running(String words) {
        return !pipeline("pgrep -f -- \"$1\"", "^" + words).isEmpty();
    }

    private List<Path> buildFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("havenkeep-build-" + unique))
                    .toList();
        }
    }
}
