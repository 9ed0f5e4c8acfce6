package dev.havenkeep.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Steady load on one host through the edge, on plain sockets so that nothing is retried behind its back: every
 * connection that closes at the wrong time and every answer that is not the expected one counts as a failed request.
 * Runs until it is closed.
 */
final class Load implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final int KEEP_ALIVE_CLIENTS = 24;
    private static final int KEEP_ALIVE_PAUSE_MILLIS = 125;
    private static final int FRESH_CLIENTS = 8;
    private static final int FRESH_PAUSE_MILLIS = 100;
    private static final int SLOW_CLIENTS = 6;
    private static final int WEB_SOCKET_CLIENTS = 8;
    private static final int WEB_SOCKET_MESSAGES = 8;
    private static final int WEB_SOCKET_PAUSE_MILLIS = 400;
    private static final byte[] MASK = {0, 0, 0, 0};

    final AtomicLong requests = new AtomicLong();
    final AtomicLong slow = new AtomicLong();
    final AtomicLong webSockets = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();
    final Samples latency = new Samples();

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final String address;
    private final int httpPort;
    private final int httpsPort;
    private final String host;
    private volatile boolean running = true;

    /**
     * @param address where the edge listens
     * @param host the name that it is asked for
     */
    Load(String address, int httpPort, int httpsPort, String host) {
        this.address = address;
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
        this.host = host;
    }

    /** Starts all clients: about 270 requests a second. */
    void begin() {
        for (int i = 0; i < KEEP_ALIVE_CLIENTS; i++) {
            boolean tls = i % 2 == 0;
            clients.execute(() -> repeat(() -> keepAlive(tls)));
        }
        for (int i = 0; i < FRESH_CLIENTS; i++) {
            boolean tls = i % 2 == 0;
            clients.execute(() -> repeat(() -> fresh(tls)));
        }
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            clients.execute(() -> repeat(this::slow));
        }
        for (int i = 0; i < WEB_SOCKET_CLIENTS; i++) {
            clients.execute(() -> repeat(this::webSocket));
        }
    }

    @Override
    public void close() {
        running = false;
        clients.close();
    }

    /** One plain request on a connection of its own; answers the body. */
    static String get(String address, int port, String host, String path) throws IOException {
        try (Socket socket = plain(address, port)) {
            Connection connection = new Connection(socket);
            return connection.get(host, path, false);
        }
    }

    private interface Client {
        void run() throws IOException, InterruptedException;
    }

    private void repeat(Client client) {
        while (running) {
            try {
                client.run();
            } catch (IOException e) {
                failed.incrementAndGet();
                failures.add(Thread.currentThread().threadId() + " " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One connection kept for all its requests, closed by us alone. */
    private void keepAlive(boolean tls) throws IOException, InterruptedException {
        try (Socket socket = connect(tls)) {
            Connection connection = new Connection(socket);
            while (running) {
                timed(connection, "/health", true);
                Thread.sleep(KEEP_ALIVE_PAUSE_MILLIS);
            }
        }
    }

    private void fresh(boolean tls) throws IOException, InterruptedException {
        try (Socket socket = connect(tls)) {
            timed(new Connection(socket), "/health", false);
        }
        Thread.sleep(FRESH_PAUSE_MILLIS);
    }

    private void slow() throws IOException {
        try (Socket socket = connect(false)) {
            new Connection(socket).get(host, "/slow?ms=2000", false);
            requests.incrementAndGet();
            slow.incrementAndGet();
        }
    }

    private void timed(Connection connection, String path, boolean keep) throws IOException {
        long start = System.nanoTime();
        connection.get(host, path, keep);
        latency.addMillis((System.nanoTime() - start) / 1e6);
        requests.incrementAndGet();
    }

    /** Opens a WebSocket (RFC 6455), sends pings of its own text for a few seconds, expects each back, closes in order. */
    private void webSocket() throws IOException, InterruptedException {
        try (Socket socket = connect(false)) {
            Connection connection = new Connection(socket);
            connection.upgrade(host, "/ws");
            for (int i = 0; i < WEB_SOCKET_MESSAGES; i++) {
                connection.sendPing("ping " + i);
                connection.awaitPong("ping " + i);
                Thread.sleep(WEB_SOCKET_PAUSE_MILLIS);
            }
            connection.sendClose();
            webSockets.incrementAndGet();
        }
    }

    private Socket connect(boolean tls) throws IOException {
        if (!tls) {
            return plain(address, httpPort);
        }
        SSLSocket socket = (SSLSocket)
                Tls.CONTEXT.getSocketFactory().createSocket(plain(address, httpsPort), host, httpsPort, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(java.util.List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Socket plain(String address, int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
        return socket;
    }

    /** One HTTP/1.1 connection. */
    private static final class Connection {

        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
        }

        String get(String host, String path, boolean keep) throws IOException {
            send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: " + (keep ? "keep-alive" : "close")
                    + "\r\n\r\n");
            String status = line();
            int length = -1;
            boolean chunked = false;
            boolean closes = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(
                            lower.substring("content-length:".length()).strip());
                } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                    chunked = true;
                } else if (lower.startsWith("connection:") && lower.contains("close")) {
                    closes = true;
                }
            }
            String body = chunked
                    ? chunks()
                    : length >= 0 ? text(length) : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(path + " answered " + status);
            }
            if (keep && closes) {
                throw new IOException(path + " was answered, but the connection was announced to close");
            }
            return body;
        }

        void upgrade(String host, String path) throws IOException {
            send("GET " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            String status = line();
            if (!status.startsWith("HTTP/1.1 101")) {
                throw new IOException("The WebSocket was answered " + status);
            }
            while (!line().isEmpty()) {
                // Headers of the upgrade carry nothing that matters here.
            }
        }

        void sendPing(String text) throws IOException {
            frame(0x89, text.getBytes(StandardCharsets.US_ASCII));
        }

        void sendClose() throws IOException {
            frame(0x88, new byte[] {0x03, (byte) 0xE8});
        }

        /** Reads frames until the pong with this text; other frames pass by, a close is a failure. */
        void awaitPong(String text) throws IOException {
            while (true) {
                int first = octet();
                int length = octet() & 0x7F;
                if (length == 126) {
                    length = octet() << 8 | octet();
                }
                String payload = text(length);
                int opcode = first & 0x0F;
                if (opcode == 0x8) {
                    throw new IOException("The WebSocket was closed by the other side");
                }
                if (opcode == 0xA && payload.equals(text)) {
                    return;
                }
            }
        }

        private void frame(int first, byte[] payload) throws IOException {
            out.write(first);
            out.write(0x80 | payload.length);
            out.write(MASK);
            out.write(payload);
            out.flush();
        }

        private void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        private String chunks() throws IOException {
            StringBuilder body = new StringBuilder();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.append(text(size));
                line();
            }
            line();
            return body.toString();
        }

        private String text(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("The answer was cut after " + bytes.length + " of " + length + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                int c = octet();
                if (c == '\n') {
                    return line.toString();
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
        }

        private int octet() throws IOException {
            int c = in.read();
            if (c == -1) {
                throw new EOFException("The connection was closed");
            }
            return c;
        }
    }

    /** Accepts any certificate: what is measured is the edge's availability, not its authority. */
    private static final class Tls {

        static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new AcceptAll()}, new SecureRandom());
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class AcceptAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // The load generator trusts whatever its own product shows.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // The load generator trusts whatever its own product shows.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
