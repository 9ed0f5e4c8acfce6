package dev.havenkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole server of the lab that is reached by nothing but SSH; see {@code lab/vps}.
 *
 * @param hostKey as {@code known_hosts} has it, without the host
 * @param privateKey the text of the private key that signs in
 */
public record Vps(String name, String address, int port, String user, String hostKey, String privateKey)
        implements AutoCloseable {

    /** Starts a server of the caller's own, with a unique name; the caller closes it. */
    public static Vps start(String what) {
        String name = what + "-" + UUID.randomUUID().toString().substring(0, 8);
        JsonNode json = new JsonMapper().readTree(lab("up", name));
        try {
            return new Vps(
                    name,
                    json.path("address").asString(),
                    json.path("port").asInt(),
                    json.path("user").asString(),
                    json.path("hostKey").asString(),
                    Files.readString(Path.of(json.path("privateKey").asString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command on it, past its SSH server, which must succeed; answers the lines that it printed. */
    public List<String> run(String... argv) {
        List<String> command = new ArrayList<>(List.of("docker", "exec", "havenkeep-lab-vps-" + name));
        command.addAll(List.of(argv));
        return run(new ProcessBuilder(command).redirectErrorStream(true))
                .lines()
                .toList();
    }

    /** Removes it with all that it holds. */
    @Override
    public void close() {
        lab("down", name);
    }

    private static String lab(String command, String name) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(root.resolve("lab/vps"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("lab/vps is not above the working directory");
            }
        }
        return run(new ProcessBuilder(root.resolve("lab/vps").toString(), command, name)
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    private static String run(ProcessBuilder command) {
        try {
            Process process = command.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command.command()) + " failed: " + out);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
