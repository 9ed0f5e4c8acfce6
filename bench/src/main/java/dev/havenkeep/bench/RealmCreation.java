package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A hundred realms, one after another: how long each takes, and whether the last ones take longer than the first. Then
 * the first answer of a process that has just started about realms that it has not opened yet.
 */
final class RealmCreation implements Benchmark {

    private static final int REALMS = 100;
    private static final int SOME = 10;
    private static final double CREATION_BUDGET_SECONDS = 0.25;
    private static final double DISCOVERY_BUDGET_MILLIS = 20;

    @Override
    public String name() {
        return "realms";
    }

    @Override
    public String description() {
        return "creating " + REALMS + " realms, the slowest of medians of " + SOME + "; discovery by a process that has"
                + " just started";
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        List<String> discoveries = new ArrayList<>();
        String folder = "realms-" + workbench.unique;
        try (Product product = workbench.start(folder)) {
            String team = product.setUp();
            List<Double> medians = new ArrayList<>();
            for (int begun = 0; begun < REALMS; begun += SOME) {
                Samples samples = new Samples();
                for (int i = begun; i < begun + SOME; i++) {
                    long start = System.nanoTime();
                    JsonNode realm =
                            product.api.post("/api/v1/teams/" + team + "/realms", Map.of("name", "realm-" + i));
                    samples.add(Duration.ofNanos(System.nanoTime() - start));
                    discoveries.add(Havenkeep.discovery(realm));
                }
                medians.add(samples.median() / 1000);
            }
            measurements.add(Measurement.atMost(
                    "realms-create",
                    medians.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    "s",
                    CREATION_BUDGET_SECONDS,
                    Map.of("first", medians.getFirst(), "last", medians.getLast())));
        }
        try (Product product = workbench.start(folder);
                HttpClient http = HttpClient.newHttpClient()) {
            // One request first, which is about no realm at all: what is measured is a cold realm, not a cold JVM.
            get(http, product.api.base().resolve("/health/ready"));
            Samples samples = new Samples();
            for (String path : discoveries) {
                long start = System.nanoTime();
                get(http, product.api.base().resolve(path));
                samples.add(Duration.ofNanos(System.nanoTime() - start));
            }
            measurements.add(Measurement.atMost(
                    "realms-discovery",
                    samples.median(),
                    "ms",
                    DISCOVERY_BUDGET_MILLIS,
                    Map.of("p95", samples.quantile(0.95), "worst", samples.quantile(1))));
        }
        return measurements;
    }

    private static void get(HttpClient http, URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
        int status = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
        if (status != 200) {
            throw new BenchmarkFailure(address + " answered " + status);
        }
    }
}
