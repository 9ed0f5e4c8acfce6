package dev.havenkeep.sources;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 exchange (RFC 9112) on a connection of its own to an address that the network policy has checked, which
 * the JDK's clients cannot promise: they resolve the name once more. Redirects are the caller's business.
 */
final class GitHttpConnection implements HttpConnection {

    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int STATUS_INFORMATIONAL = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Conversation conversation;
    private final URL url;
    private final Map<String, List<String>> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<String>> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String method = "GET";
    private int fixedLength = -1;
    private boolean chunked;
    private @Nullable Socket socket;
    private @Nullable OutputStream body;
    private @Nullable ByteArrayOutputStream collected;
    private @Nullable InputStream content;
    private int status = -1;
    private String message = "";

    GitHttpConnection(Conversation conversation, URL url) {
        this.conversation = conversation;
        this.url = url;
    }

    @Override
    public int getResponseCode() throws IOException {
        exchange();
        return status;
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public String getResponseMessage() throws IOException {
        exchange();
        return message;
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return responseHeaders;
    }

    @Override
    public void setRequestProperty(String key, String value) {
        if ((key + value).chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("A header must be one line: " + key);
        }
        requestHeaders.put(key, List.of(value));
    }

    @Override
    public void setRequestMethod(String newMethod) throws ProtocolException {
        if (!newMethod.matches("[A-Z]+")) {
            throw new ProtocolException("Not a method: " + newMethod);
        }
        method = newMethod;
    }

    @Override
    public void setUseCaches(boolean useCaches) {
        // There is no cache.
    }

    @Override
    public void setConnectTimeout(int millis) {
        // The conversation has its own, which nobody may lengthen.
    }

    @Override
    public void setReadTimeout(int millis) {
        // As above.
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public InputStream getInputStream() throws IOException {
        exchange();
        if (content == null) {
            throw new EOFException("The answer has no content");
        }
        return content;
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        List<String> values = responseHeaders.get(name);
        return values == null ? null : values.getLast();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return responseHeaders.getOrDefault(name, List.of());
    }

    @Override
    public int getContentLength() {
        String length = getHeaderField("Content-Length");
        try {
            return length == null ? -1 : Integer.parseInt(length.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {
        // Never followed here: JGit follows those that it should, each through a new connection that is checked.
    }

    @Override
    public void setDoOutput(boolean output) {
        // Said by asking for the output stream.
    }

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {
        fixedLength = contentLength;
    }

    @Override
    public void setChunkedStreamingMode(int chunkLength) {
        chunked = true;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        if (body != null) {
            return body;
        }
        if (method.equals("GET")) {
            method = "POST";
        }
        if (fixedLength >= 0) {
            requestHeaders.put("Content-Length", List.of(Integer.toString(fixedLength)));
            body = new KeptOpen(sendHead());
        } else if (chunked) {
            requestHeaders.put("Transfer-Encoding", List.of("chunked"));
            body = new ChunkedOutput(sendHead());
        } else {
            collected = new ByteArrayOutputStream();
            body = collected;
        }
        return body;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void connect() throws IOException {
        if (socket != null) {
            return;
        }
        String host = url.getHost().startsWith("[")
                ? url.getHost().substring(1, url.getHost().length() - 1)
                : url.getHost();
        int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
        Socket plain = conversation.connect(host, port);
        switch (url.getProtocol()) {
            case "http" -> socket = plain;
            case "https" -> {
                SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
                SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, port, true);
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                socket = secure;
            }
            default -> throw new ProtocolException("Not HTTP: " + url.getProtocol());
        }
    }

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        throw new UnsupportedOperationException("TLS certificates are always checked");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("TLS host names are always checked");
    }

    private OutputStream sendHead() throws IOException {
        connect();
        StringBuilder head = new StringBuilder();
        String target = url.getFile().isEmpty() ? "/" : url.getFile();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        String port = url.getPort() < 0 || url.getPort() == url.getDefaultPort() ? "" : ":" + url.getPort();
        head.append("Host: ").append(url.getHost()).append(port).append("\r\nConnection: close\r\n");
        requestHeaders.forEach((name, values) -> values.forEach(
                value -> head.append(name).append(": ").append(value).append("\r\n")));
        head.append("\r\n");
        OutputStream out = new BufferedOutputStream(connected().getOutputStream());
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return out;
    }

    private Socket connected() throws IOException {
        if (socket == null) {
            throw new IOException("Not connected");
        }
        return socket;
    }

    private void exchange() throws IOException {
        if (status >= 0) {
            return;
        }
        if (collected != null) {
            requestHeaders.put("Content-Length", List.of(Integer.toString(collected.size())));
            OutputStream out = sendHead();
            collected.writeTo(out);
            out.flush();
        } else if (body instanceof ChunkedOutput chunks) {
            chunks.finish();
        } else if (body != null) {
            body.flush();
        } else {
            sendHead();
        }
        InputStream in =
                new BufferedInputStream(conversation.counted(connected().getInputStream()));
        do {
            readHead(in);
        } while (status < STATUS_INFORMATIONAL);
        content = content(in);
    }

    private void readHead(InputStream in) throws IOException {
        responseHeaders.clear();
        int[] budget = {MAX_HEADER_BYTES};
        String[] line = line(in, budget).split(" ", 3);
        if (line.length < 2 || !line[0].startsWith("HTTP/1.") || !line[1].matches("[1-5][0-9][0-9]")) {
            throw new ProtocolException("The server does not speak HTTP");
        }
        status = Integer.parseInt(line[1]);
        message = line.length > 2 ? line[2] : "";
        String field = line(in, budget);
        while (!field.isEmpty()) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                responseHeaders
                        .computeIfAbsent(field.substring(0, colon).strip(), name -> new ArrayList<>())
                        .add(field.substring(colon + 1).strip());
            }
            field = line(in, budget);
        }
    }

    private InputStream content(InputStream in) throws IOException {
        if (method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED) {
            return InputStream.nullInputStream();
        }
        String encoding = getHeaderField("Transfer-Encoding");
        if (encoding != null && encoding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return new ChunkedInput(in);
        }
        String length = getHeaderField("Content-Length");
        if (length == null) {
            return in;
        }
        try {
            return new LimitedInput(in, Long.parseLong(length));
        } catch (NumberFormatException e) {
            throw new ProtocolException("The server's Content-Length is not a number");
        }
    }

    static String line(InputStream in, int[] budget) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (--budget[0] < 0) {
                throw new ProtocolException("The server's headers are too long");
            }
            line.append((char) c);
            c = in.read();
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    /** The request's body of known length: its end is not the connection's. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** The chunked coding, sending (RFC 9112 section 7.1). */
    private static final class ChunkedOutput extends OutputStream {
        private final OutputStream out;
        private boolean finished;

        ChunkedOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes, offset, length);
                out.write('\r');
                out.write('\n');
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            finish();
        }

        void finish() throws IOException {
            if (!finished) {
                finished = true;
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }

    /** The chunked coding, receiving; extensions and trailers are read over. */
    private static final class ChunkedInput extends InputStream {
        private final InputStream in;
        private long left;
        private boolean first = true;
        private boolean ended;

        ChunkedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("The server closed the connection in the middle of its answer");
            }
            left -= read;
            return read;
        }

        private void nextChunk() throws IOException {
            if (ended) {
                return;
            }
            int[] budget = {MAX_HEADER_BYTES};
            if (!first) {
                line(in, budget);
            }
            first = false;
            String size = line(in, budget).split(";", 2)[0].strip();
            try {
                left = Long.parseLong(size, 16);
            } catch (NumberFormatException e) {
                throw new ProtocolException("The server's chunk has no size");
            }
            if (left < 0) {
                throw new ProtocolException("The server's chunk has no size");
            }
            if (left == 0) {
                ended = true;
                while (!line(in, budget).isEmpty()) {
                    continue;
                }
            }
        }
    }

    /** Exactly as many bytes as the server promised. */
    private static final class LimitedInput extends InputStream {
        private final InputStream in;
        private long left;

        LimitedInput(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("The server closed the connection in the middle of its answer");
            }
            left -= read;
            return read;
        }
    }
}
