package dev.havenkeep.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's source has made and its client has not yet got: bounded in bytes, so that a slow client costs the same
 * whether events are short or long. An event that is larger than the bound passes alone.
 */
final class EventBuffer {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> events = new ArrayDeque<>();
    private int bytes;
    private boolean closed;

    EventBuffer(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds an event, waiting for room.
     *
     * @throws InterruptedException when the buffer is closed
     */
    void put(byte[] event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !hasRoom(event)) {
                changed.await();
            }
            if (closed) {
                throw new InterruptedException("the stream has ended");
            }
            add(event);
        } finally {
            lock.unlock();
        }
    }

    /** Adds an event if there is room for it; answers whether there was, or the buffer is closed anyway. */
    boolean offer(byte[] event) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (!hasRoom(event)) {
                return false;
            }
            add(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next event; null when none came in time, or none will come. */
    byte @Nullable [] poll(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (events.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            byte[] event = events.poll();
            if (event != null) {
                bytes -= event.length;
                changed.signalAll();
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what is there can still be polled. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more and gives nothing more. */
    void abandon() {
        lock.lock();
        try {
            closed = true;
            events.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing more is taken. */
    void awaitClosed() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return events.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(byte[] event) {
        return events.isEmpty() || bytes + event.length <= capacity;
    }

    private void add(byte[] event) {
        events.add(event);
        bytes += event.length;
        changed.signalAll();
    }
}
