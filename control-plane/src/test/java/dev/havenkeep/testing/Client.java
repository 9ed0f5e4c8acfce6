package dev.havenkeep.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the API: immutable, each {@code with} is another caller. */
public final class Client {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String url;
    private final Map<String, String> headers;

    public Client(String url) {
        this(url, Map.of());
    }

    private Client(String url, Map<String, String> headers) {
        this.url = url;
        this.headers = headers;
    }

    /** The same caller with one more header on each request. */
    public Client with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Client(url, more);
    }

    /** What this caller sends as this header. */
    public String header(String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new IllegalStateException("this client sends no " + name);
        }
        return value;
    }

    /** The same caller with an API token. */
    public Client withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Answer get(String path) {
        return send("GET", path, null, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, "application/json", json(body));
    }

    public Answer post(String path) {
        return send("POST", path, null, null);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, "application/json", json(body));
    }

    /** A JSON merge patch (RFC 7396). */
    public Answer patch(String path, Object body) {
        return send("PATCH", path, "application/merge-patch+json", json(body));
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, null);
    }

    /** Any request; a body is sent as it is. */
    public Answer send(String method, String path, @Nullable String contentType, @Nullable String body) {
        HttpRequest.Builder request = request(path);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> response = exchange(request.timeout(DEADLINE).build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** A request whose body's length is not announced (RFC 9112 section 7.1). */
    public Answer chunked(String method, String path, String contentType, String body) {
        HttpRequest request = request(path)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(body)))
                .timeout(DEADLINE)
                .build();
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Opens an event stream (or any other answer that is read while it is written); close it. */
    public HttpResponse<InputStream> stream(String path) {
        return exchange(request(path).header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        headers.forEach(request::header);
        return request;
    }

    private static String json(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
