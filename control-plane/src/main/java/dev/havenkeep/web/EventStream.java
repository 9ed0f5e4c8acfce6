package dev.havenkeep.web;

import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer of server-sent events (WHATWG HTML section 9.2). A controller takes it as a parameter and serves a source:
 *
 * <pre>{@code @GetMapping(path = "/deployments/{deployment}/log", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
 * void streamDeploymentLog(@PathVariable DeploymentId deployment, EventStream stream) {
 *     stream.serve(feed -> {
 *         for (LogLine line : log.after(stream.lastEventId())) {
 *             feed.send(new EventStream.Event(line.id(), "log", line));
 *         }
 *     });
 * }}</pre>
 *
 * <p>Nothing is sent before {@link #serve}, so a problem thrown before it is answered as a problem. The source runs on a
 * virtual thread of its own and may block; it is interrupted when the stream ends, which is when the source returns
 * (after everything it sent has been written), when the client is gone (noticed at the next event, or within two
 * heartbeats), when they lose the right to listen ({@link Standing}), or when Havenkeep stops. A client then comes back with the id of the last event that it saw.
 */
public final class EventStream {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final int BUFFERED_BYTES = 512 * 1024;

    /** How long somebody who lost the right to listen may hear more. */
    private static final Duration RECHECK = Duration.ofSeconds(3);

    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    /** After the end of a stream the client waits this long before it comes back. */
    private static final byte[] OPENING = "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8);

    private final HttpServletResponse response;
    private final JsonMapper json;
    private final EventStreams streams;
    private final Standing standing;
    private final Duration heartbeat;
    private final Duration recheck;
    private final @Nullable String lastEventId;
    private final EventBuffer buffer = new EventBuffer(BUFFERED_BYTES);

    /**
     * One event.
     *
     * @param id what a client sends as {@code Last-Event-ID} to go on after this event; absent for events that a
     *     resuming client need not know of. Without line breaks
     * @param name the event's type, without line breaks
     * @param data the event's JSON value
     */
    public record Event(@Nullable String id, String name, Object data) {

        public Event {
            if (hasLineBreak(name) || (id != null && (hasLineBreak(id) || id.indexOf('\0') >= 0))) {
                throw new IllegalArgumentException("an event's id and name have no line breaks");
            }
        }

        private static boolean hasLineBreak(String text) {
            return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
        }
    }

    /** Where a source puts its events. Safe for use by several threads. */
    public interface Feed {

        /**
         * Sends an event, waiting while the client is slower than the source.
         *
         * @throws InterruptedException when the stream has ended
         */
        void send(Event event) throws InterruptedException;

        /**
         * Sends an event without ever waiting, for a source that is called by others. A client that is too far behind
         * is cut off; it comes back with the id of the last event that it saw.
         */
        void offer(Event event);

        /** Waits until the stream ends, for a source that only {@link #offer offers}. */
        void awaitEnd() throws InterruptedException;
    }

    /** Produces the events of one stream. */
    @FunctionalInterface
    public interface Source {

        /** Sends events until there are no more. May block; an interrupt means that the stream has ended. */
        void run(Feed feed) throws Exception;
    }

    EventStream(
            HttpServletResponse response,
            JsonMapper json,
            EventStreams streams,
            Standing standing,
            Duration heartbeat,
            @Nullable String lastEventId) {
        this.response = response;
        this.json = json;
        this.streams = streams;
        this.standing = standing;
        this.heartbeat = heartbeat;
        this.recheck = heartbeat.compareTo(RECHECK) < 0 ? heartbeat : RECHECK;
        this.lastEventId = lastEventId;
    }

    /** The id after which the client wants to go on; absent when it starts anew. */
    public @Nullable String lastEventId() {
        return lastEventId;
    }

    /** Answers with the source's events; returns when the stream has ended. */
    public void serve(Source source) {
        Caller caller = Caller.current();
        streams.opened(this, caller);
        Thread producer = Thread.ofVirtual().name("event-source").start(() -> {
            try (Caller.Bound bound = Caller.bind(caller)) {
                produce(source);
            }
        });
        try {
            write();
        } catch (IOException e) {
            log.debug("The reader of an event stream has gone: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            buffer.abandon();
            producer.interrupt();
            streams.closed(this);
        }
    }

    /** Ends the stream from outside: what is buffered is still written. */
    void end() {
        buffer.close();
    }

    private void produce(Source source) {
        Feed feed = new BufferedFeed();
        try {
            source.run(feed);
            buffer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (!buffer.isClosed()) {
                fail(feed, e);
            }
        }
    }

    private void fail(Feed feed, Exception failure) {
        Problem problem = new ProblemTranslation().problem(failure);
        if (problem.status() == 500) {
            log.error("The source of an event stream failed", failure);
        } else if (problem.status() > 500) {
            log.info("The source of an event stream has ended: {}", problem.detail());
        }
        try {
            feed.send(new Event(null, "problem", ProblemBody.of(problem)));
            buffer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() throws IOException, InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        out.write(OPENING);
        out.flush();
        response.flushBuffer();
        long checked = System.nanoTime();
        long written = checked;
        while (true) {
            byte[] event = buffer.poll(recheck);
            if (System.nanoTime() - checked >= recheck.toNanos()) {
                Event refusal = refusal();
                if (refusal != null) {
                    out.write(encode(refusal));
                    out.flush();
                    return;
                }
                checked = System.nanoTime();
            }
            if (event == null && buffer.isClosed()) {
                out.flush();
                return;
            }
            if (event != null || System.nanoTime() - written >= heartbeat.toNanos()) {
                out.write(event == null ? HEARTBEAT : event);
                written = System.nanoTime();
            }
            if (buffer.isEmpty()) {
                out.flush();
            }
        }
    }

    /** Why the caller may not go on listening, if they may not. */
    private @Nullable Event refusal() {
        try {
            standing.check();
            return null;
        } catch (ProblemException e) {
            return new Event(null, "problem", ProblemBody.of(e.problem()));
        }
    }

    private byte[] encode(Event event) {
        StringBuilder text = new StringBuilder();
        if (event.id() != null) {
            text.append("id: ").append(event.id()).append('\n');
        }
        // JSON written by Jackson has no line breaks outside of escapes, so one data line holds it.
        text.append("event: ").append(event.name()).append("\ndata: ").append(json.writeValueAsString(event.data()));
        return text.append("\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private final class BufferedFeed implements Feed {

        @Override
        public void send(Event event) throws InterruptedException {
            buffer.put(encode(event));
        }

        @Override
        public void offer(Event event) {
            if (!buffer.offer(encode(event))) {
                log.debug("The reader of an event stream is too slow and is cut off");
                buffer.abandon();
            }
        }

        @Override
        public void awaitEnd() throws InterruptedException {
            buffer.awaitClosed();
            throw new InterruptedException("the stream has ended");
        }
    }
}
