package dev.havenkeep.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Fifty consecutive deployments under steady load, every fifth of them unhealthy on purpose: no request may fail, each
 * unhealthy one must end failed with the version before it still serving.
 */
final class ZeroDowntime implements Benchmark {

    /** Where the deployments go. */
    enum Target {
        LOCAL,
        SSH
    }

    private static final int DEPLOYMENTS = 50;
    private static final int UNHEALTHY_EVERY = 5;
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final int MIN_RATE = 200;

    private final Target target;

    ZeroDowntime(Target target) {
        this.target = target;
    }

    @Override
    public String name() {
        return switch (target) {
            case LOCAL -> "zero-downtime";
            case SSH -> "zero-downtime-ssh";
        };
    }

    @Override
    public String description() {
        return "failed requests during " + DEPLOYMENTS + " deployments under steady load, 1 in " + UNHEALTHY_EVERY
                + " unhealthy on purpose"
                + switch (target) {
                    case LOCAL -> "";
                    case SSH -> ", on a server reached over SSH";
                };
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        Product product = workbench.product();
        Api api = product.api;
        return switch (target) {
            case LOCAL -> List.of(measure(workbench, product, workbench.server(), "127.0.0.1"));
            case SSH -> {
                try (Vps vps = Vps.up(workbench.home, "bench-" + workbench.unique)) {
                    yield List.of(measure(workbench, product, vps.addTo(api, workbench.team()), vps.address()));
                }
            }
        };
    }

    private Measurement measure(Workbench workbench, Product product, String server, String address)
            throws IOException, InterruptedException {
        Api api = product.api;
        String host = name() + ".localhost";
        String application = api.post(
                        "/api/v1/environments/" + workbench.environment() + "/applications",
                        Map.of(
                                "name",
                                name(),
                                "serverId",
                                server,
                                "source",
                                Map.of("kind", "image", "image", workbench.sampleImage()),
                                "port",
                                3000,
                                "drainSeconds",
                                20,
                                "healthCheck",
                                Map.of(
                                        "path", "/health",
                                        "intervalSeconds", 1,
                                        "startPeriodSeconds", 2,
                                        "retries", 2)))
                .path("id")
                .asString();
        String variables = "/api/v1/applications/" + application + "/variables";
        variables(api, variables, 0, false);
        ImageDeploy.deploy(api, application);
        api.post(
                "/api/v1/applications/" + application + "/domains",
                Map.of("host", host, "certificate", "internal", "forceHttps", false));
        awaitServing(address, product.httpPort, host);

        int wrongEnds = 0;
        long begin = System.nanoTime();
        Load load = new Load(address, product.httpPort, product.httpsPort, host);
        try (load) {
            load.begin();
            for (int number = 1; number <= DEPLOYMENTS; number++) {
                boolean unhealthy = number % UNHEALTHY_EVERY == 0;
                variables(api, variables, number, unhealthy);
                String id = api.post("/api/v1/applications/" + application + "/deployments", Map.of())
                        .path("id")
                        .asString();
                JsonNode deployment = api.awaitEnd(id, DEADLINE);
                String expected = unhealthy ? "failed" : "succeeded";
                if (!deployment.path("state").asString().equals(expected)) {
                    wrongEnds++;
                    load.failures.add("deployment " + number + " should have " + expected + ": " + deployment);
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double rate = load.requests.get() / seconds;
        return new Measurement(
                name(),
                load.failed.get(),
                "failed requests",
                "0",
                load.failed.get() == 0 && wrongEnds == 0 && rate >= MIN_RATE,
                Map.of(
                        "requests", load.requests.get(),
                        "requestsPerSecond", Math.round(rate),
                        "slowRequests", load.slow.get(),
                        "webSockets", load.webSockets.get(),
                        "wrongEnds", wrongEnds,
                        "p99Millis", load.latency.quantile(0.99),
                        "secondsPerDeployment", Math.round(seconds / DEPLOYMENTS * 10) / 10.0,
                        "firstFailures", load.failures.stream().limit(5).toList()));
    }

    private static void variables(Api api, String path, int release, boolean unhealthy) throws InterruptedException {
        api.put(
                path,
                Map.of(
                        "items",
                        List.of(
                                Map.of(
                                        "name",
                                        "RELEASE",
                                        "value",
                                        Integer.toString(release),
                                        "kind",
                                        "plain",
                                        "availability",
                                        "run"),
                                Map.of(
                                        "name", "UNHEALTHY",
                                        "value", unhealthy ? "1" : "",
                                        "kind", "plain",
                                        "availability", "run"))));
    }

    static void awaitServing(String address, int port, String host) throws InterruptedException {
        long until = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                Load.get(address, port, host, "/health");
                return;
            } catch (IOException e) {
                if (System.nanoTime() > until) {
                    throw new BenchmarkFailure("The domain never served", e);
                }
                Thread.sleep(100);
            }
        }
    }
}
