package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.Masks;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class DeploymentLogsTest {

    private final Kernel kernel;
    private final ApplicationId application;
    private final DeploymentId deployment;

    @TempDir
    Path folder;

    private DeploymentLogs logs;

    @SuppressWarnings("NullAway.Init")
    DeploymentLogsTest(Kernel kernel) {
        this.kernel = kernel;
        this.application = new ApplicationId(kernel.ids().next());
        this.deployment = new DeploymentId(kernel.ids().next());
    }

    @BeforeEach
    void begin() {
        logs = new DeploymentLogs(new HavenProperties(folder, null, null, null, null), kernel.json(), kernel.clock());
    }

    @Test
    void whatIsWrittenIsReadAndResumedByOffset() throws InterruptedException {
        try (DeploymentLog log = logs.open(application, deployment, Masks.NONE)) {
            log.step(Step.BUILDING, Step.State.RUNNING);
            log.printed(Step.BUILDING, "stdout", "one\u0000 😀 \n two");
            log.printed(Step.BUILDING, "stderr", "three");
            log.end(State.FAILED);
        }

        List<LogReader.Read> all = readAll(0);
        List<LogReader.Read> rest = readAll(all.get(1).end());

        assertThat(all).extracting(read -> read.entry().event()).containsExactly("step", "log", "log", "end");
        assertThat(((LogEntry.Line) all.get(1).entry()).text()).isEqualTo("one\u0000 😀 \n two");
        assertThat(rest).isEqualTo(all.subList(2, 4));
    }

    @Test
    void aReaderIsToldOfANewLineAtOnce() throws Exception {
        try (DeploymentLog log = logs.open(application, deployment, Masks.NONE);
                LogReader reader = logs.read(application, deployment, 0)) {
            CompletableFuture<List<LogReader.Read>> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return reader.next(30_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            log.say(Step.FETCHING, "hello");

            assertThat(waiting.get(5, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void secretsAreBlottedAndLongLinesCut() throws InterruptedException {
        try (DeploymentLog log = logs.open(application, deployment, new Masks(List.of(Secret.of("hunter2"))))) {
            log.printed(Step.BUILDING, "stdout", "the password is hunter2");
            log.printed(Step.BUILDING, "stdout", "x".repeat(1_000_000) + "hunter2");
        }

        List<LogReader.Read> all = readAll(0);

        assertThat(((LogEntry.Line) all.get(0).entry()).text()).isEqualTo("the password is [secret]");
        assertThat(((LogEntry.Line) all.get(1).entry()).text())
                .hasSizeLessThan(DeploymentLog.LONGEST_LINE + 100)
                .contains("cut: the line has 1000008 characters");
    }

    @Test
    void aHugeLogStopsGrowingAndSaysSoButKeepsTheEnd() throws Exception {
        String line = "y".repeat(DeploymentLog.LONGEST_LINE);
        try (DeploymentLog log = logs.open(application, deployment, Masks.NONE)) {
            for (int i = 0; i < 12_800; i++) {
                log.printed(Step.BUILDING, "stdout", line);
            }
            log.end(State.SUCCEEDED);
        }

        List<LogReader.Read> all = readAll(0);

        assertThat(all.getLast().end()).isLessThan(DeploymentLog.LARGEST_FILE + 100_000);
        assertThat(all.getLast().entry()).isInstanceOf(LogEntry.End.class);
        assertThat(((LogEntry.Line) all.get(all.size() - 2).entry()).text()).contains("32 MB");
    }

    @Test
    void aLineThatACrashCutIsTakenAwayBeforeGoingOn() throws Exception {
        try (DeploymentLog log = logs.open(application, deployment, Masks.NONE)) {
            log.say(Step.FETCHING, "whole");
        }
        Path file;
        try (var files = Files.walk(folder)) {
            file = files.filter(Files::isRegularFile).findAny().orElseThrow();
        }
        Files.writeString(file, "{\"event\":\"log\",\"at\":\"20", StandardOpenOption.APPEND);

        try (DeploymentLog log = logs.open(application, deployment, Masks.NONE)) {
            log.say(Step.FETCHING, "next");
        }

        assertThat(readAll(0))
                .extracting(read -> ((LogEntry.Line) read.entry()).text())
                .containsExactly("whole", "next");
    }

    @Test
    void forgettingAnApplicationRemovesItsLogs() throws IOException {
        logs.open(application, deployment, Masks.NONE).close();

        logs.forget(application);

        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private List<LogReader.Read> readAll(long offset) throws InterruptedException {
        List<LogReader.Read> all = new ArrayList<>();
        try (LogReader reader = logs.read(application, deployment, offset)) {
            while (true) {
                List<LogReader.Read> more = reader.next(1);
                if (more.isEmpty()) {
                    return all;
                }
                all.addAll(more);
            }
        }
    }
}
