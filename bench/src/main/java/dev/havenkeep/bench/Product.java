package dev.havenkeep.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged control plane as a process of its own, started by the launcher with the flags that people run it with. */
final class Product implements AutoCloseable {

    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;
    private final Duration started;
    final Path dataDir;
    final Api api;
    final int httpPort;
    final int httpsPort;

    private Product(Process process, Path log, Duration started, Path dataDir, Api api, int httpPort, int httpsPort) {
        this.process = process;
        this.log = log;
        this.started = started;
        this.dataDir = dataDir;
        this.api = api;
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
    }

    /** Starts the product on a data folder, with further flags, and waits for its first answered request. */
    static Product start(Path home, Path dataDir, String... flags) throws IOException, InterruptedException {
        int port = freePort();
        int httpPort = freePort();
        int httpsPort = freePort();
        Path log = dataDir.resolveSibling(dataDir.getFileName() + ".log");
        List<String> argv = new ArrayList<>(List.of(
                home.resolve("haven").toString(),
                "up",
                "--data",
                dataDir.toString(),
                "--server.port=" + port,
                "--haven.edge.http-port=" + httpPort,
                "--haven.edge.https-port=" + httpsPort,
                "--haven.edge.folder=" + dataDir.resolveSibling(dataDir.getFileName() + "-edge"),
                "--haven.sources.allow-private-networks=true",
                "--haven.rate-limits.enabled=false"));
        argv.addAll(List.of(flags));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Api api = new Api(URI.create("http://127.0.0.1:" + port));
        while (!api.ready()) {
            if (!process.isAlive() || System.nanoTime() - begin > START_DEADLINE.toNanos()) {
                process.destroyForcibly();
                throw new BenchmarkFailure("The control plane did not start; its log ends:\n" + tail(log));
            }
            Thread.sleep(5);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Product(process, log, took, dataDir, api, httpPort, httpsPort);
    }

    /** From the launch to the first answered request, launcher included. */
    Duration started() {
        return started;
    }

    /** Creates the owner with the token that the product wrote; answers the team's id. */
    String setUp() throws IOException, InterruptedException {
        String token = Files.readString(dataDir.resolve("setup-token")).strip();
        return api.setUp(token).path("team").path("id").asString();
    }

    /** Resident memory of the control plane's process, in bytes. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new BenchmarkFailure("The process " + process.pid() + " tells no memory");
    }

    /** Its process. */
    long pid() {
        return process.pid();
    }

    /** What runs, to be sure that it is the JVM and not a shell around it. */
    String executable() {
        return process.info().command().orElse("?");
    }

    /** Kills the control plane as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** The end of what the control plane logged. */
    String logTail() {
        return tail(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
