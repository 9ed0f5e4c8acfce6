package dev.havenkeep.edge.lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Steady load over plain HTTP: kept connections, new ones, kept ones that lie idle for a while, slow answers, uploads,
 * and WebSockets. Whatever is not the expected answer is a failure.
 */
public final class SteadyLoad implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final InetSocketAddress address;
    private final String host;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger frames = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    public SteadyLoad(String host, int port) {
        this.host = host;
        this.address = new InetSocketAddress("127.0.0.1", port);
        for (int i = 0; i < 4; i++) {
            run("kept", () -> keepAlive("/", 15));
        }
        run("idle", () -> keepAlive("/", 700));
        run("idle longer", () -> keepAlive("/", 1_500));
        run("slow", () -> keepAlive("/slow", 1));
        run("new", () -> once("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n", 15));
        run(
                "upload",
                () -> once(
                        "POST /upload HTTP/1.1\r\nHost: " + host
                                + "\r\nConnection: close\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(50_000),
                        40));
    }

    /** How many requests were answered as they should be. */
    public int answered() {
        return answered.get();
    }

    /** How many WebSocket frames came back. */
    public int frames() {
        return frames.get();
    }

    /** What went wrong, all of it. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Opens a WebSocket and sends frames until stopped; how it ends when its container goes is not a failure. */
    public void webSocket(int count) {
        run("websocket", () -> {
            try (Connection connection = new Connection()) {
                connection.send(
                        "GET /ws HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                                + Base64.getEncoder().encodeToString(new byte[16]) + "\r\n\r\n");
                String head = connection.head();
                if (!head.startsWith("HTTP/1.1 101")) {
                    throw new IOException("No WebSocket: " + head);
                }
                for (int i = 0; i < count && !stopped; i++) {
                    byte[] frame = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
                    connection.out.write(frame);
                    connection.out.flush();
                    if (!new String(connection.in.readNBytes(4), StandardCharsets.ISO_8859_1).endsWith("hi")) {
                        throw new IOException("The WebSocket ended after " + i + " frames");
                    }
                    frames.incrementAndGet();
                    pause(20);
                }
            }
        });
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join(TIMEOUT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(String name, Work work) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                failures.add(name + ": " + e);
            }
        }));
    }

    private void keepAlive(String path, int pauseMillis) {
        while (!stopped) {
            try (Connection connection = new Connection()) {
                boolean open = true;
                while (open && !stopped) {
                    connection.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
                    open = connection.answer(path);
                    answered.incrementAndGet();
                    pause(pauseMillis);
                }
            } catch (IOException e) {
                failures.add(Thread.currentThread().getName() + " " + path + ": " + e);
            }
        }
    }

    private void once(String request, int pauseMillis) {
        while (!stopped) {
            try (Connection connection = new Connection()) {
                connection.send(request);
                connection.answer(request.substring(0, 12));
                answered.incrementAndGet();
            } catch (IOException e) {
                failures.add(Thread.currentThread().getName() + ": " + e);
            }
            pause(pauseMillis);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    private final class Connection implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;
        private final OutputStream out;

        Connection() throws IOException {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        /** Reads one answer; whether the connection stays open. */
        boolean answer(String what) throws IOException {
            String head = head();
            if (!head.startsWith("HTTP/1.1 200")) {
                throw new IOException(
                        what + " answered " + head.lines().findFirst().orElse("nothing"));
            }
            String lower = head.toLowerCase(java.util.Locale.ROOT);
            int at = lower.indexOf("content-length: ") + "content-length: ".length();
            int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
            if (in.readNBytes(length).length < length) {
                throw new IOException(what + " was cut short");
            }
            return !lower.contains("connection: close");
        }

        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException(head.isEmpty() ? "No answer" : "Cut short: " + head);
                }
                head.append((char) next);
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
