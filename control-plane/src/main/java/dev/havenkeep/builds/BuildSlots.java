package dev.havenkeep.builds;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ServerId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many builds each server runs, and who waits for one of them to end. */
final class BuildSlots {

    private final int perServer;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Map<ServerId, Integer> running = new HashMap<>();

    BuildSlots(int perServer) {
        this.perServer = Math.max(1, perServer);
    }

    /** A place on a server; closing it lets the next one build. */
    @FunctionalInterface
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a place on a server.
     *
     * @param waiting told once when there is none at first
     */
    Slot take(ServerId server, Runnable waiting, Cancellation cancellation) {
        boolean told = false;
        try (Cancellation.Registration ignored = cancellation.onCancel(this::wake)) {
            lock.lock();
            try {
                while (running.getOrDefault(server, 0) >= perServer) {
                    cancellation.check();
                    if (!told) {
                        told = true;
                        waiting.run();
                    }
                    changed.awaitUninterruptibly();
                }
                cancellation.check();
                running.merge(server, 1, Integer::sum);
            } finally {
                lock.unlock();
            }
        }
        return () -> give(server);
    }

    private void give(ServerId server) {
        lock.lock();
        try {
            running.computeIfPresent(server, (id, count) -> count == 1 ? null : count - 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
