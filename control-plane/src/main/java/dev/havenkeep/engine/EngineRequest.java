package dev.havenkeep.engine;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request to the Docker Engine API.
 *
 * @param path as the API documents it, without a version; built from validated or encoded parts alone
 * @param query name and value, encoded here
 */
record EngineRequest(String method, String path, Map<String, String> query, Map<String, String> headers, Body body) {

    /** What a request carries. */
    sealed interface Body {
        record None() implements Body {}

        record Json(byte[] bytes) implements Body {}

        record Stream(String type, InputStream content) implements Body {}
    }

    static EngineRequest get(String path) {
        return new EngineRequest("GET", path, Map.of(), Map.of(), new Body.None());
    }

    static EngineRequest post(String path) {
        return new EngineRequest("POST", path, Map.of(), Map.of(), new Body.None());
    }

    static EngineRequest delete(String path) {
        return new EngineRequest("DELETE", path, Map.of(), Map.of(), new Body.None());
    }

    EngineRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new EngineRequest(method, path, more, headers, body);
    }

    EngineRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new EngineRequest(method, path, query, more, body);
    }

    EngineRequest body(Body content) {
        return new EngineRequest(method, path, query, headers, content);
    }

    /** The same request to a version of the API. */
    EngineRequest version(ApiVersion version) {
        return new EngineRequest(method, "/v" + version + path, query, headers, body);
    }

    /** The request target: path and encoded query. */
    String target() {
        StringBuilder target = new StringBuilder(path);
        char separator = '?';
        for (Map.Entry<String, String> entry : query.entrySet()) {
            target.append(separator).append(encode(entry.getKey())).append('=').append(encode(entry.getValue()));
            separator = '&';
        }
        return target.toString();
    }

    /** One path segment or query value, percent-encoded. */
    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Never shows the body, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
