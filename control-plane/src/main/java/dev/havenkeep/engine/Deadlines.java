package dev.havenkeep.engine;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends what takes too long, by closing the stream that it waits on: the one way that works over every transport. One
 * thread watches all; the closing itself, which may block, has a thread of its own.
 */
final class Deadlines implements AutoCloseable {

    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("engine-deadlines").daemon().factory());

    private enum State {
        RUNNING,
        EXCEEDED,
        OVER
    }

    Deadlines() {
        watch.setRemoveOnCancelPolicy(true);
    }

    /** A running deadline. */
    final class Timer implements AutoCloseable {
        private final ScheduledFuture<?> pending;
        private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

        private Timer(Closeable target, Duration deadline) {
            pending = watch.schedule(() -> expire(target), deadline.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** Whether it has run out, so that a failure of the stream was its doing. */
        boolean exceeded() {
            return state.get() == State.EXCEEDED;
        }

        @Override
        public void close() {
            // From here on the target may serve somebody else: it must not be closed under them.
            state.compareAndSet(State.RUNNING, State.OVER);
            pending.cancel(false);
        }

        private void expire(Closeable target) {
            if (!state.compareAndSet(State.RUNNING, State.EXCEEDED)) {
                return;
            }
            Thread.startVirtualThread(() -> {
                try {
                    target.close();
                } catch (IOException e) {
                    System.getLogger(Deadlines.class.getName())
                            .log(System.Logger.Level.DEBUG, "A stream past its deadline closed badly", e);
                }
            });
        }
    }

    /** Closes the target when the deadline is over, unless the timer is closed before. */
    Timer start(Closeable target, Duration deadline) {
        return new Timer(target, deadline);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
