package dev.havenkeep.engine;

import dev.havenkeep.kernel.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A container's log as lines. When it is followed and the connection breaks off, it is opened again where it was, so
 * that no line is lost or given twice; it ends when the container has ended. Read by one thread; closing from another
 * one ends it.
 */
public final class LogStream implements AutoCloseable {

    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;

    private final EngineCalls calls;
    private final Containers containers;
    private final Container container;
    private final LogOptions options;
    private final Deque<LogLine> ready = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private LineAssembler assembler = new LineAssembler(this::arrived);
    private volatile EngineHttp.@Nullable Streaming answer;
    private @Nullable StdFrames frames;
    private boolean ended;
    /** The time of the last line that was given, how many had that time, and how many of them to skip. */
    private @Nullable Instant last;

    private int atLast;
    private int skip;

    LogStream(EngineCalls calls, Containers containers, Container container, LogOptions options) {
        this.calls = calls;
        this.containers = containers;
        this.container = container;
        this.options = options;
        connect();
    }

    /**
     * Waits for the next line.
     *
     * @return absent at the end
     * @throws ProblemException when the log cannot be read (any more)
     */
    public @Nullable LogLine next() {
        while (true) {
            LogLine line = ready.poll();
            if (line != null) {
                count(line);
                return line;
            }
            if (ended || closed.getCount() == 0) {
                return null;
            }
            read();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        EngineHttp.Streaming open = answer;
        if (open != null) {
            Images.closeQuietly(open);
        }
    }

    private void read() {
        try {
            StdFrames.Piece piece = frames == null ? null : frames.next();
            if (piece != null) {
                assembler.add(piece, !container.terminal());
            } else if (options.follow() && stillRuns()) {
                reconnect();
            } else {
                end();
            }
        } catch (IOException e) {
            if (closed.getCount() == 0) {
                ended = true;
            } else if (options.follow()) {
                reconnect();
            } else {
                throw EngineProblems.unreachable(e);
            }
        }
    }

    private void end() {
        assembler.finish();
        ended = true;
        EngineHttp.Streaming open = answer;
        if (open != null) {
            Images.closeQuietly(open);
        }
    }

    private boolean stillRuns() {
        try {
            return containers
                    .inspect(container.id())
                    .map(now -> switch (now.state().status()) {
                        case RUNNING, PAUSED, RESTARTING -> true;
                        case CREATED, REMOVING, EXITED, DEAD, UNKNOWN -> false;
                    })
                    .orElse(false);
        } catch (ProblemException e) {
            // An engine that goes away ends its streams in good order: look again when it is back.
            return true;
        }
    }

    private void reconnect() {
        EngineHttp.Streaming before = answer;
        if (before != null) {
            Images.closeQuietly(before);
        }
        assembler = new LineAssembler(this::arrived);
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            if (pause(pause)) {
                ended = true;
                return;
            }
            try {
                if (!stillThere()) {
                    ended = true;
                    return;
                }
                connect();
                return;
            } catch (ProblemException e) {
                if (System.nanoTime() - start > GIVE_UP_NANOS) {
                    throw e;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private boolean stillThere() {
        return containers.inspect(container.id()).isPresent();
    }

    /** Answers whether the stream was closed meanwhile. */
    private boolean pause(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void connect() {
        EngineRequest request = EngineRequest.get(Containers.path(container.id()) + "/logs")
                .with("stdout", "1")
                .with("stderr", "1")
                .with("timestamps", "1")
                .with("follow", options.follow() ? "1" : "0");
        Instant since = last != null ? last : options.since();
        if (since != null) {
            request = request.with(
                    "since",
                    since.getEpochSecond() + "."
                            + String.valueOf(1_000_000_000L + since.getNano()).substring(1));
        }
        if (last == null && options.tail() != null) {
            request = request.with("tail", Integer.toString(options.tail()));
        }
        skip = atLast;
        EngineHttp.Streaming opened = calls.http().open(request, OPEN);
        answer = opened;
        if (closed.getCount() == 0) {
            Images.closeQuietly(opened);
        }
        if (opened.status() != 200) {
            try (opened) {
                throw EngineProblems.refused(
                        opened.status(), calls.json().message(opened.body().readNBytes(64 * 1024)));
            } catch (IOException e) {
                throw EngineProblems.unreachable(e);
            }
        }
        frames = new StdFrames(opened.body(), !container.terminal());
    }

    private void arrived(LogLine line) {
        if (skip > 0 && line.at().equals(last)) {
            skip--;
        } else {
            skip = 0;
            ready.add(line);
        }
    }

    private void count(LogLine line) {
        atLast = line.at().equals(last) ? atLast + 1 : 1;
        last = line.at();
    }
}
