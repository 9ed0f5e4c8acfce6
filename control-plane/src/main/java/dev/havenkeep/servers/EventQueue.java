package dev.havenkeep.servers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries a command's output to its reader, and makes the command wait when the reader is slow: at most a megabyte is
 * held. The final event is always the last one, and is given again for ever.
 */
public final class EventQueue {

    private static final int MOST_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Execution.Event.Output> outputs = new ArrayDeque<>();
    private long held;
    private boolean moved;
    private Execution.@Nullable Event end;
    private @Nullable RuntimeException failure;

    /**
     * Hands over output, waiting while the queue is full.
     *
     * @return false when nobody will read it any more
     */
    public boolean put(Execution.Event.Output output) {
        lock.lock();
        try {
            while (held >= MOST_BYTES && !ended()) {
                changed.awaitUninterruptibly();
            }
            if (ended()) {
                return false;
            }
            outputs.add(output);
            held += output.bytes().length;
            moved = true;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Sets the final event, which is read after the output that is held; only the first end counts. */
    public void end(Execution.Event event) {
        finish(event, null, false);
    }

    /** Sets the final event and throws away the output that is held. */
    public void cut(Execution.Event event) {
        finish(event, null, true);
    }

    /** Ends with a failure, which is thrown after the output that is held. */
    public void fail(RuntimeException problem) {
        finish(null, problem, false);
    }

    /** Waits for the next event. */
    public Execution.Event take() {
        lock.lock();
        try {
            while (true) {
                Execution.Event.Output output = outputs.poll();
                if (output != null) {
                    held -= output.bytes().length;
                    moved = true;
                    changed.signalAll();
                    return output;
                }
                if (failure != null) {
                    throw failure;
                }
                if (end != null) {
                    return end;
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether output went in or out since this was last asked, or waits for its reader. */
    boolean movedSinceAsked() {
        lock.lock();
        try {
            boolean answer = moved || held > 0;
            moved = false;
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void finish(Execution.@Nullable Event event, @Nullable RuntimeException problem, boolean discard) {
        lock.lock();
        try {
            if (!ended()) {
                end = event;
                failure = problem;
            }
            if (discard) {
                outputs.clear();
                held = 0;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean ended() {
        return end != null || failure != null;
    }
}
