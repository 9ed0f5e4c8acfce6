package dev.havenkeep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API over HTTP. Every mutation carries an idempotency key, so that one lost answer is asked for again. */
final class Api {

    private static final Duration ANSWER = Duration.ofSeconds(90);
    private static final int OK_LIMIT = 300;
    private static final int REFUSED = 400;
    private static final String ROOT = "/api/v1";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final JsonMapper json;
    private final String base;
    private final Map<String, String> headers;

    Api(JsonMapper json, String base, Map<String, String> headers) {
        this.json = json;
        this.base = base.replaceFirst("/+$", "");
        this.headers = Map.copyOf(headers);
    }

    /** An answer: its body (absent for 204) and its headers. */
    record Answer(int status, JsonNode body, HttpHeaders headers) {

        @Nullable
        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    /** Fills a path template and a query, each value encoded. */
    static String path(String template, Map<String, String> variables, Map<String, String> query) {
        String path = template;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", encoded(variable.getValue()));
        }
        StringBuilder whole = new StringBuilder(path);
        query.forEach((name, value) -> whole.append(whole.indexOf("?") < 0 ? '?' : '&')
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return whole.toString();
    }

    JsonNode get(String path) {
        return send("GET", path, null, Map.of()).body();
    }

    Answer send(String method, String path, @Nullable JsonNode body, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        if (!method.equals("GET") && headers.containsKey("Authorization")) {
            all.put(IDEMPOTENCY_KEY, UUID.randomUUID().toString());
        }
        byte[] bytes = body == null ? null : json.writeValueAsBytes(body);
        return answer(persistently(
                request(method, ROOT + path, bytes, all).timeout(ANSWER).build()));
    }

    /**
     * Any operation, by its whole path, with the body as it is; the caller closes the answer. What the control plane refuses
     * is a failure.
     */
    HttpResponse<InputStream> call(String method, String path, byte @Nullable [] body, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(more);
        if (!method.equals("GET")) {
            all.putIfAbsent(IDEMPOTENCY_KEY, UUID.randomUUID().toString());
        }
        HttpResponse<InputStream> response =
                persistently(request(method, path, body, all).timeout(ANSWER).build());
        if (response.statusCode() >= REFUSED) {
            throw failure(response.statusCode(), body(response));
        }
        return response;
    }

    /** All items of a list, page after page, up to a limit. */
    List<JsonNode> all(String path, int limit) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = null;
        do {
            String page = path(path, Map.of(), Map.of("limit", Integer.toString(Math.min(200, limit - items.size()))));
            JsonNode body = get(cursor == null ? page : path(page, Map.of(), Map.of("cursor", cursor)));
            body.path("items").forEach(items::add);
            cursor =
                    body.path("nextCursor").isString() ? body.path("nextCursor").asString() : null;
        } while (cursor != null && items.size() < limit);
        return items;
    }

    /** Opens a stream; the caller closes it. */
    InputStream stream(String path, String accept, @Nullable String lastEventId) throws IOException {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("Accept", accept);
        if (lastEventId != null) {
            more.put("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response =
                exchange(request("GET", ROOT + path, null, more).build());
        if (response.statusCode() >= OK_LIMIT) {
            answer(response);
        }
        return response.body();
    }

    Failure unreachable(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Failure.of(
                "The control plane cannot be reached",
                base + ": " + why + ". Check that it runs and that the address is right (haven login URL).");
    }

    private HttpRequest.Builder request(String method, String path, byte @Nullable [] body, Map<String, String> more) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(base + path));
        } catch (IllegalArgumentException e) {
            throw Failure.usage("This is not a URL: " + base + path);
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Accept", "application/json");
        all.putAll(headers);
        all.put("User-Agent", "haven-cli");
        if (body != null) {
            all.put("Content-Type", "application/json");
        }
        all.putAll(more);
        try {
            request.method(
                    method,
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
            all.forEach(request::setHeader);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("Such a request cannot be sent: " + e.getMessage());
        }
        return request;
    }

    /** Once more when the answer was lost, unless doing it twice would not be the same. */
    private HttpResponse<InputStream> persistently(HttpRequest request) {
        try {
            return exchange(request);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unreachable(e);
        } catch (IOException e) {
            if (request.headers().firstValue(IDEMPOTENCY_KEY).isEmpty()
                    && !request.method().equals("GET")) {
                throw unreachable(e);
            }
            return again(request);
        }
    }

    private HttpResponse<InputStream> again(HttpRequest request) {
        try {
            return exchange(request);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Answer answer(HttpResponse<InputStream> response) {
        JsonNode body = body(response);
        if (response.statusCode() >= OK_LIMIT) {
            throw failure(response.statusCode(), body);
        }
        return new Answer(response.statusCode(), body, response.headers());
    }

    private JsonNode body(HttpResponse<InputStream> response) {
        String text;
        try (InputStream in = response.body()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreachable(e);
        }
        try {
            return text.isBlank() ? json.missingNode() : json.readTree(text);
        } catch (JacksonException e) {
            throw Failure.of(
                    "This is not a Havenkeep control plane",
                    base + " answers with status " + response.statusCode() + ", but not in JSON.");
        }
    }

    private Failure failure(int status, JsonNode body) {
        List<String> fields = new ArrayList<>();
        body.path("fields")
                .forEach(field -> fields.add(field.path("path").asString("") + ": "
                        + field.path("message").asString("")));
        String hint = status == 401 ? " (haven login " + base + ")" : "";
        return Failure.problem(
                body.path("title").asString("The control plane answers with status " + status),
                body.path("detail").asString("") + hint,
                body.path("requestId").isString() ? body.path("requestId").asString() : null,
                fields,
                body.isMissingNode() ? "{}" : body.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
