package dev.havenkeep.engine;

import dev.havenkeep.servers.Duplex;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One stream to an engine and the HTTP/1.1 (RFC 9112) that is spoken over it, one exchange at a time. */
final class HttpStream implements Closeable {

    private static final int BUFFER = 16 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_HEADERS = 200;

    private final Duplex duplex;
    private final InputStream in;
    /** True once a byte of the current answer arrived: then the request was certainly received. */
    private boolean answering;

    private boolean used;
    private long idleSinceNanos;

    /** A status line and headers; names are in lower case. */
    record Head(int status, Map<String, String> headers) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean keepsAlive() {
            return !header("connection").equalsIgnoreCase("close");
        }
    }

    HttpStream(Duplex duplex) {
        this.duplex = duplex;
        this.in = new BufferedInputStream(duplex.in(), BUFFER);
    }

    /** Writes a request; the body, if any, is written in chunks when its length is not known. */
    void send(EngineRequest request) throws IOException {
        answering = false;
        StringBuilder head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(request.target())
                .append(" HTTP/1.1\r\nHost: docker\r\nUser-Agent: havenkeep\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        OutputStream out = duplex.out();
        switch (request.body()) {
            case EngineRequest.Body.None() -> {
                if (request.method().equals("POST")) {
                    head.append("Content-Length: 0\r\n");
                }
                out.write(ascii(head.append("\r\n")));
            }
            case EngineRequest.Body.Json(byte[] bytes) -> {
                head.append("Content-Type: application/json\r\nContent-Length: ")
                        .append(bytes.length)
                        .append("\r\n\r\n");
                ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + bytes.length);
                whole.writeBytes(ascii(head));
                whole.writeBytes(bytes);
                whole.writeTo(out);
            }
            case EngineRequest.Body.Stream(String type, InputStream content) -> {
                head.append("Content-Type: ").append(type).append("\r\nTransfer-Encoding: chunked\r\n\r\n");
                out.write(ascii(head));
                writeChunks(content, out);
            }
        }
        out.flush();
    }

    Head readHead() throws IOException {
        String status = readLine();
        if (!status.startsWith("HTTP/1.") || status.length() < 12) {
            throw new IOException("The engine does not speak HTTP/1.1");
        }
        Map<String, String> headers = new HashMap<>();
        String line;
        while (!(line = readLine()).isEmpty()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() >= MOST_HEADERS) {
                throw new IOException("The engine sent a header that is none");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int code = statusCode(status);
        return code == 100 ? readHead() : new Head(code, headers);
    }

    /** The answer's body, which ends where the message ends (RFC 9112 section 6.3). */
    HttpBody body(EngineRequest request, Head head) throws IOException {
        if (request.method().equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return HttpBody.sized(in, 0);
        }
        if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            return HttpBody.chunked(in);
        }
        String length = head.header("content-length");
        if (length.isEmpty()) {
            return HttpBody.untilClosed(in);
        }
        try {
            return HttpBody.sized(in, Long.parseLong(length));
        } catch (NumberFormatException e) {
            throw new IOException("The engine sent a length that is none", e);
        }
    }

    /** Everything after the head, for a stream that has left HTTP. */
    InputStream rest() {
        return in;
    }

    Duplex duplex() {
        return duplex;
    }

    boolean answering() {
        return answering;
    }

    boolean used() {
        return used;
    }

    void idle(long nanos) {
        used = true;
        idleSinceNanos = nanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    @Override
    public void close() throws IOException {
        duplex.close();
    }

    private static void writeChunks(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        int read;
        while ((read = content.read(buffer)) >= 0) {
            if (read > 0) {
                out.write(ascii(new StringBuilder(Integer.toHexString(read)).append("\r\n")));
                out.write(buffer, 0, read);
                out.write('\r');
                out.write('\n');
            }
        }
        out.write(ascii(new StringBuilder("0\r\n\r\n")));
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("The engine closed the connection");
            }
            answering = true;
            if (b == '\n') {
                break;
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("The engine sent a header line that is too long");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static int statusCode(String line) throws IOException {
        try {
            return Integer.parseInt(line, 9, 12, 10);
        } catch (NumberFormatException e) {
            throw new IOException("The engine sent a status that is none", e);
        }
    }

    private static byte[] ascii(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
