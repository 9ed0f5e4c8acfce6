package dev.havenkeep.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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

    /**
     * Does a part of the work that waits where nothing can be closed from outside: a cancellation interrupts the calling
     * thread, but only while it is in here. What was interrupted is in no known state; whoever goes on has to look.
     *
     * @throws ProblemException 409 {@code cancelled} instead of whatever the part fails with after it was called off
     */
    public <T> T interrupting(Supplier<T> part) {
        Interrupter interrupter = new Interrupter(Thread.currentThread());
        try (Registration registration = onCancel(interrupter::interrupt)) {
            return part.get();
        } catch (RuntimeException e) {
            if (isCancelled()) {
                throw new ProblemException(problem(), e);
            }
            throw e;
        } finally {
            interrupter.end();
        }
    }

    /** Interrupts a thread as long as it is at something, so that no interrupt reaches what it does next. */
    private static final class Interrupter {

        private final Thread thread;
        private boolean interrupted;
        private boolean over;

        Interrupter(Thread thread) {
            this.thread = thread;
        }

        synchronized void interrupt() {
            if (!over) {
                interrupted = true;
                thread.interrupt();
            }
        }

        synchronized void end() {
            over = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
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
