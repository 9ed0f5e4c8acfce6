package dev.havenkeep.testing.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What all providers are: a server on a loopback port, whose answers a test may replace. */
public abstract class FakeProvider implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpServer server;
    private final Map<String, Answering> replaced = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A request.
     *
     * @param headers by their names in lower case
     * @param parameters of the query, or of the form
     */
    public record Asked(String method, String path, Map<String, String> headers, Map<String, String> parameters) {}

    /** An answer. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {

        /** JSON with status 200. */
        public static Reply json(Object value) {
            return json(200, value);
        }

        /** JSON with a status. */
        public static Reply json(int status, Object value) {
            return new Reply(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(value));
        }

        /** Text with a status. */
        public static Reply text(int status, String text) {
            return new Reply(status, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
        }

        /** A redirect. */
        public static Reply redirect(String location) {
            return new Reply(302, Map.of("Location", location), new byte[0]);
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Answering {

        /** The answer. */
        Reply answer(Asked request);
    }

    FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** Where it is, such as {@code http://127.0.0.1:41234}. */
    public final String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has every request for a path answered in another way. */
    public final void replace(String path, Answering answering) {
        replaced.put(path, answering);
    }

    /** Has requests for a path answered as usual again. */
    public final void restore(String path) {
        replaced.remove(path);
    }

    /** What was asked for at a path so far. */
    public final List<Asked> asked(String path) {
        return asked.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** An answer that does not come while the provider lives. */
    public final Reply never() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.text(503, "closed");
    }

    @Override
    public final void close() {
        closed.countDown();
        server.stop(0);
    }

    /** The usual answer. */
    abstract Reply answer(Asked request);

    /** An unguessable text. */
    static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** An address with parameters added; those that are null are left out. */
    static String with(String address, Map<String, @Nullable String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> encode(entry.getKey()) + "=" + encode(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&"));
        return address + (address.contains("?") ? "&" : "?") + query;
    }

    static Map<String, String> decode(@Nullable String form) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String field : form == null || form.isEmpty() ? new String[0] : form.split("&")) {
            int equals = field.indexOf('=');
            parameters.put(
                    URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            Map<String, String> parameters = new LinkedHashMap<>(decode(uri.getRawQuery()));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            parameters.putAll(decode(body));
            Asked request = new Asked(exchange.getRequestMethod(), uri.getPath(), headers, parameters);
            asked.add(request);
            Answering other = replaced.get(request.path());
            Reply reply = other == null ? answer(request) : other.answer(request);
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }
}
