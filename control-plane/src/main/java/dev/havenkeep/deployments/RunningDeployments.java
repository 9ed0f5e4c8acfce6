package dev.havenkeep.deployments;

import dev.havenkeep.kernel.Cancellation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The deployments that this process is at work on, so that they can be called off, or interrupted when the process
 * stops: then each stays in the step where it is, and the next process goes on from there.
 */
@Component
class RunningDeployments implements SmartLifecycle {

    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final ConcurrentHashMap<DeploymentId, Cancellation> running = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private volatile boolean stopping;
    private volatile boolean started;

    /** Enters a deployment; close the result when this process does nothing more for it. */
    Entry enter(DeploymentId id) {
        Cancellation cancellation = new Cancellation();
        running.put(id, cancellation);
        if (stopping) {
            cancellation.cancel();
        }
        return new Entry(id, cancellation);
    }

    /** One deployment under way. */
    final class Entry implements AutoCloseable {

        private final DeploymentId id;
        private final Cancellation cancellation;

        private Entry(DeploymentId id, Cancellation cancellation) {
            this.id = id;
            this.cancellation = cancellation;
        }

        Cancellation cancellation() {
            return cancellation;
        }

        @Override
        public void close() {
            running.remove(id, cancellation);
            lock.lock();
            try {
                none.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Calls a deployment off, if it is this process that works on it; another one reads it from the database. */
    void cancel(DeploymentId id) {
        Cancellation cancellation = running.get(id);
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    /** Whether the process is stopping, which is not the same as somebody calling a deployment off. */
    boolean stopping() {
        return stopping;
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop() {
        stopping = true;
        running.values().forEach(Cancellation::cancel);
        lock.lock();
        try {
            long left = STOP_NANOS;
            while (!running.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
