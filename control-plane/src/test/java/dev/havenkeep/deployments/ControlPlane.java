package dev.havenkeep.deployments;

import static org.awaitility.Awaitility.await;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The control plane as a process of its own, which a test starts and kills. */
final class ControlPlane implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final Path folder;
    private final int port = Ports.free();
    private final Site site;
    private @Nullable Process process;
    private @Nullable Workplace work;

    /** In this folder, deploying to this site, which is closed with it. */
    ControlPlane(Path folder, Site site) {
        this.folder = folder;
        this.site = site;
    }

    /** What to deploy to; signed in once, since sessions outlive the process. */
    Workplace work() {
        if (work == null) {
            throw new IllegalStateException("not started yet");
        }
        return work;
    }

    void start() throws IOException {
        Files.deleteIfExists(folder.resolve("stand-still-at"));
        Files.deleteIfExists(folder.resolve("standing-still"));
        List<String> argv = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                StoppingHavenkeep.class.getName(),
                folder.toString(),
                "--haven.data-dir=" + folder.resolve("data"),
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--haven.sources.allow-private-networks=true",
                "--springdoc.api-docs.enabled=false",
                "--logging.structured.format.console=",
                "--logging.level.root=warn"));
        site.properties().forEach((name, value) -> argv.add("--" + name + "=" + value));
        Process started = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("control-plane.log").toFile()))
                .start();
        process = started;
        Client anonymous = new Client("http://127.0.0.1:" + port);
        await().atMost(START).ignoreExceptions().until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError(Files.readString(folder.resolve("control-plane.log")));
            }
            return anonymous.get("/api/v1/setup").status() == 200;
        });
        if (work == null) {
            work = Workplace.of(anonymous, setUp(anonymous), site);
        }
    }

    private Answer setUp(Client anonymous) throws IOException {
        return anonymous
                .post(
                        "/api/v1/setup",
                        Map.of(
                                "token",
                                Files.readString(folder.resolve("data/setup-token"))
                                        .strip(),
                                "email",
                                "owner@example.com",
                                "name",
                                "Olivia Owner",
                                "password",
                                People.PASSWORD,
                                "teamName",
                                "First team"))
                .expect(201);
    }

    /** Does something, and kills the process when it has come to this point; answers what was answered. */
    <T> T killAt(String point, Supplier<T> doing) throws IOException {
        Files.writeString(folder.resolve("stand-still-at"), point);
        T result = doing.get();
        awaitStandstill();
        kill();
        return result;
    }

    void awaitStandstill() {
        await().atMost(Workplace.LONG)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(folder.resolve("standing-still")));
    }

    private void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            awaitEnd(running);
        }
    }

    void stopInGoodOrder() {
        Process running = process;
        if (running != null) {
            running.destroy();
            awaitEnd(running);
        }
    }

    private static void awaitEnd(Process running) {
        try {
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("The process does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            site.clear(Files.readString(folder.resolve("data/installation-id")).strip());
            site.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
