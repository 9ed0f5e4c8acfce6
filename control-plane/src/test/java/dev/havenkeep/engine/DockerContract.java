package dev.havenkeep.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.servers.Execution;
import dev.havenkeep.servers.Link;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client of an engine promises, whichever engine it is and however it is reached. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class DockerContract {

    static final ImageReference ALPINE = ImageReference.parse("alpine:3.22");
    private static final Duration SOON = Duration.ofSeconds(30);

    final String run = UUID.randomUUID().toString().substring(0, 8);
    final Map<String, String> mine = Map.of("dev.havenkeep.test", run);
    private final Deadlines deadlines = new Deadlines();
    CuttableLink link = new CuttableLink(link());
    Docker docker = new Docker(link, deadlines);

    abstract Link link();

    @BeforeEach
    void fetchImage() {
        if (docker.images().inspect(ALPINE).isEmpty()) {
            try (Pull pull = docker.images().pull(ALPINE, null)) {
                Pull.Event.Done done = pull.await(progress -> {});
                assertThat(done.digest()).startsWith("sha256:");
                assertThat(done.image().id()).startsWith("sha256:");
            }
        }
    }

    @AfterEach
    void removeWhatThisTestMade() {
        docker.containers().list(mine).forEach(each -> docker.containers().remove(each.id()));
        docker.networks().list(mine).forEach(each -> docker.networks().remove(each.name()));
        docker.volumes().list(mine).forEach(each -> docker.volumes().remove(each.name()));
        docker.closeIdle();
        deadlines.close();
    }

    @Test
    void engineSaysWhatItIs() {
        docker.ping();
        assertThat(docker.version().version()).matches("[0-9]+\\..*");
        assertThat(docker.info().ncpu()).isPositive();
        assertThat(docker.info().memTotal()).isPositive();
        assertThat(docker.diskUsage().imagesBytes()).isPositive();
    }

    @Test
    void containerLivesAndEnds() {
        ContainerName name = name("life");
        assertThat(create(name, "sh", "-c", "exit 3")).isInstanceOf(Containers.Created.Fresh.class);
        assertThat(create(name, "true")).isEqualTo(new Containers.Created.NameTaken());
        assertThat(docker.containers().start(name)).isEqualTo(Change.DONE);
        assertThat(docker.containers().await(name, SOON)).isEqualTo(new Containers.Ended.Exited(3));
        Container container = docker.containers().inspect(name).orElseThrow();
        assertThat(container.state().status()).isEqualTo(Container.Status.EXITED);
        assertThat(container.state().exitCode()).isEqualTo(3);
        assertThat(container.name()).isEqualTo(name);
        assertThat(container.labels()).containsAllEntriesOf(mine);
        assertThat(docker.containers().remove(name)).isEqualTo(Change.DONE);
        assertThat(docker.containers().inspect(name)).isEmpty();
    }

    @Test
    void endBeforeARestartIsRemembered() {
        ContainerName name = name("restarted");
        docker.containers()
                .create(ContainerSpec.of(name, ALPINE)
                        .labels(mine)
                        .command(List.of("sh", "-c", "test -f /again && exec sleep 600; touch /again; exit 7"))
                        .stopGrace(Duration.ofSeconds(1))
                        .restarted()
                        .build());
        docker.containers().start(name);

        Container again = await().atMost(SOON)
                .until(
                        () -> docker.containers().inspect(name).orElseThrow(),
                        container ->
                                container.restarts() == 1 && container.state().running());

        assertThat(docker.containers().exitCodeBeforeRestart(again)).hasValue(7);
    }

    @Test
    void containerThatWasNeverStartedAgainHasNoEndBefore() {
        ContainerName name = name("first");
        create(name, "sleep", "600");
        docker.containers().start(name);

        assertThat(docker.containers()
                        .exitCodeBeforeRestart(docker.containers().inspect(name).orElseThrow()))
                .isEmpty();
    }

    @Test
    void whatIsSoAlreadyOrAbsentIsAnOutcome() {
        ContainerName name = name("again");
        create(name, "sleep", "600");
        assertThat(docker.containers().start(name)).isEqualTo(Change.DONE);
        assertThat(docker.containers().start(name)).isEqualTo(Change.ALREADY);
        assertThat(docker.containers().await(name, Duration.ofMillis(300)))
                .isEqualTo(new Containers.Ended.StillRunning());
        assertThat(docker.containers().stop(name, Duration.ofSeconds(1))).isEqualTo(Change.DONE);
        assertThat(docker.containers().stop(name, Duration.ofSeconds(1))).isEqualTo(Change.ALREADY);
        assertThat(docker.containers().kill(name)).isEqualTo(Change.ALREADY);
        ContainerName nobody = name("nobody");
        assertThat(docker.containers().start(nobody)).isEqualTo(Change.ABSENT);
        assertThat(docker.containers().stop(nobody, Duration.ofSeconds(1))).isEqualTo(Change.ABSENT);
        assertThat(docker.containers().kill(nobody)).isEqualTo(Change.ABSENT);
        assertThat(docker.containers().remove(nobody)).isEqualTo(Change.ABSENT);
        assertThat(docker.containers().await(nobody, SOON)).isEqualTo(new Containers.Ended.Absent());
        assertThat(docker.containers().usage(nobody)).isEmpty();
        assertProblem("not-found", () -> docker.containers().logs(nobody, LogOptions.all()));
        assertProblem("not-found", () -> docker.containers().exec(nobody, ExecSpec.of(SOON, "true")));
        assertProblem("container-not-running", () -> docker.containers().exec(name, ExecSpec.of(SOON, "true")));
    }

    @Test
    void imageThatIsNotThereIsAProblem() {
        assertProblem(
                "image-not-found",
                () -> docker.containers()
                        .create(ContainerSpec.of(name("none"), ImageReference.parse("haven-test/none:" + run))
                                .labels(mine)
                                .build()));
        assertThat(docker.images().inspect(ImageReference.parse("haven-test/none:" + run)))
                .isEmpty();
    }

    @Test
    void imagesAreTaggedAndRemoved() {
        ImageReference one = ImageReference.parse("haven-test/" + run + ":one");
        ImageReference two = ImageReference.parse("haven-test/" + run + ":two");
        assertThat(docker.images().tag(ALPINE, one)).isEqualTo(Change.DONE);
        assertThat(docker.images().tag(ALPINE, two)).isEqualTo(Change.DONE);
        assertThat(docker.images().inspect(one).orElseThrow().tags()).contains(one.toString(), two.toString());
        assertThat(docker.images().remove(one)).isEqualTo(Change.DONE);
        assertThat(docker.images().remove(two)).isEqualTo(Change.DONE);
        assertThat(docker.images().remove(two)).isEqualTo(Change.ABSENT);
        assertThat(docker.images().inspect(ALPINE)).isPresent();
    }

    @Test
    void imageOfAContainerIsNotRemoved() {
        create(name("user"), "true");
        ImageReference id = docker.images().inspect(ALPINE).orElseThrow().reference();
        assertThat(docker.images().remove(id)).isEqualTo(Change.IN_USE);
        assertThat(docker.images().inspect(ALPINE)).isPresent();
    }

    @Test
    void networksJoinContainersUnderTheirNames() {
        NetworkName first = new NetworkName("haven-test-" + run + "-a");
        NetworkName second = new NetworkName("haven-test-" + run + "-b");
        for (NetworkName network : List.of(first, second)) {
            assertThat(docker.networks().create(new NetworkSpec(network, false, mine)))
                    .isEqualTo(Change.DONE);
            assertThat(docker.networks().create(new NetworkSpec(network, false, mine)))
                    .isEqualTo(Change.ALREADY);
        }
        ContainerName name = name("joined");
        docker.containers()
                .create(ContainerSpec.of(name, ALPINE)
                        .labels(mine)
                        .command(List.of("sleep", "600"))
                        .network(first, "alias-a")
                        .network(second, "alias-b", "alias-c")
                        .build());
        docker.containers().start(name);
        Container container = docker.containers().inspect(name).orElseThrow();
        assertThat(container.addressIn(first)).isPresent();
        assertThat(container.addressIn(second)).isPresent();
        assertThat(Objects.requireNonNull(container.networks().get(second)).aliases())
                .contains("alias-b", "alias-c");
        assertThat(docker.containers().list(mine).getFirst().networks()).containsKeys(first, second);
        assertThat(docker.networks().inspect(first).orElseThrow().containers()).containsExactly(container.id());
        assertThat(docker.networks().connect(first, name, List.of())).isEqualTo(Change.ALREADY);
        assertThat(docker.networks().remove(first)).isEqualTo(Change.IN_USE);
        assertThat(docker.networks().disconnect(first, name)).isEqualTo(Change.DONE);
        assertThat(docker.networks().disconnect(first, name)).isEqualTo(Change.ABSENT);
        assertThat(docker.networks().remove(first)).isEqualTo(Change.DONE);
        assertThat(docker.networks().remove(first)).isEqualTo(Change.ABSENT);
        assertThat(docker.networks().list(mine)).extracting(Network::name).containsExactly(second);
    }

    @Test
    void volumesKeepTheirData() {
        VolumeName volume = new VolumeName("haven-test-" + run);
        assertThat(docker.volumes().create(new VolumeSpec(volume, mine))).isEqualTo(Change.DONE);
        assertThat(docker.volumes().create(new VolumeSpec(volume, mine))).isEqualTo(Change.ALREADY);
        ContainerName name = name("writer");
        docker.containers()
                .create(ContainerSpec.of(name, ALPINE)
                        .labels(mine)
                        .mounts(List.of(
                                new Mount.Volume(volume, "/data", false), new Mount.Memory("/scratch", 1 << 20)))
                        .command(List.of("sh", "-c", "echo kept >/data/file; echo gone >/scratch/file"))
                        .build());
        docker.containers().start(name);
        assertThat(docker.containers().await(name, SOON)).isEqualTo(new Containers.Ended.Exited(0));
        assertThat(docker.volumes().remove(volume)).isEqualTo(Change.IN_USE);
        docker.containers().remove(name);
        assertThat(docker.volumes().list(mine)).extracting(Volume::name).containsExactly(volume);
        assertThat(docker.volumes().remove(volume)).isEqualTo(Change.DONE);
        assertThat(docker.volumes().remove(volume)).isEqualTo(Change.ABSENT);
    }

    @Test
    void environmentArrivesByteForByte() throws Exception {
        String value = "line\nbreak '\"\\ $HOME 😁 " + "é".repeat(30_000);
        ContainerName name = name("environment");
        docker.containers()
                .create(ContainerSpec.of(name, ALPINE)
                        .labels(mine)
                        .environment(Map.of("VALUE", Secret.of(value), "EMPTY", Secret.of("")))
                        .command(List.of("sh", "-c", "printf '%s' \"$VALUE\" | sha256sum; env | grep -c ^EMPTY="))
                        .build());
        docker.containers().start(name);
        docker.containers().await(name, SOON);
        assertThat(lines(name, LogOptions.all()).stream().map(LogLine::text))
                .containsExactly(sha256(value.getBytes(UTF_8)) + "  -", "1");
    }

    @Test
    void commandsRunInContainers() throws Exception {
        ContainerName name = name("exec");
        create(name, "sleep", "600");
        docker.containers().start(name);
        byte[] input = new byte[3 << 20];
        new Random(1).nextBytes(input);
        Result result = exec(
                name,
                new ExecSpec(
                        List.of("sh", "-c", "sha256sum; echo \"$GREETING\" >&2; exit 7"),
                        Map.of("GREETING", Secret.of("hi\nthere")),
                        null,
                        out -> out.write(input),
                        SOON));
        assertThat(result.end()).isEqualTo(new Execution.Event.Exited(7));
        assertThat(result.out()).isEqualTo(sha256(input) + "  -\n");
        assertThat(result.error()).isEqualTo("hi\nthere\n");
        assertThat(exec(name, ExecSpec.of(SOON, "printf", "%s|", "a b", "", "'\"$x", "😁\n"))
                        .out())
                .isEqualTo("a b||'\"$x|😁\n|");
        assertThat(exec(name, ExecSpec.of(Duration.ofMillis(500), "sleep", "5")).end())
                .isEqualTo(new Execution.Event.DeadlineExceeded());
    }

    @Test
    void longExecOutputWaitsForItsReader() {
        ContainerName name = name("flood");
        create(name, "sleep", "600");
        docker.containers().start(name);
        long read = 0;
        try (Execution execution =
                docker.containers().exec(name, ExecSpec.of(SOON, "head", "-c", "33554432", "/dev/zero"))) {
            Execution.Event event;
            while ((event = execution.next()) instanceof Execution.Event.Output output) {
                read += output.bytes().length;
            }
            assertThat(event).isEqualTo(new Execution.Event.Exited(0));
        }
        assertThat(read).isEqualTo(32L << 20);
    }

    @Test
    void longLinesAndRubbishAreReadable() {
        ContainerName name = name("rubbish");
        create(name, "sh", "-c", """
                head -c 1000000 /dev/zero | tr '\\0' a; echo
                head -c 3000000 /dev/zero | tr '\\0' b; echo
                printf 'caf\\303\\251 \\377\\376 \\000 end\\r\\n'
                printf 'err 1\\n' >&2
                printf 'no end'
                """);
        docker.containers().start(name);
        docker.containers().await(name, SOON);
        List<LogLine> lines = lines(name, LogOptions.all());
        List<String> out = lines.stream()
                .filter(line -> line.channel() == Execution.Channel.OUT)
                .map(LogLine::text)
                .toList();
        assertThat(out.getFirst()).isEqualTo("a".repeat(1_000_000));
        assertThat(out.subList(1, 4).stream().mapToInt(String::length).sum()).isEqualTo(3_000_000);
        assertThat(lines.stream().filter(LogLine::continued)).hasSize(2);
        assertThat(out.subList(4, 6)).containsExactly("café \uFFFD\uFFFD \0 end", "no end");
        assertThat(lines.stream()
                        .filter(line -> line.channel() == Execution.Channel.ERROR)
                        .map(LogLine::text))
                .containsExactly("err 1");
        assertThat(lines(name, LogOptions.tail(1)).getLast().text()).isIn("no end", "err 1");
    }

    @Test
    void followedLogSurvivesBrokenConnections() {
        ContainerName name = name("follow");
        create(
                name,
                "sh",
                "-c",
                "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo $i; [ $((i%100)) = 0 ] && sleep 0.05; done");
        docker.containers().start(name);
        List<Integer> seen = new ArrayList<>();
        try (LogStream log = docker.containers().logs(name, new LogOptions(true, null, null))) {
            LogLine line;
            while ((line = log.next()) != null) {
                seen.add(Integer.valueOf(line.text()));
                if (seen.size() % 700 == 0) {
                    link.cut();
                }
            }
        }
        assertThat(seen).isEqualTo(IntStream.rangeClosed(1, 3000).boxed().toList());
    }

    @Test
    void closingEndsAFollowedLog() throws Exception {
        ContainerName name = name("quiet");
        create(name, "sleep", "600");
        docker.containers().start(name);
        LogStream log = docker.containers().logs(name, LogOptions.follow(10));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> next = threads.submit(log::next);
            log.close();
            assertThat(next.get()).isNull();
        }
    }

    @Test
    void eventsTellWhatHappens() {
        try (EngineEvents events = docker.events(mine, null)) {
            ContainerName name = name("event");
            create(name, "true");
            EngineEvents.Event event = Objects.requireNonNull(events.next());
            assertThat(event.type()).isEqualTo("container");
            assertThat(event.action()).isEqualTo("create");
            assertThat(event.attributes()).containsEntry("name", name.value());
        }
    }

    @Test
    void commandsOfHealthChecksRunInTheContainer() {
        ContainerName name = name("health");
        docker.containers()
                .create(ContainerSpec.of(name, ALPINE)
                        .labels(mine)
                        .command(List.of("sleep", "600"))
                        .health(new CommandHealth(
                                List.of("test", "-d", "/proc"),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ZERO,
                                1))
                        .build());
        docker.containers().start(name);
        await().atMost(SOON)
                .until(() ->
                        docker.containers().inspect(name).orElseThrow().state().health() == Container.Health.HEALTHY);
    }

    @Test
    void idleStreamsThatTheEngineClosedAreReplaced() {
        docker.ping();
        int before = link.opened();
        docker.ping();
        assertThat(link.opened()).isEqualTo(before);
        link.cut();
        docker.ping();
        assertThat(link.opened()).isEqualTo(before + 1);
    }

    @Test
    void callWhoseStreamBreaksIsAProblem() throws Exception {
        ContainerName name = name("broken");
        create(name, "sleep", "600");
        docker.containers().start(name);
        link.cut();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = link.opened();
            Future<?> waiting = threads.submit(() -> docker.containers().await(name, Duration.ofMinutes(5)));
            await().atMost(SOON).until(() -> link.opened() > before);
            assertThat(waiting.isDone()).isFalse();
            await().atMost(SOON).until(() -> {
                link.cut();
                return waiting.isDone();
            });
            assertThat(waiting.exceptionNow()).isInstanceOf(ProblemException.class);
            assertThat(((ProblemException) waiting.exceptionNow()).problem().code())
                    .isEqualTo("engine-unreachable");
        }
        docker.ping();
    }

    @Test
    void manyCallsAtOnceDoNotMix() throws Exception {
        List<ContainerName> names =
                IntStream.range(0, 5).mapToObj(i -> name("many-" + i)).toList();
        names.forEach(name -> create(name, "true"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ContainerName>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> docker.containers()
                            .inspect(names.get(i % 5))
                            .orElseThrow()
                            .name()))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(names.get(i % 5));
            }
        }
    }

    /** What a command in a container wrote, and how it ended. */
    record Result(Execution.Event end, String out, String error) {}

    private Result exec(ContainerName name, ExecSpec spec) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try (Execution execution = docker.containers().exec(name, spec)) {
            Execution.Event event;
            while ((event = execution.next()) instanceof Execution.Event.Output output) {
                (output.channel() == Execution.Channel.OUT ? out : error).writeBytes(output.bytes());
            }
            return new Result(event, out.toString(UTF_8), error.toString(UTF_8));
        }
    }

    private List<LogLine> lines(ContainerName name, LogOptions options) {
        List<LogLine> lines = new ArrayList<>();
        try (LogStream log = docker.containers().logs(name, options)) {
            LogLine line;
            while ((line = log.next()) != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private Containers.Created create(ContainerName name, String... command) {
        return docker.containers()
                .create(ContainerSpec.of(name, ALPINE)
                        .labels(mine)
                        .command(List.of(command))
                        .stopGrace(Duration.ofSeconds(1))
                        .build());
    }

    final ContainerName name(String what) {
        return new ContainerName("haven-test-" + run + "-" + what);
    }

    static void assertProblem(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
