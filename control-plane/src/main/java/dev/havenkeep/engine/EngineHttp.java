package dev.havenkeep.engine;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Duplex;
import dev.havenkeep.servers.Link;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one engine over a few kept-alive streams. A stream that the engine closed while it lay idle is
 * replaced and the request sent once more: every request that Havenkeep makes may safely arrive twice, since what it
 * makes has a name. A stream is given back only after its answer was read to the end.
 */
final class EngineHttp implements Closeable {

    private static final int MOST_IDLE = 4;
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_BYTES = 64 << 20;

    private final Link link;
    private final Deadlines deadlines;
    private final Deque<HttpStream> idle = new ArrayDeque<>();
    private volatile @Nullable ApiVersion version;

    EngineHttp(Link link, Deadlines deadlines) {
        this.link = link;
        this.deadlines = deadlines;
    }

    /** A small answer, read whole. */
    record Reply(HttpStream.Head head, byte[] body) {
        int status() {
            return head.status();
        }
    }

    /** An answer that is read as it comes; closing it before its end closes its stream. */
    final class Streaming implements Closeable {
        private final HttpStream stream;
        private final HttpStream.Head head;
        private final HttpBody body;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Streaming(HttpStream stream, HttpStream.Head head, HttpBody body) {
            this.stream = stream;
            this.head = head;
            this.body = body;
        }

        int status() {
            return head.status();
        }

        HttpStream.Head head() {
            return head;
        }

        InputStream body() {
            return body;
        }

        /** Closing again does nothing: the stream may already carry somebody else's request. */
        @Override
        public void close() throws IOException {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            if (body.finished() && head.keepsAlive()) {
                release(stream);
            } else {
                stream.close();
            }
        }
    }

    /** A stream that left HTTP, after a 101 or 200 answer to an upgrade. */
    record Hijacked(InputStream in, Duplex duplex) implements Closeable {
        @Override
        public void close() throws IOException {
            duplex.close();
        }
    }

    /** Sends a request and reads its whole answer within the deadline. */
    Reply exchange(EngineRequest request, Duration deadline) {
        try (Streaming answer = open(request, deadline);
                Deadlines.Timer timer = deadlines.start(answer.stream, deadline)) {
            try {
                byte[] body = answer.body.readNBytes(MOST_BYTES + 1);
                if (body.length > MOST_BYTES) {
                    throw new IOException("The engine's answer is too long");
                }
                // Reads the end of a chunked message, so that the stream can be used again.
                if (!answer.body.finished() && answer.body.read() >= 0) {
                    throw new IOException("The engine's answer is too long");
                }
                return new Reply(answer.head, body);
            } catch (IOException e) {
                throw broken(request, deadline, timer, e);
            }
        } catch (IOException e) {
            throw EngineProblems.unreachable(e);
        }
    }

    /** Sends a request and reads the head of its answer within the deadline; the body may take as long as it likes. */
    Streaming open(EngineRequest request, Duration deadline) {
        EngineRequest versioned = request.version(version());
        boolean repeatable = !(request.body() instanceof EngineRequest.Body.Stream);
        HttpStream reused;
        while (repeatable && (reused = acquire()) != null) {
            try {
                return attempt(versioned, reused, deadline);
            } catch (StaleStream e) {
                // The engine closed it while it lay idle, as it does when it restarts: take the next one.
                continue;
            }
        }
        try {
            return attempt(versioned, fresh(), deadline);
        } catch (StaleStream e) {
            throw EngineProblems.unreachable(e);
        }
    }

    /** Sends a request that turns its stream into a raw one, always on a stream of its own. */
    Hijacked hijack(EngineRequest request, Duration deadline) throws RefusedUpgrade {
        EngineRequest versioned =
                request.version(version()).header("Connection", "Upgrade").header("Upgrade", "tcp");
        HttpStream stream = fresh();
        boolean kept = false;
        try (Deadlines.Timer timer = deadlines.start(stream, deadline)) {
            try {
                stream.send(versioned);
                HttpStream.Head head = stream.readHead();
                if (head.status() != 101 && head.status() != 200) {
                    throw new RefusedUpgrade(
                            head.status(), stream.body(versioned, head).readAllBytes());
                }
                kept = true;
                return new Hijacked(stream.rest(), stream.duplex());
            } catch (IOException e) {
                throw broken(request, deadline, timer, e);
            }
        } finally {
            if (!kept) {
                closeQuietly(stream);
            }
        }
    }

    /** The engine answered an upgrade with an error. */
    static final class RefusedUpgrade extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final byte[] body;

        RefusedUpgrade(int status, byte[] body) {
            super("status " + status);
            this.status = status;
            this.body = body.clone();
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body.clone();
        }
    }

    /** The version to speak with this engine; asked once, and again after the engine was away. */
    ApiVersion version() {
        ApiVersion known = version;
        return known != null ? known : negotiate();
    }

    private ApiVersion negotiate() {
        EngineRequest ping = EngineRequest.get("/_ping");
        Duration deadline = Docker.QUICK;
        HttpStream stream = fresh();
        boolean kept = false;
        try (Deadlines.Timer timer = deadlines.start(stream, deadline)) {
            try {
                stream.send(ping);
                HttpStream.Head head = stream.readHead();
                HttpBody body = stream.body(ping, head);
                body.readNBytes(1024);
                ApiVersion offered = ApiVersion.parse(head.header("api-version"));
                if (offered.compareTo(ApiVersion.LEAST) < 0) {
                    throw EngineProblems.tooOld(offered);
                }
                ApiVersion chosen = offered.compareTo(ApiVersion.MOST) < 0 ? offered : ApiVersion.MOST;
                version = chosen;
                if (body.finished() && head.keepsAlive()) {
                    kept = true;
                    release(stream);
                }
                return chosen;
            } catch (IOException e) {
                throw broken(ping, deadline, timer, e);
            }
        } finally {
            if (!kept) {
                closeQuietly(stream);
            }
        }
    }

    private Streaming attempt(EngineRequest request, HttpStream stream, Duration deadline) throws StaleStream {
        boolean kept = false;
        try (Deadlines.Timer timer = deadlines.start(stream, deadline)) {
            try {
                stream.send(request);
                HttpStream.Head head = stream.readHead();
                Streaming answer = new Streaming(stream, head, stream.body(request, head));
                kept = true;
                return answer;
            } catch (IOException e) {
                if (stream.used() && !stream.answering() && !timer.exceeded()) {
                    throw new StaleStream(e);
                }
                throw broken(request, deadline, timer, e);
            }
        } finally {
            if (!kept) {
                closeQuietly(stream);
            }
        }
    }

    private ProblemException broken(
            EngineRequest request, Duration deadline, Deadlines.Timer timer, IOException cause) {
        if (timer.exceeded()) {
            return EngineProblems.timeout(request, deadline.toSeconds(), cause);
        }
        // It may come back as another version.
        version = null;
        return EngineProblems.unreachable(cause);
    }

    private HttpStream fresh() {
        return new HttpStream(link.engine());
    }

    private @Nullable HttpStream acquire() {
        long now = System.nanoTime();
        while (true) {
            HttpStream stream;
            synchronized (idle) {
                stream = idle.pollLast();
            }
            if (stream == null || now - stream.idleSinceNanos() < IDLE_NANOS) {
                return stream;
            }
            closeQuietly(stream);
        }
    }

    private void release(HttpStream stream) {
        stream.idle(System.nanoTime());
        HttpStream surplus = null;
        synchronized (idle) {
            idle.addLast(stream);
            if (idle.size() > MOST_IDLE) {
                surplus = idle.pollFirst();
            }
        }
        if (surplus != null) {
            closeQuietly(surplus);
        }
    }

    @Override
    public void close() {
        while (true) {
            HttpStream stream;
            synchronized (idle) {
                stream = idle.pollLast();
            }
            if (stream == null) {
                return;
            }
            closeQuietly(stream);
        }
    }

    private static void closeQuietly(HttpStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            System.getLogger(EngineHttp.class.getName())
                    .log(System.Logger.Level.DEBUG, "A stream to the engine closed badly", e);
        }
    }

    /** A kept-alive stream turned out to be closed before any byte of an answer. */
    private static final class StaleStream extends EOFException {
        private static final long serialVersionUID = 1L;

        StaleStream(IOException cause) {
            super(cause.getMessage());
            initCause(cause);
        }
    }
}
