package dev.havenkeep.connections;

import dev.havenkeep.connections.UpstreamFailure.Code;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Single HTTP/1.1 exchanges (RFC 9112) with providers: within a deadline, up to a size, to an address that was checked.
 * The JDK's clients resolve the name once more after any check of ours, and a name may then lead elsewhere; here the
 * connection goes to the very address that was allowed. No redirect is followed: no provider has one at these places,
 * and it would carry secrets away.
 */
final class UpstreamHttp {

    private static final int MOST_HEADER_BYTES = 32 * 1024;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final NetworkAccess networks;
    private final SSLSocketFactory tls;
    private final Limits limits;

    /** What one exchange may cost. */
    record Limits(Duration deadline, int bytes) {

        static final Limits USUAL = new Limits(Duration.ofSeconds(10), 1024 * 1024);
    }

    /** A request; the body is a form. */
    record Request(
            String method,
            URI uri,
            Map<String, String> headers,
            @Nullable String body) {

        Request {
            headers = Map.copyOf(headers);
        }

        static Request get(URI uri, Map<String, String> headers) {
            return new Request("GET", uri, headers, null);
        }

        static Request post(URI uri, Map<String, String> headers, String form) {
            return new Request("POST", uri, headers, form);
        }
    }

    /** An answer; header names in lower case. */
    record Response(int status, Map<String, List<String>> headers, byte[] body) {

        @Nullable
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : values.getFirst();
        }

        boolean ok() {
            return status == OK;
        }

        /** What came instead of what was wanted. */
        String summary() {
            return status / 100 == 3 ? "status " + status + ", a redirect, which is not followed" : "status " + status;
        }
    }

    UpstreamHttp(NetworkAccess networks, SSLSocketFactory tls, Limits limits) {
        this.networks = networks;
        this.tls = tls;
        this.limits = limits;
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @throws ConnectionException when there is none within the limits
     */
    Response send(Request request) {
        URI uri = request.uri();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new ConnectionException(
                    Code.BAD_SETTINGS, "Not an address of a provider: " + Quoted.reason("" + uri));
        }
        try (Attempt attempt = new Attempt(limits.deadline())) {
            try {
                return exchange(request, scheme.equals("https"), attempt);
            } catch (SocketTimeoutException e) {
                throw late(uri);
            } catch (SSLException e) {
                throw failure(attempt, Code.UNREACHABLE, uri, "there is no trusted TLS connection: " + e.getMessage());
            } catch (UnknownHostException e) {
                throw failure(attempt, Code.UNREACHABLE, uri, "its name has no address");
            } catch (ProtocolException e) {
                throw failure(attempt, Code.BAD_ANSWER, uri, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw failure(attempt, Code.UNREACHABLE, uri, String.valueOf(e.getMessage()));
            }
        }
    }

    private ConnectionException failure(Attempt attempt, Code code, URI uri, String reason) {
        return attempt.isLate()
                ? late(uri)
                : new ConnectionException(code, uri.getHost() + ": " + Quoted.reason(reason));
    }

    private ConnectionException late(URI uri) {
        return new ConnectionException(
                Code.TIMED_OUT,
                uri.getHost() + " did not answer within " + limits.deadline().toMillis() + " ms");
    }

    private Response exchange(Request request, boolean secure, Attempt attempt) throws IOException {
        URI uri = request.uri();
        String host = uri.getHost().startsWith("[")
                ? uri.getHost().substring(1, uri.getHost().length() - 1)
                : uri.getHost();
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        Socket plain = connect(host, port, secure, attempt);
        if (!secure) {
            return converse(request, plain);
        }
        try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return converse(request, socket);
        }
    }

    private Socket connect(String host, int port, boolean secure, Attempt attempt) throws IOException {
        IOException last = null;
        boolean refused = false;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (secure ? !networks.allows(address) : !networks.allowsPlainHttp(address)) {
                refused = true;
                continue;
            }
            Socket socket = attempt.socket();
            try {
                socket.connect(new InetSocketAddress(address, port), (int)
                        limits.deadline().toMillis());
                socket.setSoTimeout((int) limits.deadline().toMillis());
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        if (last == null && refused) {
            throw new ConnectionException(
                    Code.ADDRESS_REFUSED,
                    secure
                            ? host + " leads to an address that is not on the public internet and that this"
                                    + " installation does not allow"
                            : host + " must be spoken to over https");
        }
        throw last == null ? new UnknownHostException(host) : last;
    }

    private Response converse(Request request, Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head(request).getBytes(StandardCharsets.ISO_8859_1));
        if (request.body() != null) {
            out.write(request.body().getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Response answer = readHead(in);
        while (answer.status() < OK) {
            answer = readHead(in);
        }
        return new Response(answer.status(), answer.headers(), readBody(in, answer));
    }

    private static String head(Request request) throws ProtocolException {
        URI uri = request.uri();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(path)
                .append(query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getHost())
                .append(uri.getPort() < 0 ? "" : ":" + uri.getPort())
                .append("\r\nConnection: close\r\nUser-Agent: Havenkeep\r\n");
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (header.getValue().chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new ProtocolException("what it gave to be sent in " + header.getKey() + " cannot be sent");
            }
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (request.body() != null) {
            head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                    .append(request.body().getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static Response readHead(InputStream in) throws IOException {
        int[] budget = {MOST_HEADER_BYTES};
        String[] line = readLine(in, budget).split(" ", 3);
        if (line.length < 2 || !line[0].startsWith("HTTP/1.") || !line[1].matches("[1-5][0-9][0-9]")) {
            throw new ProtocolException("what answers does not speak HTTP");
        }
        Map<String, List<String>> headers = new TreeMap<>();
        String field = readLine(in, budget);
        while (!field.isEmpty()) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                field.substring(0, colon).strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(field.substring(colon + 1).strip());
            }
            field = readLine(in, budget);
        }
        return new Response(Integer.parseInt(line[1]), headers, new byte[0]);
    }

    private byte[] readBody(InputStream in, Response head) throws IOException {
        if (head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
            return new byte[0];
        }
        String encoding = head.header("transfer-encoding");
        if (encoding != null) {
            if (!encoding.equalsIgnoreCase("chunked")) {
                throw new ProtocolException("its answer has an unknown transfer coding");
            }
            return readChunks(in);
        }
        String length = head.header("content-length");
        if (length == null) {
            byte[] all = in.readNBytes(limits.bytes() + 1);
            requireFits(all.length);
            return all;
        }
        long promised = parse(length, 10);
        requireFits(promised);
        byte[] all = in.readNBytes((int) promised);
        if (all.length < promised) {
            throw new EOFException("its answer breaks off");
        }
        return all;
    }

    /** The chunked coding (RFC 9112 section 7.1); extensions and trailers are read over. */
    private byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int[] budget = {MOST_HEADER_BYTES + limits.bytes()};
        while (true) {
            long size = parse(readLine(in, budget).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return all.toByteArray();
            }
            requireFits(all.size() + size);
            byte[] chunk = in.readNBytes((int) size);
            if (chunk.length < size) {
                throw new EOFException("its answer breaks off");
            }
            all.writeBytes(chunk);
            readLine(in, budget);
        }
    }

    private void requireFits(long bytes) throws ProtocolException {
        if (bytes > limits.bytes()) {
            throw new ProtocolException("its answer has more than " + limits.bytes() + " bytes");
        }
    }

    private static long parse(String number, int radix) throws ProtocolException {
        try {
            long value = Long.parseLong(number, radix);
            if (value >= 0 && value <= Integer.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new ProtocolException("its answer does not say how long it is");
        }
        throw new ProtocolException("its answer is too long");
    }

    private static String readLine(InputStream in, int[] budget) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new EOFException("its answer breaks off");
            }
            if (--budget[0] < 0) {
                throw new ProtocolException("its answer has too long a head");
            }
            line.append((char) c);
            c = in.read();
        }
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    /** One exchange while it lasts: when its time is up, its connection is closed and nothing blocks any more. */
    private static final class Attempt implements AutoCloseable {
        private final CountDownLatch finished = new CountDownLatch(1);
        private @Nullable Socket open;
        private boolean late;

        Attempt(Duration deadline) {
            Thread.ofVirtual().name("upstream-deadline").start(() -> {
                try {
                    if (!finished.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                        end();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        /** A socket to connect. */
        synchronized Socket socket() throws IOException {
            if (late) {
                throw new IOException("the time is up");
            }
            open = new Socket();
            return open;
        }

        synchronized boolean isLate() {
            return late;
        }

        @Override
        public void close() {
            finished.countDown();
            closeSocket();
        }

        private synchronized void end() {
            late = true;
            closeSocket();
        }

        private synchronized void closeSocket() {
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException e) {
                // It is being thrown away; there is nobody left whom its last words concern.
                open = null;
            }
        }
    }
}
