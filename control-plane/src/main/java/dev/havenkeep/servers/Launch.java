package dev.havenkeep.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * How a command is started without a shell string made from data: what the server runs is a constant script, and the
 * command's arguments, environment and deadline are lines that the script reads from standard input. What follows
 * them there is the command's own input, since a POSIX shell's {@code read} takes no byte past the end of a line.
 *
 * <p>A line holds a value with each byte that is not plain ASCII, and each backslash and line end, as the octal escape
 * that {@code printf %b} undoes; so every byte but NUL arrives as it was sent, whatever the shell or its locale. The
 * script replaces itself by the command, under {@code timeout} of the coreutils where there is one: a server that
 * loses the control plane ends the command by itself soon after its deadline.
 */
final class Launch {

    /** How long after the deadline the server itself ends a command that was not ended by then. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final String SCRIPT = script();

    private Launch() {}

    /** For this machine: the shell and the script as arguments of their own. */
    static List<String> argv() {
        return List.of("/bin/sh", "-c", SCRIPT);
    }

    /** For SSH, whose command is one string that the user's login shell reads: the same, a constant. */
    static String line() {
        return "exec /bin/sh -c '" + SCRIPT + "'";
    }

    /** What the script reads before the command's own input. */
    static byte[] header(Command command) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        line(lines, Long.toString(command.deadline().plus(GRACE).toSeconds() + 1));
        line(lines, Integer.toString(command.argv().size()));
        command.argv().forEach(argument -> line(lines, argument));
        line(lines, Integer.toString(command.environment().size()));
        command.environment().forEach((name, value) -> line(lines, name + "=" + value));
        return lines.toByteArray();
    }

    private static void line(ByteArrayOutputStream lines, String value) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f && b != '\\') {
                lines.write(b);
            } else {
                lines.write('\\');
                lines.write('0');
                lines.write('0' + ((b >> 6) & 3));
                lines.write('0' + ((b >> 3) & 7));
                lines.write('0' + (b & 7));
            }
        }
        lines.write('\n');
    }

    private static String script() {
        try (InputStream in = Launch.class.getResourceAsStream("launch.sh")) {
            if (in == null) {
                throw new IllegalStateException("launch.sh is not in the jar");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .reduce("", (before, line) -> before.isEmpty() ? line : before + " " + line);
            if (script.indexOf('\'') >= 0 || script.indexOf('!') >= 0) {
                throw new IllegalStateException("launch.sh may not hold a single quote or an exclamation mark");
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
