package dev.havenkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A git server over SSH on a loopback port: OpenSSH's sshd, which lets its one user run git-shell's commands only. */
public final class SshGitServer implements AutoCloseable {

    private final Path folder;
    private final Path root;
    private final int port;
    private Process sshd;

    private SshGitServer(Path folder, Path root) throws IOException {
        this.folder = folder;
        this.root = root;
        this.port = Ports.free();
        newHostKey();
        Files.writeString(folder.resolve("authorized_keys"), "");
        Files.writeString(folder.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s/host_key
                PidFile none
                UsePAM no
                StrictModes no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                DisableForwarding yes
                AuthorizedKeysFile %s/authorized_keys
                ForceCommand git-shell -c "$SSH_ORIGINAL_COMMAND"
                """.formatted(port, folder, folder));
        Files.createDirectories(Path.of("/run/sshd"));
        sshd = start();
    }

    /** Serves every repository in the root folder; keeps its own files in the other. */
    public static SshGitServer open(Path folder, Path root) {
        try {
            Files.createDirectories(folder);
            return new SshGitServer(folder, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a repository, for example {@code ssh://root@127.0.0.1:41234/tmp/x/shop.git}. */
    public String url(String name) {
        return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + root.resolve(name + ".git");
    }

    /** Lets the holder of a key in, and nobody else. */
    public void authorize(String publicKey) {
        try {
            Files.writeString(folder.resolve("authorized_keys"), publicKey + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comes back with another host key. */
    public void changeHostKey() {
        try {
            stop();
            newHostKey();
            sshd = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void newHostKey() throws IOException {
        Files.deleteIfExists(folder.resolve("host_key"));
        Files.deleteIfExists(folder.resolve("host_key.pub"));
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                folder.resolve("host_key").toString());
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(this::answers);
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void stop() {
        sshd.destroy();
        try {
            sshd.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
