package dev.havenkeep.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs what is in the folder {@code lab}. */
final class LabScripts {

    private static final int DEADLINE_MINUTES = 10;

    private LabScripts() {}

    /** A file or folder of the lab. */
    static Path path(String name) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("lab").resolve(name))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("lab/" + name + " is not above the working directory");
            }
        }
        return root.resolve("lab").resolve(name);
    }

    /** Runs a command, which must succeed; answers what it printed. */
    static String run(Map<String, String> environment, String input, List<String> argv)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("lab", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(argv).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", argv) + " failed:\n" + printed + Files.readString(errors));
            }
            return printed;
        } finally {
            Files.delete(errors);
        }
    }
}
