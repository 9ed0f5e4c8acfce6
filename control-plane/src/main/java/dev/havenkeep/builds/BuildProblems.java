package dev.havenkeep.builds;

import dev.havenkeep.kernel.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a failed build is told as. */
final class BuildProblems {

    private static final int UNPROCESSABLE = 422;
    private static final Pattern EXIT_CODE = Pattern.compile("exit code: [0-9]+$");
    private static final Pattern ENGINE_GONE =
            Pattern.compile("cannot connect to the docker daemon|error during connect"
                    + "|transport is closing|code = unavailable|error reading from server|connection refused|unexpected eof"
                    + "|no active session");
    private static final Pattern BASE_IMAGE =
            Pattern.compile("pull access denied|manifest unknown|manifest for .* not found"
                    + "|failed to (resolve|load metadata|do request)|error getting credentials|repository does not exist"
                    + "|: not found$");
    private static final Pattern DOCKERFILE =
            Pattern.compile("dockerfile parse error|failed to parse|unknown instruction"
                    + "|file with no instructions|dockerfile.* cannot be empty|no build stage in current context|circular dependency detected"
                    + "|failed to process \"|unknown flag: ");

    private BuildProblems() {}

    static Problem noTool(String server) {
        return Problem.of(
                UNPROCESSABLE,
                "build-tool-missing",
                "The server cannot build images",
                "The server " + server
                        + " has no docker command with BuildKit. Install the packages docker.io (or docker-ce)"
                        + " and docker-buildx (docker-buildx-plugin) on it.");
    }

    static Problem timeout(Duration limit) {
        return Problem.of(
                UNPROCESSABLE,
                "build-timeout",
                "The build takes too long",
                "The build was ended after " + limit.toMinutes()
                        + " minutes. Make it shorter, or have haven.builds.timeout raised.");
    }

    static Problem engineGone() {
        return Problem.of(
                503,
                "engine-unreachable",
                "Docker does not answer",
                "Docker stopped answering during the build. Check that it runs on the server (systemctl status docker), then"
                        + " deploy again.");
    }

    static Problem failed(BuildOutput output, int exitCode) {
        List<String> tail = output.tail();
        String said = String.join("\n", output.ownLines()) + "\n" + output.reason();
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left on device")
                || tail.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("no space left on device"))) {
            return Problem.of(
                            507,
                            "disk-full",
                            "The server's disk is full",
                            "The build ran out of disk space on the server. Free some, then deploy again.")
                    .with("lastLines", tail);
        }
        String instruction = output.failedInstruction();
        if (instruction == null && DOCKERFILE.matcher(lower).find()) {
            return of("dockerfile-invalid", "The Dockerfile is not valid", lastWords(output), instruction, tail);
        }
        boolean fetchesBase =
                instruction == null || instruction.contains("load metadata for") || instruction.contains("] FROM ");
        if (fetchesBase && BASE_IMAGE.matcher(lower).find()) {
            return of(
                    "base-image-not-found",
                    "A base image cannot be had",
                    lastWords(output) + " Check the FROM lines: the image must exist and be public.",
                    instruction,
                    tail);
        }
        if (ENGINE_GONE.matcher(lower).find() && instruction == null) {
            return engineGone();
        }
        String what = instruction == null
                ? "The build failed: " + lastWords(output)
                : "It failed at " + instruction + ": " + shortened(output.reason()) + ".";
        return of("build-failed", "The build failed", what, instruction, tail).with("exitCode", exitCode);
    }

    private static Problem of(String code, String title, String what, @Nullable String instruction, List<String> tail) {
        String lines = tail.isEmpty() ? "" : "\nThe last lines:\n" + String.join("\n", tail);
        Problem problem = Problem.of(UNPROCESSABLE, code, title, what + lines).with("lastLines", tail);
        return instruction == null ? problem : problem.with("instruction", instruction);
    }

    /** A command that fails is told with all of its text again, which stands before it already. */
    private static String shortened(String reason) {
        Matcher code = EXIT_CODE.matcher(reason);
        return code.find() ? code.group() : reason;
    }

    private static String lastWords(BuildOutput output) {
        List<String> own = output.ownLines();
        return own.isEmpty() ? output.reason() : own.getLast();
    }
}
