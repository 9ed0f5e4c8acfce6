package dev.havenkeep.edge.lab;

import dev.havenkeep.edge.haproxy.HaproxyConfiguration;
import dev.havenkeep.edge.haproxy.HaproxyRuntime;
import dev.havenkeep.edge.haproxy.Layout;
import dev.havenkeep.edge.haproxy.Rendered;
import dev.havenkeep.edge.haproxy.Sockets;
import dev.havenkeep.edge.routing.EdgeState;
import dev.havenkeep.servers.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;

/** HAProxy in a container of its own, driven as the edge drives it but without anything around. */
public final class HaproxyContainer implements AutoCloseable {

    public static final String IMAGE = "haproxy:3.2";

    private final Path folder;
    private final String name =
            "havenkeep-test-haproxy-" + UUID.randomUUID().toString().substring(0, 8);
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final HaproxyRuntime runtime;
    private final int httpPort;
    private final int httpsPort;
    private final int http3Port;

    public HaproxyContainer(EdgeState state, String defaultPem) {
        try {
            folder = Files.createTempDirectory("hk-edge");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            for (String part : new String[] {Layout.CONTROL, Layout.HANDOFF, Layout.FILES, Layout.CERTIFICATES}) {
                Files.setPosixFilePermissions(
                        Files.createDirectory(folder.resolve(part)), PosixFilePermissions.fromString("rwx--x--x"));
            }
            Files.writeString(folder.resolve(Layout.DEFAULT_CERTIFICATE), defaultPem);
            Files.writeString(folder.resolve(Layout.CHALLENGES), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(state);
        DockerCommand.run(
                "run",
                "--detach",
                "--name",
                name,
                "--user",
                "0:0",
                "--volume",
                folder + ":" + Layout.ROOT,
                "--publish",
                "127.0.0.1::80",
                "--publish",
                "127.0.0.1::443",
                "--publish",
                "127.0.0.1::443/udp",
                "--entrypoint",
                "haproxy",
                IMAGE,
                "-W",
                "-db",
                "-S",
                Layout.inContainer(Layout.MASTER_SOCKET) + ",mode,666",
                "-f",
                Layout.inContainer(Layout.CONFIGURATION));
        runtime = new HaproxyRuntime(sockets(), deadlines);
        try {
            Awaitility.await("HAProxy answers")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> runtime.fingerprint().isPresent());
        } catch (RuntimeException e) {
            String log = DockerCommand.tryRun("logs", name);
            close();
            throw new IllegalStateException(log, e);
        }
        httpPort = published("80/tcp");
        httpsPort = published("443/tcp");
        http3Port = published("443/udp");
    }

    /** Writes the configuration of a state; takes effect with the next reload or start. */
    public Rendered write(EdgeState state) {
        Rendered rendered = HaproxyConfiguration.render(state);
        try {
            for (var file : rendered.files().entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            Files.writeString(folder.resolve(Layout.CERTIFICATE_LIST), rendered.certificateList());
            Path fresh = folder.resolve("fresh");
            Files.writeString(fresh, rendered.configuration());
            Files.move(
                    fresh,
                    folder.resolve(Layout.CONFIGURATION),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rendered;
    }

    /** Writes and reloads. */
    public void load(EdgeState state) {
        write(state);
        if (runtime.reload() instanceof HaproxyRuntime.Reload.Failed failed) {
            throw new IllegalStateException(failed.log());
        }
    }

    public HaproxyRuntime runtime() {
        return runtime;
    }

    public Sockets sockets() {
        return path -> open(folder.resolve(path));
    }

    public Path folder() {
        return folder;
    }

    public String name() {
        return name;
    }

    public int httpPort() {
        return httpPort;
    }

    public int httpsPort() {
        return httpsPort;
    }

    public int http3Port() {
        return http3Port;
    }

    public String log() {
        return DockerCommand.run("logs", name);
    }

    @Override
    public void close() {
        DockerCommand.tryRun("rm", "--force", "--volumes", name);
        deadlines.shutdownNow();
        DockerCommand.finish(new ProcessBuilder("rm", "-rf", folder.toString()), true);
    }

    private int published(String port) {
        String address =
                DockerCommand.run("port", name, port).lines().findFirst().orElseThrow();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1).strip());
    }

    private static Duplex open(Path path) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new Duplex() {
                @Override
                public InputStream in() {
                    return Channels.newInputStream(channel);
                }

                @Override
                public OutputStream out() {
                    return Channels.newOutputStream(channel);
                }

                @Override
                public void closeOutput() throws IOException {
                    channel.shutdownOutput();
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        } catch (IOException e) {
            throw dev.havenkeep.edge.haproxy.EdgeProblems.unreachable(path.toString(), e);
        }
    }
}
