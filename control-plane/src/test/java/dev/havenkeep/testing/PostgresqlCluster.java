package dev.havenkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL cluster of the test JVM's own, made from the machine's server binaries on an ephemeral port and gone
 * with the JVM, however that ends. PostgreSQL refuses to run as root, so root runs it as {@code postgres}.
 */
final class PostgresqlCluster {

    private static final String USER = "haven";
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);
    /** Stops the server when standard input ends, which it does even when the JVM is killed. */
    private static final String STOP_WITH_PARENT = "\"$@\" & child=$!; read -r _; kill -INT $child; wait $child";

    private static @Nullable PostgresqlCluster shared;

    private final int port;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresqlCluster() {
        try {
            Path binaries = binaries();
            Path folder = Files.createTempDirectory("havenkeep-postgresql");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path data = folder.resolve("data");
            finish(asServerUser(List.of(
                    binaries.resolve("initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + USER,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync")));
            port = Ports.free();
            List<String> command = new ArrayList<>(List.of("sh", "-c", STOP_WITH_PARENT, "postgresql"));
            command.addAll(asServerUser(List.of(
                    binaries.resolve("postgres").toString(),
                    "-D",
                    data.toString(),
                    "-c",
                    "port=" + port,
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "fsync=off",
                    "-c",
                    "shared_buffers=16MB",
                    "-c",
                    "max_connections=300")));
            Process server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
            Awaitility.await("PostgreSQL answers; its log is in " + folder)
                    .atMost(START_DEADLINE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(this::answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized PostgresqlCluster shared() {
        PostgresqlCluster cluster = shared;
        if (cluster == null) {
            cluster = new PostgresqlCluster();
            shared = cluster;
        }
        return cluster;
    }

    Map<String, String> newDatabase() {
        String name = "haven" + databases.incrementAndGet();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "haven.database-url", "jdbc:postgresql://127.0.0.1:" + port + "/" + name, "haven.database-user", USER);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, "");
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static List<String> asServerUser(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        List<String> argv =
                new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
        argv.addAll(command);
        return argv;
    }

    private static Path binaries() throws IOException {
        Path installed = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> versions = Files.list(installed)) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(PostgresqlCluster::missing);
            }
        }
        throw missing();
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("No PostgreSQL server binaries under /usr/lib/postgresql: install the"
                + " distribution's postgresql package.");
    }

    private static void finish(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void stop(Process server, Path folder) {
        try {
            server.getOutputStream().close();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            Folders.delete(folder);
        } catch (IOException | InterruptedException e) {
            System.err.println("The test's PostgreSQL in " + folder + " was not removed: " + e);
        }
    }
}
