package dev.havenkeep.deployments;

import dev.havenkeep.engine.Container;
import dev.havenkeep.engine.ExecSpec;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Execution;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds out where the programs in a container do listen, when it is not where they should. */
@Component
class Listening {

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final int LARGEST_OUTPUT = 1 << 20;
    /** proc_net_tcp(5): local address and port in hexadecimal, the remote ones, and the state, 0A for listening. */
    private static final Pattern LISTENING = Pattern.compile(
            "^\\s*\\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]+ 0A ", Pattern.MULTILINE);
    /** 127.0.0.1 and ::1 as the kernel writes them on a little-endian machine. */
    private static final Set<String> LOOPBACK = Set.of("0100007F", "00000000000000000000000001000000");
    /** Docker's own name server. */
    private static final String EMBEDDED_DNS = "0B00007F";

    /** Where programs listen: ports that others reach, and ports that only the container itself does. */
    record Ports(Set<Integer> open, Set<Integer> loopback) {

        static Ports parse(String table) {
            Set<Integer> open = new TreeSet<>();
            Set<Integer> loopback = new TreeSet<>();
            Matcher matcher = LISTENING.matcher(table);
            while (matcher.find()) {
                String address = matcher.group(1);
                int port = Integer.parseInt(matcher.group(2), 16);
                if (LOOPBACK.contains(address)) {
                    loopback.add(port);
                } else if (!address.equals(EMBEDDED_DNS)) {
                    open.add(port);
                }
            }
            loopback.removeAll(open);
            return new Ports(open, loopback);
        }
    }

    /** What the person should change, as far as that can be told; ends with a full stop. */
    String advice(Attempt attempt, Container container, int port) {
        Ports ports = Ports.parse(table(attempt, container));
        if (ports.loopback().contains(port)) {
            return "The program listens on 127.0.0.1, where only the container itself reaches it; let it listen on"
                    + " 0.0.0.0.";
        }
        if (!ports.open().isEmpty()) {
            return "The program listens on "
                    + ports.open().stream().map(String::valueOf).collect(Collectors.joining(" and "))
                    + "; set the application's port to that, or let the program listen on " + port + ".";
        }
        return "Nothing in it listens on any port that others reach; let the program listen on 0.0.0.0:" + port
                + ", for example by the variable PORT, which it is given.";
    }

    /** Empty when the image has no command that can show it. */
    private static String table(Attempt attempt, Container container) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Execution execution = attempt.docker()
                .containers()
                .exec(container.id(), ExecSpec.of(DEADLINE, "cat", "/proc/net/tcp", "/proc/net/tcp6"))) {
            while (true) {
                switch (execution.next()) {
                    case Execution.Event.Output(Execution.Channel channel, byte[] bytes) -> {
                        if (channel == Execution.Channel.OUT && output.size() < LARGEST_OUTPUT) {
                            output.writeBytes(bytes);
                        }
                    }
                    case Execution.Event.Exited exited -> {
                        return output.toString(StandardCharsets.US_ASCII);
                    }
                    case Execution.Event.DeadlineExceeded exceeded -> {
                        return output.toString(StandardCharsets.US_ASCII);
                    }
                }
            }
        } catch (ProblemException e) {
            return "";
        }
    }
}
