package dev.havenkeep.edge.lab;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP/1.1 server that says who it is. {@code /slow} takes half a second, {@code /echo} answers with the request as
 * it came, {@code /upload} with the number of bytes that came, {@code /ws} becomes a WebSocket that sends back what it
 * gets, {@code /events?MILLIS} sends two events as far apart, {@code /text} is long enough to be compressed, {@code
 * /encoded} is so already, {@code /teapot} answers 418, {@code /busy} 503.
 */
public final class TinyUpstream implements AutoCloseable {

    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final String name;
    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();

    public TinyUpstream(String name, InetAddress address) {
        this(name, address, 0);
    }

    public TinyUpstream(String name, InetAddress address, int port) {
        try {
            this.name = name;
            this.listener = new ServerSocket(port, 512, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String name() {
        return name;
    }

    public String address() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many requests came, health checks left out. */
    public int requests() {
        return requests.get();
    }

    /** How many bytes of bodies came, of those that are still coming too. */
    public long received() {
        return received.get();
    }

    /** Stops at once and cuts what is open, as a killed container does. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), 65_536);
            OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 65_536);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (!answer(head, in, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side is gone, which is its right.
            connections.remove(connection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private boolean answer(String head, InputStream in, OutputStream out) throws IOException, InterruptedException {
        String[] lines = head.split("\r\n");
        String[] target = lines[0].split(" ")[1].split("\\?", 2);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        if (!"havenkeep-edge".equals(headers.get("user-agent"))) {
            requests.incrementAndGet();
        }
        if (headers.containsKey("expect")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        long size = body(headers, in);
        switch (target[0]) {
            case "/slow" -> {
                Thread.sleep(500);
                respond(out, "200 OK", "text/plain", name);
            }
            case "/echo" -> respond(out, "200 OK", "text/plain", head);
            case "/upload" -> respond(out, "200 OK", "text/plain", Long.toString(size));
            case "/text" -> respond(out, "200 OK", "text/plain", "All work and no play. ".repeat(2000));
            case "/encoded" ->
                respond(out, "200 OK", "text/plain\r\nContent-Encoding: br", "All work and no play. ".repeat(2000));
            case "/teapot" -> respond(out, "418 Teapot", "text/plain", name);
            case "/busy" -> respond(out, "503 Busy", "text/plain", "busy with " + name);
            case "/events" -> {
                events(out, target.length > 1 ? Long.parseLong(target[1]) : 1_000);
                return false;
            }
            case "/ws" -> {
                webSocket(headers, in, out);
                return false;
            }
            default -> respond(out, "200 OK", "text/plain", name);
        }
        return true;
    }

    private static void respond(OutputStream out, String status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                        + "\r\nServer: tiny\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static void events(OutputStream out, long quietMillis) throws IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: one\n\n"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Thread.sleep(quietMillis);
        out.write("data: two\n\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void webSocket(Map<String, String> headers, InputStream in, OutputStream out) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((headers.get("sec-websocket-key") + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        // Short masked text frames only, sent back unmasked.
        while (true) {
            int first = in.read();
            int length = in.read() & 0x7f;
            if (first < 0) {
                return;
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            out.write(first);
            out.write(length);
            out.write(payload);
            out.flush();
        }
    }

    private long body(Map<String, String> headers, InputStream in) throws IOException {
        if (headers.containsKey("content-length")) {
            return drain(in, Long.parseLong(headers.get("content-length")));
        }
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return 0;
        }
        long total = 0;
        while (true) {
            long size = Long.parseLong(line(in).split(";")[0].strip(), 16);
            total += drain(in, size);
            line(in);
            if (size == 0) {
                return total;
            }
        }
    }

    private long drain(InputStream in, long bytes) throws IOException {
        long left = bytes;
        byte[] buffer = new byte[65_536];
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("The body ended early");
            }
            left -= read;
            received.addAndGet(read);
        }
        return bytes;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
