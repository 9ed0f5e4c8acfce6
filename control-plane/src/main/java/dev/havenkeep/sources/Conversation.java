package dev.havenkeep.sources;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a repository's server: what it may cost in time and bytes, and why it ended. Every connection
 * that it makes is closed when the deadline passes, when it is cancelled, or when it brings too much; the problem that
 * the caller then gets is the reason, not the broken connection.
 */
final class Conversation implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 15_000;
    private static final int IDLE_TIMEOUT_MILLIS = 60_000;

    private final GitUrl url;
    private final NetworkPolicy policy;
    private final long maxBytes;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<Closeable> open = new ArrayList<>();
    private long bytes;
    private @Nullable Problem reason;

    Conversation(GitUrl url, NetworkPolicy policy, Duration deadline, long maxBytes, Cancellation cancellation) {
        this.url = url;
        this.policy = policy;
        this.maxBytes = maxBytes;
        this.cancellation = cancellation;
        this.registration = cancellation.onCancel(() -> end(Cancellation.problem()));
        Thread.ofVirtual().name("fetch-deadline").start(() -> {
            try {
                if (!finished.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    end(SourceProblems.unreachable(
                            url, "the fetch was not done within " + deadline.toSeconds() + " s. Try again later."));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    GitUrl url() {
        return url;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Connects to a host that the policy allows, trying its addresses in turn. */
    Socket connect(String host, int port) throws IOException {
        IOException last = null;
        for (InetAddress address : addresses(host)) {
            Socket socket = new Socket();
            watch(socket);
            try {
                socket.connect(new InetSocketAddress(address, port), CONNECT_TIMEOUT_MILLIS);
                socket.setSoTimeout(IDLE_TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last == null ? new UnknownHostException(host) : last;
    }

    /** The addresses of a host that may be connected to; ends the conversation when there is none. */
    List<InetAddress> addresses(String host) throws UnknownHostException {
        List<InetAddress> addresses = policy.allowed(host);
        if (addresses.isEmpty()) {
            Problem refused = SourceProblems.addressRefused(url, host);
            end(refused);
            throw new ProblemException(refused);
        }
        return addresses;
    }

    /** Has something closed when the conversation ends early. */
    synchronized void watch(Closeable closeable) throws IOException {
        if (reason != null) {
            closeable.close();
            throw new IOException("The conversation is over");
        }
        open.add(closeable);
    }

    /** Counts what is read against the limit. */
    InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                count(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                count(Math.max(read, 0));
                return read;
            }
        };
    }

    /** Ends the conversation for a reason; the first reason counts. */
    void end(Problem why) {
        List<Closeable> due;
        synchronized (this) {
            if (reason == null) {
                reason = why;
            }
            due = List.copyOf(open);
            open.clear();
        }
        for (Closeable closeable : due) {
            try {
                closeable.close();
            } catch (IOException e) {
                // It is being thrown away; there is nobody left whom its last words concern.
                continue;
            }
        }
    }

    /** Why the conversation ended early, if it did. */
    synchronized @Nullable Problem reason() {
        return reason;
    }

    @Override
    public void close() {
        registration.close();
        finished.countDown();
        end(SourceProblems.unreachable(url, "the conversation is over."));
    }

    private void count(int more) throws IOException {
        synchronized (this) {
            bytes += more;
            if (bytes <= maxBytes) {
                return;
            }
        }
        end(SourceProblems.tooLarge(url, "what it sends", maxBytes));
        throw new IOException("More than " + maxBytes + " bytes");
    }
}
