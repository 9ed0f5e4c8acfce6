package dev.havenkeep.edge.haproxy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Duplex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends command lines to a run-time socket (management guide section 9.3) and reads the answers. One connection per
 * line; several commands of one line are run one after the other without anything in between.
 */
final class CommandLine {

    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private final Sockets sockets;
    private final String path;
    private final ScheduledExecutorService deadlines;

    CommandLine(Sockets sockets, String path, ScheduledExecutorService deadlines) {
        this.sockets = sockets;
        this.path = path;
        this.deadlines = deadlines;
    }

    /** Sends commands and gives everything that was answered. */
    String send(List<String> commands) {
        return exchange(String.join(";", commands) + "\n");
    }

    /** Sends one command. */
    String send(String command) {
        return send(List.of(command));
    }

    /** Sends one command with a payload of lines, none of them empty. */
    String send(String command, String payload) {
        return exchange(command + " <<\n" + payload.strip() + "\n\n");
    }

    /** Sends commands that answer nothing when they did what they say. */
    void change(List<String> commands) {
        String answer = send(commands);
        if (!answer.isBlank()) {
            throw EdgeProblems.refused(answer);
        }
    }

    private String exchange(String text) {
        try (Duplex stream = sockets.open(path)) {
            ScheduledFuture<?> deadline =
                    deadlines.schedule(() -> close(stream), DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            try {
                stream.out().write(text.getBytes(StandardCharsets.UTF_8));
                stream.out().flush();
                stream.closeOutput();
                return new String(stream.in().readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException e) {
            throw EdgeProblems.unreachable(path + ": " + e.getMessage(), e);
        } catch (ProblemException e) {
            throw EdgeProblems.unreachable(path + ": " + e.problem().detail(), e);
        }
    }

    private static void close(Duplex stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The reader meets the same failure and reports it.
            Thread.currentThread().isInterrupted();
        }
    }
}
