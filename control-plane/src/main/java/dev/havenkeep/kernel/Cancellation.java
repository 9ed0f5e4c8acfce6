package dev.havenkeep.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets one thread call off what another is doing. The work registers how each thing it waits on is ended; cancelling
 * ends them all at once, and the work then fails with the problem {@code cancelled}.
 */
public final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** Calls the work off. Calling it again changes nothing. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Whether the work was called off. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Says how to end something that the work waits on; run at once if the work is already called off, else by the
     * thread that cancels. Close the result when there is nothing left to end.
     */
    public Registration onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return () -> remove(action);
            }
        }
        action.run();
        return () -> {};
    }

    /** @throws ProblemException 409 {@code cancelled} when the work was called off */
    public void check() {
        if (isCancelled()) {
            throw new ProblemException(problem());
        }
    }

    /** What work that was called off fails with. */
    public static Problem problem() {
        return Problem.conflict("cancelled", "Cancelled", "It was cancelled before it was done.");
    }

    private synchronized void remove(Runnable action) {
        actions.remove(action);
    }

    /** Takes back an {@link #onCancel}. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
