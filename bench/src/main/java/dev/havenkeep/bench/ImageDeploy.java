package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A deployment of a prebuilt image, from the request to the new release being live through the edge, less what the
 * application needs to get ready when it is run by hand.
 */
final class ImageDeploy implements Benchmark {

    private static final int RUNS = 10;
    private static final double BUDGET_SECONDS = 1.0;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "image-deploy";
    }

    @Override
    public String description() {
        return "deploy of a prebuilt image, request to live, less the app's own readiness; median of " + RUNS;
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        Product product = workbench.product();
        String image = workbench.sampleImage();
        String application = product.api
                .post(
                        "/api/v1/environments/" + workbench.environment() + "/applications",
                        Map.of(
                                "name",
                                "image-deploy",
                                "serverId",
                                workbench.server(),
                                "source",
                                Map.of("kind", "image", "image", image),
                                "port",
                                3000,
                                "drainSeconds",
                                5,
                                "healthCheck",
                                Map.of("path", "/health")))
                .path("id")
                .asString();
        deploy(product.api, application);
        Samples live = new Samples();
        Samples whole = new Samples();
        Samples ready = new Samples();
        List<JsonNode> deployments = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            ready.add(byHand(image));
            long start = System.nanoTime();
            JsonNode deployment = deploy(product.api, application);
            whole.add(Duration.ofNanos(System.nanoTime() - start));
            live.addMillis(liveMillis(deployment));
            deployments.add(deployment);
        }
        double value = (live.median() - ready.median()) / 1000;
        return List.of(Measurement.atMost(
                name(),
                value,
                "s",
                BUDGET_SECONDS,
                Map.of(
                        "requestToLiveMillis", live.median(),
                        "readyByHandMillis", ready.median(),
                        "requestToEndMillis", whole.median(),
                        "stepMillis", stepMillis(deployments),
                        "worstToLiveMillis", live.quantile(1))));
    }

    static JsonNode deploy(Api api, String application) throws InterruptedException {
        String id = api.post("/api/v1/applications/" + application + "/deployments", Map.of())
                .path("id")
                .asString();
        JsonNode deployment = api.awaitEnd(id, DEADLINE);
        if (!deployment.path("state").asString().equals("succeeded")) {
            throw new BenchmarkFailure("The deployment ended " + deployment);
        }
        return deployment;
    }

    /** From the request to the end of the step in which the edge switched. */
    static double liveMillis(JsonNode deployment) {
        Instant created = Instant.parse(deployment.path("createdAt").asString());
        for (JsonNode step : deployment.path("steps")) {
            if (step.path("name").asString().equals("switching")) {
                return Duration.between(
                                        created,
                                        Instant.parse(step.path("finishedAt").asString()))
                                .toNanos()
                        / 1e6;
            }
        }
        throw new BenchmarkFailure("The deployment has no step switching: " + deployment);
    }

    /** The median of each step's time, in milliseconds, as the product recorded it. */
    static Map<String, Double> stepMillis(List<JsonNode> deployments) {
        Map<String, Samples> samples = new LinkedHashMap<>();
        for (JsonNode deployment : deployments) {
            for (JsonNode step : deployment.path("steps")) {
                if (step.hasNonNull("startedAt") && step.hasNonNull("finishedAt")) {
                    samples.computeIfAbsent(step.path("name").asString(), name -> new Samples())
                            .add(Duration.between(
                                    Instant.parse(step.path("startedAt").asString()),
                                    Instant.parse(step.path("finishedAt").asString())));
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        samples.forEach((name, times) -> medians.put(name, times.median()));
        return medians;
    }

    /** The application's own readiness: from its process's start to its first answer, run by hand. */
    private static Duration byHand(String image) throws IOException, InterruptedException {
        int port = Product.freePort();
        String container =
                Shell.run("docker", "run", "--detach", "--init", "--publish", "127.0.0.1:" + port + ":3000", image);
        try {
            awaitAnswer(URI.create("http://127.0.0.1:" + port + "/health"));
            Instant answered = Instant.now();
            return Duration.between(
                    Instant.parse(Shell.run("docker", "inspect", "--format", "{{.State.StartedAt}}", container)),
                    answered);
        } finally {
            Shell.run("docker", "rm", "--force", container);
        }
    }

    static void awaitAnswer(URI uri) throws InterruptedException {
        long until = System.nanoTime() + DEADLINE.toNanos();
        // HTTP/1.1 alone: an offer to upgrade is a WebSocket's business to some applications.
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(1)).build();
            while (System.nanoTime() < until) {
                try {
                    if (http.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet: ask again until the deadline.
                    Thread.sleep(2);
                }
            }
        }
        throw new BenchmarkFailure(uri + " never answered");
    }
}
