package dev.havenkeep.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One plain HTTP/1.1 connection that is kept for request after request. It is opened anew only after the server has
 * announced that it closes; whatever else goes wrong is the caller's to see. It costs the machine less than a client for
 * every purpose would, which leaves more of it to those that are measured.
 */
final class KeepAlive implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final String host;
    private final int port;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean over;

    /** Opens a connection to the host and port of an address. */
    KeepAlive(URI server) throws IOException {
        host = server.getHost();
        port = server.getPort();
        socket = open(host, port);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /**
     * What was answered.
     *
     * @param status the status code
     * @param headers names in lower case
     * @param body the text
     */
    record Answer(int status, List<Map.Entry<String, String>> headers, String body) {

        Answer {
            headers = List.copyOf(headers);
        }

        Optional<String> header(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }

    /** Asks for a path, query included. */
    Answer get(String path, Map<String, String> headers) throws IOException {
        return exchange("GET", path, headers, "");
    }

    /** Posts a form. */
    Answer post(String path, Map<String, String> headers, Map<String, String> fields) throws IOException {
        return exchange("POST", path, headers, form(fields));
    }

    /** Names and values as a form has them, which is how a query has them too. */
    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer exchange(String method, String path, Map<String, String> headers, String body) throws IOException {
        if (over) {
            close();
            socket = open(host, port);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            over = false;
        }
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append(':')
                .append(port)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (method.equals("POST")) {
            head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                    .append(content.length)
                    .append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] request = new byte[start.length + content.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        out.write(request);
        out.flush();
        return answer();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            headers.add(Map.entry(name, value));
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> over = value.equalsIgnoreCase("close");
                default -> {
                    // It says nothing about where this answer ends.
                }
            }
        }
        return new Answer(status, headers, chunked ? chunks() : text(length));
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
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c == -1) {
                throw new EOFException("The connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static Socket open(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
