package dev.havenkeep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the public API, signed in as the owner. */
final class Api {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "cancelled", "superseded");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final URI base;
    private String cookie = "";
    private String csrfToken = "";

    Api(URI base) {
        this.base = base;
    }

    /** Where it is. */
    URI base() {
        return base;
    }

    /** Whether the control plane answers that it is ready. */
    boolean ready() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Nothing listens yet: the very thing that is being asked.
            return false;
        }
    }

    /** Creates the owner and signs in as them. */
    JsonNode setUp(String token) throws InterruptedException {
        JsonNode answer = post(
                "/api/v1/setup",
                Map.of(
                        "token", token,
                        "email", "owner@example.com",
                        "name", "Owner",
                        "password", Workbench.PASSWORD,
                        "teamName", "Bench"));
        signIn();
        return answer;
    }

    /** Signs in as the owner that {@link #setUp} made. */
    void signIn() throws InterruptedException {
        post("/api/v1/session", Map.of("email", "owner@example.com", "password", Workbench.PASSWORD));
        csrfToken = get("/api/v1/session").path("csrfToken").asString();
    }

    JsonNode get(String path) throws InterruptedException {
        return call("GET", path, null, Map.of());
    }

    JsonNode post(String path, Object body) throws InterruptedException {
        return call("POST", path, body, Map.of());
    }

    JsonNode put(String path, Object body) throws InterruptedException {
        return call("PUT", path, body, Map.of());
    }

    /** Changes members of a versioned resource, whatever its version. */
    JsonNode patch(String path, Object body) throws InterruptedException {
        return call("PATCH", path, body, Map.of("If-Match", "*"));
    }

    /** How long one GET takes, answer read. */
    Duration time(String path) throws InterruptedException {
        long start = System.nanoTime();
        get(path);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Waits for a deployment to end and answers it. */
    JsonNode awaitEnd(String deploymentId, Duration deadline) throws InterruptedException {
        long until = System.nanoTime() + deadline.toNanos();
        while (true) {
            JsonNode deployment = get("/api/v1/deployments/" + deploymentId);
            if (TERMINAL.contains(deployment.path("state").asString())) {
                return deployment;
            }
            if (System.nanoTime() > until) {
                throw new BenchmarkFailure("Deployment " + deploymentId + " did not end: " + deployment);
            }
            Thread.sleep(20);
        }
    }

    /** Reads a server-sent event stream until the consumer has had enough, the stream ends or the deadline has passed. */
    void stream(String path, Duration deadline, BiPredicate<String, JsonNode> consumer) throws InterruptedException {
        long until = System.nanoTime() + deadline.toNanos();
        HttpRequest request =
                request(path).header("Accept", "text/event-stream").build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new BenchmarkFailure("GET " + path + " answered " + response.statusCode());
            }
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                String event = "message";
                // A heartbeat comes every few seconds, so the deadline is noticed without any events.
                for (String line = reader.readLine();
                        line != null && System.nanoTime() < until;
                        line = reader.readLine()) {
                    if (line.startsWith("event:")) {
                        event = line.substring("event:".length()).strip();
                    } else if (line.startsWith("data:")
                            && !consumer.test(event, mapper.readTree(line.substring("data:".length())))) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new BenchmarkFailure("The stream " + path + " broke", e);
        }
    }

    private JsonNode call(String method, String path, @Nullable Object body, Map<String, String> headers)
            throws InterruptedException {
        HttpRequest.Builder builder = request(path).timeout(DEADLINE);
        headers.forEach(builder::header);
        if (!csrfToken.isEmpty()) {
            builder.header("X-CSRF-Token", csrfToken);
        }
        if (body == null) {
            builder.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            builder.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> response = http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            response.headers()
                    .firstValue("Set-Cookie")
                    .filter(value -> value.startsWith("haven_session="))
                    .ifPresent(value -> cookie = value.split(";", 2)[0]);
            if (response.statusCode() / 100 != 2) {
                throw new BenchmarkFailure(
                        method + " " + path + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body().isEmpty() ? mapper.createObjectNode() : mapper.readTree(response.body());
        } catch (IOException e) {
            throw new BenchmarkFailure(method + " " + path + " failed", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path));
        if (!cookie.isEmpty()) {
            builder.header("Cookie", cookie);
        }
        return builder;
    }
}
