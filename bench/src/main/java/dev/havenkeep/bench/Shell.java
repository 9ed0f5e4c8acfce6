package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program by its argument list and answers what it printed. */
final class Shell {

    private Shell() {}

    /** Runs it in a folder; fails when it does. */
    static String run(Path folder, Map<String, String> environment, List<String> argv)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new BenchmarkFailure(String.join(" ", argv) + " failed: " + output);
        }
        return output.strip();
    }

    /** Runs it and answers its standard output only; what it says on standard error passes through. */
    static String output(Path folder, List<String> argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new BenchmarkFailure(String.join(" ", argv) + " failed");
        }
        return output.strip();
    }

    /** Runs it in the current folder with the environment as it is. */
    static String run(String... argv) throws IOException, InterruptedException {
        return run(Path.of("."), Map.of(), List.of(argv));
    }
}
