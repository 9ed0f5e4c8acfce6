package dev.havenkeep.deployments;

import dev.havenkeep.deployments.EventController.ChangeEvent;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Scope;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the last while, numbered, so that whoever comes back goes on where they were. It lives in memory: after
 * a restart, or when somebody was away for too long, what they missed is not known any more.
 */
final class RecentChanges {

    private final int kept;
    private final String name =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<Change> ring;
    private long last;

    /**
     * A change.
     *
     * @param number counts from 1
     * @param scope where it happened
     * @param permission what one must hold there to hear of it
     */
    record Change(long number, Scope scope, Permission permission, ChangeEvent event) {}

    /** Keeps this many changes. */
    RecentChanges(int kept) {
        this.kept = kept;
        this.ring = new ArrayList<>(kept);
    }

    void add(Scope scope, Permission permission, ChangeEvent event) {
        lock.lock();
        try {
            last++;
            Change change = new Change(last, scope, permission, event);
            if (ring.size() < kept) {
                ring.add(change);
            } else {
                ring.set(place(last), change);
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the latest change; 0 before the first. */
    long latest() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** The changes after this number, waiting until there are some; null when some of them are forgotten. */
    @Nullable
    List<Change> after(long number) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (last <= number) {
                added.await();
            }
            if (last - number > ring.size()) {
                return null;
            }
            List<Change> changes = new ArrayList<>();
            for (long next = number + 1; next <= last; next++) {
                changes.add(ring.get(place(next)));
            }
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** The id under which a client is told of a change. */
    String id(long number) {
        return name + "-" + number;
    }

    /** The number that an id stands for; -1 when it is not of this log, and so what followed is not known. */
    long number(String id) {
        try {
            long number = id.startsWith(name + "-") ? Long.parseLong(id.substring(name.length() + 1)) : -1;
            return number <= latest() ? number : -1;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private int place(long number) {
        return (int) ((number - 1) % kept);
    }
}
