package dev.havenkeep.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A command to a server: an argument list, never a shell string.
 *
 * @param argv the program and its arguments, passed on byte for byte; Linux takes at most 128 KiB in one
 * @param environment variables set for the command, beside the server's own; names as in a POSIX shell
 * @param stdin what the command reads
 * @param deadline after which the command is ended
 */
public record Command(List<String> argv, Map<String, String> environment, Stdin stdin, Duration deadline) {

    /** Writes a command's standard input; the stream is closed when it returns. */
    @FunctionalInterface
    public interface Stdin {
        /** Nothing to read. */
        Stdin NONE = out -> {};

        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw new IllegalArgumentException("A command needs a program");
        }
        argv.forEach(Command::requireNoNul);
        environment.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("A variable cannot be named like this: " + name);
            }
            requireNoNul(value);
        });
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("A command needs time to run");
        }
    }

    private static void requireNoNul(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("An argument or variable cannot hold a NUL character");
        }
    }

    /** A command with no input and no variables of its own. */
    public static Command of(Duration deadline, String... argv) {
        return new Command(List.of(argv), Map.of(), Stdin.NONE, deadline);
    }
}
