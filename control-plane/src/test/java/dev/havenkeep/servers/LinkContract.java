package dev.havenkeep.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.kernel.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every transport promises. One class per transport runs it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LinkContract {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String folder = "/tmp/haven-link-" + UUID.randomUUID();

    abstract Link link();

    @AfterEach
    void removeFolder() {
        run("rm", "-rf", folder);
    }

    /** What a command wrote, and how it ended. */
    record Result(Execution.Event end, byte[] out, byte[] error) {
        String text() {
            return new String(out, UTF_8);
        }
    }

    @Test
    void engineAnswers() throws IOException {
        try (Duplex engine = link().engine()) {
            engine.out().write("GET /_ping HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(engine.in().readAllBytes(), UTF_8))
                    .contains("200 OK")
                    .endsWith("OK");
        }
    }

    @Test
    void argumentsArriveByteForByte() {
        List<String> arguments = new ArrayList<>(List.of(
                "",
                " ",
                "a b",
                "'",
                "\"",
                "\\",
                "\\n",
                "\\0101",
                "\\c",
                "$HOME `id` $(id) ${x} !! !1",
                "; rm -rf / && | & > < * ? [a] {a,b} ~ #",
                "-n",
                "--",
                "-e",
                "%s%d%%",
                "line\nbreak\n",
                "\n\n",
                "\r\t\u0001\u001b\u007f",
                "😁 ünïcödé \u0081\u0085 中文",
                "é".repeat(32 * 1024),
                "😁".repeat(16 * 1024),
                "x".repeat(64 * 1024)));
        for (char c = 1; c < 256; c++) {
            arguments.add("[" + c + "]");
        }
        List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", "printf '%s\\0' \"$@\"", "sh"));
        argv.addAll(arguments);

        Result result = run(new Command(argv, Map.of(), Command.Stdin.NONE, SOON));

        assertThat(result.end()).isEqualTo(new Execution.Event.Exited(0));
        assertThat(List.of(result.text().split("\0", -1)).subList(0, arguments.size()))
                .isEqualTo(arguments);
    }

    @Test
    void environmentArrivesByteForByte() {
        Map<String, String> environment = Map.of(
                "HAVEN_TEST_A",
                "line\nbreak '\"\\ $HOME 😁",
                "HAVEN_TEST_B",
                "",
                "IFS",
                "x",
                "LONG",
                "y".repeat(65_536));
        Result result = run(new Command(List.of("env", "-0"), environment, Command.Stdin.NONE, SOON));
        List<String> variables = List.of(result.text().split("\0"));
        assertThat(variables)
                .contains("HAVEN_TEST_A=line\nbreak '\"\\ $HOME 😁", "HAVEN_TEST_B=", "LONG=" + "y".repeat(65_536));
    }

    @Test
    void inputArrivesByteForByte() throws Exception {
        byte[] input = new byte[10 << 20];
        new Random(7).nextBytes(input);
        Result result = run(new Command(List.of("sha256sum"), Map.of(), out -> out.write(input), SOON));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
        assertThat(result.text()).startsWith(digest);
    }

    @Test
    void inputThatBreaksOffIsNotTakenForTheWhole() {
        Command command = new Command(
                List.of("cat"),
                Map.of(),
                out -> {
                    out.write("part".getBytes(UTF_8));
                    throw new IOException("the source failed");
                },
                SOON);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> run(command))
                .withMessageContaining("the source failed");
    }

    @Test
    void commandThatReadsNoInputEnds() {
        byte[] input = new byte[10 << 20];
        Result result = run(new Command(List.of("true"), Map.of(), out -> out.write(input), SOON));
        assertThat(result.end()).isEqualTo(new Execution.Event.Exited(0));
    }

    @Test
    void outputWaitsForItsReader() {
        String done = folder + "/done";
        run("mkdir", folder);
        Command command = Command.of(
                Duration.ofSeconds(60), "/bin/sh", "-c", "head -c 52428800 /dev/zero; : >\"$1\"", "sh", done);
        long read = 0;
        try (Execution execution = link().run(command)) {
            Execution.Event event = execution.next();
            assertThat(event).isInstanceOf(Execution.Event.Output.class);
            read += ((Execution.Event.Output) event).bytes().length;
            assertThat(run("test", "-e", done).end()).isEqualTo(new Execution.Event.Exited(1));
            while ((event = execution.next()) instanceof Execution.Event.Output output) {
                read += output.bytes().length;
            }
            assertThat(event).isEqualTo(new Execution.Event.Exited(0));
        }
        assertThat(read).isEqualTo(50L << 20);
    }

    @Test
    void outputsAreApart() {
        Result result = run("/bin/sh", "-c", "echo out; echo error >&2");
        assertThat(result.text()).isEqualTo("out\n");
        assertThat(new String(result.error(), UTF_8)).isEqualTo("error\n");
    }

    @Test
    void exitCodesAndSignalsAreTold() {
        assertThat(run("true").end()).isEqualTo(new Execution.Event.Exited(0));
        assertThat(run("/bin/sh", "-c", "exit 7").end()).isEqualTo(new Execution.Event.Exited(7));
        assertThat(run("/bin/sh", "-c", "exit 255").end()).isEqualTo(new Execution.Event.Exited(255));
        assertThat(run("no-such-program").end()).isEqualTo(new Execution.Event.Exited(127));
        assertThat(run("/bin/sh", "-c", "kill -TERM $$").end()).isEqualTo(new Execution.Event.Exited(143));
        assertThat(run("/bin/sh", "-c", "kill -SEGV $$").end()).isEqualTo(new Execution.Event.Exited(139));
    }

    @Test
    void finalEventIsGivenAgain() {
        try (Execution execution = link().run(Command.of(SOON, "true"))) {
            assertThat(execution.next()).isEqualTo(new Execution.Event.Exited(0));
            assertThat(execution.next()).isEqualTo(new Execution.Event.Exited(0));
        }
    }

    @Test
    void deadlineEndsCommandAndItsChildren() {
        List<String> pids = new ArrayList<>();
        try (Execution execution = link().run(sleeping(Duration.ofSeconds(6)))) {
            pids.addAll(pids(execution));
            Execution.Event event;
            do {
                event = execution.next();
            } while (event instanceof Execution.Event.Output);
            assertThat(event).isEqualTo(new Execution.Event.DeadlineExceeded());
        }
        assertGone(pids);
    }

    @Test
    void closingEndsCommandAndItsChildren() {
        List<String> pids;
        try (Execution execution = link().run(sleeping(Duration.ofMinutes(10)))) {
            pids = pids(execution);
        }
        assertGone(pids);
    }

    @Test
    void closingFromAnotherThreadWakesTheReader() throws Exception {
        try (Execution execution = link().run(Command.of(Duration.ofMinutes(10), "sleep", "600"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Execution.Event> next = threads.submit(execution::next);
            execution.close();
            assertThat(next.get()).isEqualTo(new Execution.Event.Exited(137));
        }
    }

    @Test
    void commandThatLeavesAProcessBehindEnds() {
        Result result = run("/bin/sh", "-c", "sleep 20 & echo started");
        assertThat(result.end()).isEqualTo(new Execution.Event.Exited(0));
        assertThat(result.text()).isEqualTo("started\n");
    }

    @Test
    void unixSocketsOpen() throws IOException {
        try (Duplex socket = link().open(new Address.Unix("/var/run/docker.sock"))) {
            socket.out().write("GET /_ping HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(socket.in().readAllBytes(), UTF_8)).endsWith("OK");
        }
    }

    @Test
    void tcpPortsOpenAndHalfClose() throws IOException {
        byte[] sent = new byte[3 << 20];
        new Random(3).nextBytes(sent);
        try (Execution server = link().run(counting())) {
            int port = Integer.parseInt(line(server));
            try (Duplex stream = link().open(new Address.Tcp("127.0.0.1", port))) {
                stream.out().write(sent);
                stream.closeOutput();
                assertThat(new String(stream.in().readAllBytes(), UTF_8)).isEqualTo("got " + sent.length);
            }
        }
    }

    @Test
    void whereNothingListensIsAProblem() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> link().open(new Address.Unix("/nowhere/at/all.sock")))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("connection-refused"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> link().open(new Address.Tcp("127.0.0.1", 1)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("connection-refused"));
    }

    @Test
    void closingAStreamEndsARead() throws Exception {
        Duplex engine = link().engine();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> read = threads.submit(() -> ended(engine.in()));
            engine.close();
            assertThat(read.get()).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheWaitingOfItsThreadStaysKnownAndHurtsNobodyElse() throws Exception {
        try (Duplex others = link().engine();
                Duplex silent = link().engine()) {
            CompletableFuture<Boolean> known = new CompletableFuture<>();
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    known.completeExceptionally(
                            new AssertionError("It read " + silent.in().read()));
                } catch (IOException e) {
                    known.complete(Thread.currentThread().isInterrupted());
                }
            });
            reader.interrupt();
            assertThat(known.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

            Thread.currentThread().interrupt();
            try (Duplex opened = link().engine()) {
                assertThat(opened).isNotNull();
            } catch (ProblemException e) {
                assertThat(e.problem().status()).isGreaterThanOrEqualTo(500);
            }
            assertThat(Thread.interrupted()).isTrue();

            others.out().write("GET /_ping HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(others.in().readAllBytes(), UTF_8)).endsWith("OK");
        }
    }

    @Test
    void filesArePut() {
        byte[] content = new byte[1 << 20];
        new Random(5).nextBytes(content);
        String path = folder + "/deep er/it's \"a\" $file\n😁";
        link().put(new RemoteFile(path, 0640, content));
        assertThat(run("cat", path).out()).isEqualTo(content);
        assertThat(run("stat", "-c", "%a", path).text()).isEqualTo("640\n");
    }

    @Test
    void filesAreReplacedInOneStep() {
        String path = folder + "/file";
        link().put(new RemoteFile(path, 0600, "old".getBytes(UTF_8)));
        String before = run("stat", "-c", "%i", path).text();
        Result kept = run("/bin/sh", "-c", "exec 3<\"$1\"; ln \"$1\" \"$1.kept\"", "sh", path);
        assertThat(kept.end()).isEqualTo(new Execution.Event.Exited(0));
        link().put(new RemoteFile(path, 0755, "new".getBytes(UTF_8)));
        assertThat(run("cat", path).text()).isEqualTo("new");
        assertThat(run("cat", path + ".kept").text()).isEqualTo("old");
        assertThat(run("stat", "-c", "%i", path).text()).isNotEqualTo(before);
        assertThat(run("ls", "-A", folder).text()).isEqualTo("file\nfile.kept\n");
    }

    @Test
    void fileThatCannotBePutIsAProblemAndLeavesNothing() {
        link().put(new RemoteFile(folder + "/file", 0600, new byte[0]));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> link().put(new RemoteFile(folder + "/file/below", 0600, new byte[0])))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("server-refused"));
    }

    @Test
    void fiftyStreamsRunAtOnce() throws Exception {
        List<Duplex> streams = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Duplex>> opening = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> link().engine()))
                    .toList();
            for (Future<Duplex> each : opening) {
                streams.add(each.get());
            }
            List<Future<String>> answers = streams.stream()
                    .map(stream -> threads.submit(() -> {
                        stream.out().write("GET /version HTTP/1.0\r\n\r\n".getBytes(UTF_8));
                        return new String(stream.in().readAllBytes(), UTF_8);
                    }))
                    .toList();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).contains("ApiVersion");
            }
        } finally {
            for (Duplex stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void manyCommandsRunAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> results = IntStream.range(0, 30)
                    .mapToObj(i -> threads.submit(() -> run("echo", "number " + i)))
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                Result result = results.get(i).get();
                assertThat(result.end()).isEqualTo(new Execution.Event.Exited(0));
                assertThat(result.text()).isEqualTo("number " + i + "\n");
            }
        }
    }

    /** A shell with a child, which both sleep; it writes both process ids. */
    private static Command sleeping(Duration deadline) {
        return Command.of(deadline, "/bin/sh", "-c", "sleep 600 & echo $$ $!; wait");
    }

    /** Answers one connection with how many bytes came before its half was closed; writes its port first. */
    private static Command counting() {
        return Command.of(SOON, "perl", "-e", """
                use IO::Socket::INET; $| = 1;
                my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1') or die;
                print $s->sockport, "\\n";
                my $c = $s->accept; my $n = 0; my $b;
                while (my $r = sysread($c, $b, 65536)) { $n += $r }
                syswrite($c, "got $n");
                """);
    }

    private static String line(Execution execution) {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\n") < 0 && execution.next() instanceof Execution.Event.Output output) {
            line.append(new String(output.bytes(), UTF_8));
        }
        return line.toString().strip();
    }

    private static List<String> pids(Execution execution) {
        List<String> pids = List.of(line(execution).split(" "));
        assertThat(pids).hasSize(2);
        return pids;
    }

    private void assertGone(List<String> pids) {
        for (String pid : pids) {
            await().atMost(SOON)
                    .until(() -> run("/bin/sh", "-c", "kill -0 \"$1\" 2>/dev/null", "sh", pid)
                            .end()
                            .equals(new Execution.Event.Exited(1)));
        }
    }

    private static boolean ended(InputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    final Result run(String... argv) {
        return run(Command.of(SOON, argv));
    }

    final Result run(Command command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try (Execution execution = link().run(command)) {
            Execution.Event event;
            while ((event = execution.next()) instanceof Execution.Event.Output output) {
                (output.channel() == Execution.Channel.OUT ? out : error).writeBytes(output.bytes());
            }
            return new Result(event, out.toByteArray(), error.toByteArray());
        }
    }
}
