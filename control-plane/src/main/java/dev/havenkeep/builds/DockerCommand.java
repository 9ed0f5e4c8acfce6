package dev.havenkeep.builds;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.servers.Command;
import dev.havenkeep.servers.Execution;
import dev.havenkeep.servers.Link;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A docker command on a server that can drive BuildKit: by its buildx plug-in, or, before Docker 23, by itself. More than
 * one docker command may be installed, and not each of them has it.
 *
 * @param path as it is started
 */
record DockerCommand(String path) {

    private static final List<String> CANDIDATES =
            List.of("docker", "/usr/bin/docker", "/usr/local/bin/docker", "/snap/bin/docker", "/opt/bin/docker");
    private static final Duration PROBE = Duration.ofSeconds(20);
    private static final int NEEDS_PLUGIN_SINCE = 23;
    private static final int HAS_BUILDKIT_SINCE = 19;
    /** As timeout(1) exits. */
    private static final int TIMED_OUT = 124;

    private static final int MAX_OUTPUT = 64 * 1024;
    private static final Pattern VERSION = Pattern.compile("Docker version (\\d+)\\..*", Pattern.DOTALL);

    /** Looks for one. */
    static Optional<DockerCommand> find(Link link, Cancellation cancellation) {
        for (String candidate : CANDIDATES) {
            if (run(link, cancellation, candidate, "buildx", "version").code() == 0) {
                return Optional.of(new DockerCommand(candidate));
            }
            Matcher version = VERSION.matcher(
                    run(link, cancellation, candidate, "--version").output());
            if (version.matches()) {
                int major = Integer.parseInt(version.group(1));
                if (major >= HAS_BUILDKIT_SINCE && major < NEEDS_PLUGIN_SINCE) {
                    return Optional.of(new DockerCommand(candidate));
                }
            }
        }
        return Optional.empty();
    }

    /** How a short command ended, and what it printed. */
    record Outcome(int code, String output) {}

    /** Runs a short command to its end. */
    static Outcome run(Link link, Command command, Cancellation cancellation) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Execution execution = link.run(command);
                Cancellation.Registration registration = cancellation.onCancel(execution::close)) {
            while (true) {
                switch (execution.next()) {
                    case Execution.Event.Output piece -> {
                        if (piece.channel() == Execution.Channel.OUT && output.size() < MAX_OUTPUT) {
                            output.writeBytes(piece.bytes());
                        }
                    }
                    case Execution.Event.Exited exited -> {
                        cancellation.check();
                        return new Outcome(exited.code(), output.toString(StandardCharsets.UTF_8));
                    }
                    case Execution.Event.DeadlineExceeded exceeded -> {
                        return new Outcome(TIMED_OUT, "");
                    }
                }
            }
        }
    }

    private static Outcome run(Link link, Cancellation cancellation, String... argv) {
        return run(link, new Command(List.of(argv), Map.of(), Command.Stdin.NONE, PROBE), cancellation);
    }
}
