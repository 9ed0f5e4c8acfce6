package dev.havenkeep.deployments;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Address;
import dev.havenkeep.servers.Duplex;
import dev.havenkeep.servers.Link;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Knocks at a container's port over the link to its server, as the edge will: just the port, or with HTTP/1.1. */
final class HttpProbe {

    private static final int LONGEST_STATUS_LINE = 8 * 1024;

    private HttpProbe() {}

    /** What came of it. */
    sealed interface Outcome {

        /** The port accepts connections. */
        record Open() implements Outcome {}

        /** It answered with this status. */
        record Answered(int status) implements Outcome {}

        /** Nothing accepts connections there. */
        record Refused() implements Outcome {}

        /** It accepted the connection and gave no answer that can be read. */
        record Unreadable(String why) implements Outcome {}
    }

    /**
     * Knocks once.
     *
     * @param path the request target; absent to see just whether the port is open
     * @throws ProblemException when the server itself cannot be reached
     */
    static Outcome knock(Link link, Address.Tcp address, String host, @Nullable String path, Duration timeout) {
        Duplex stream;
        try {
            stream = link.open(address);
        } catch (ProblemException e) {
            if (e.problem().code().equals("connection-refused")) {
                return new Outcome.Refused();
            }
            throw e;
        }
        try {
            return path == null ? new Outcome.Open() : request(stream, host, path, timeout);
        } finally {
            close(stream);
        }
    }

    private static Outcome request(Duplex stream, String host, String path, Duration timeout) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("health-probe").start(() -> answer.complete(exchange(stream, host, path)));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Outcome.Unreadable("no answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unreadable("interrupted");
        } catch (ExecutionException e) {
            return new Outcome.Unreadable(String.valueOf(e.getCause()));
        }
    }

    private static Outcome exchange(Duplex stream, String host, String path) {
        try {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nUser-Agent: Havenkeep-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            stream.out().write(request.getBytes(StandardCharsets.US_ASCII));
            stream.out().flush();
            return status(statusLine(stream.in()));
        } catch (IOException e) {
            return new Outcome.Unreadable("the connection was closed: " + e.getMessage());
        }
    }

    /** RFC 9112 section 4: {@code HTTP/1.1 200 OK}. */
    private static Outcome status(String line) {
        if (line.length() >= 12 && line.startsWith("HTTP/1.") && line.charAt(8) == ' ') {
            String code = line.substring(9, 12);
            if (code.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return new Outcome.Answered(Integer.parseInt(code));
            }
        }
        return new Outcome.Unreadable(line.isEmpty() ? "the connection was closed without an answer" : "not HTTP");
    }

    private static String statusLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        while (line.length() < LONGEST_STATUS_LINE && (next = in.read()) >= 0 && next != '\n') {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void close(Duplex stream) {
        try {
            stream.close();
        } catch (IOException e) {
            System.getLogger(HttpProbe.class.getName())
                    .log(System.Logger.Level.DEBUG, "A probe's connection closed badly", e);
        }
    }
}
