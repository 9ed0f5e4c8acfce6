package dev.havenkeep.edge.haproxy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Duplex;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real request through HAProxy on its probe socket (RFC 9112): nothing in the way is skipped but the network. */
public final class ProbeRequest {

    private static final int MAX_HEAD = 64 * 1024;

    private final Sockets sockets;
    private final ScheduledExecutorService deadlines;

    /**
     * The head of an answer.
     *
     * @param status the HTTP status
     * @param server which server answered; absent when HAProxy answered by itself
     */
    public record Head(int status, Optional<String> server) {}

    public ProbeRequest(Sockets sockets, ScheduledExecutorService deadlines) {
        this.sockets = sockets;
        this.deadlines = deadlines;
    }

    /**
     * Sends a request and reads the head of the answer.
     *
     * @param application whose backend is meant
     * @param target the request target
     * @param server the only server that may answer; absent for any
     * @throws ProblemException {@code edge-unreachable} when no answer came before the deadline
     */
    public Head get(String application, String target, @Nullable String server, Duration deadline) {
        try (Duplex stream = sockets.open(Layout.PROBE_SOCKET)) {
            ScheduledFuture<?> timer =
                    deadlines.schedule(() -> close(stream), deadline.toMillis(), TimeUnit.MILLISECONDS);
            try {
                String request = "GET " + target + " HTTP/1.1\r\nHost: "
                        + HaproxyConfiguration.probeHost(application) + "\r\nUser-Agent: havenkeep-probe\r\n"
                        + (server == null ? "" : "X-Haven-Server: " + server + "\r\n")
                        + "Accept: */*\r\nConnection: close\r\n\r\n";
                stream.out().write(request.getBytes(StandardCharsets.US_ASCII));
                stream.out().flush();
                return head(new BufferedInputStream(stream.in()));
            } finally {
                timer.cancel(false);
            }
        } catch (IOException e) {
            throw EdgeProblems.unreachable("no answer to a probe: " + e.getMessage(), e);
        }
    }

    private static Head head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n", Math.max(0, text.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0 || text.length() > MAX_HEAD) {
                throw new IOException("the answer ended early");
            }
            text.append((char) next);
        }
        String[] lines = text.toString().split("\r\n");
        String[] first = lines[0].split(" ");
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        if (first.length < 2) {
            throw new IOException("no HTTP answer: " + lines[0]);
        }
        return new Head(Integer.parseInt(first[1]), Optional.ofNullable(headers.get("x-haven-server")));
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
