package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list endpoints with 1,000 applications and 100,000 deployments against 10 and 100: the worst ratio of medians. */
final class ListScaling implements Benchmark {

    private static final int REQUESTS = 300;
    private static final int WARM_UP = 300;
    private static final double BUDGET_RATIO = 1.5;

    private record Size(int applications, int deploymentsEach) {}

    private static final Size SMALL = new Size(10, 10);
    private static final Size LARGE = new Size(1_000, 100);

    @Override
    public String name() {
        return "list-scaling";
    }

    @Override
    public String description() {
        return "list endpoints with 1,000 apps and 100,000 deployments vs 10 and 100, worst ratio of medians";
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        Map<String, Double> small = measure(workbench, "list-small", SMALL);
        Map<String, Double> large = measure(workbench, "list-large", LARGE);
        Map<String, Object> detail = new LinkedHashMap<>();
        double worst = 0;
        for (Map.Entry<String, Double> entry : small.entrySet()) {
            double ratio = large.getOrDefault(entry.getKey(), Double.NaN) / entry.getValue();
            worst = Math.max(worst, ratio);
            detail.put(entry.getKey(), "%.2f ms -> %.2f ms".formatted(entry.getValue(), large.get(entry.getKey())));
        }
        return List.of(Measurement.atMost(name(), worst, "ratio", BUDGET_RATIO, detail));
    }

    private static Map<String, Double> measure(Workbench workbench, String name, Size size)
            throws IOException, InterruptedException {
        Path data = workbench.scratch.resolve(name);
        String team;
        String environment;
        String application;
        try (Product product = Product.start(workbench.home, data)) {
            Api api = product.api;
            team = product.setUp();
            String project = api.post("/api/v1/teams/" + team + "/projects", Map.of("name", "scaling"))
                    .path("id")
                    .asString();
            environment = first(api, "/api/v1/projects/" + project + "/environments");
            application = api.post(
                            "/api/v1/environments/" + environment + "/applications",
                            Map.of(
                                    "name", "original",
                                    "serverId", first(api, "/api/v1/teams/" + team + "/servers"),
                                    "source", Map.of("kind", "image", "image", workbench.sampleImage()),
                                    "port", 3000,
                                    "healthCheck", Map.of("path", "/health")))
                    .path("id")
                    .asString();
            ImageDeploy.deploy(api, application);
        }
        multiply(data, application, size);
        try (Product product = Product.start(workbench.home, data)) {
            product.api.signIn();
            Map<String, Double> medians = new LinkedHashMap<>();
            for (String path : List.of(
                    "/api/v1/teams/" + team + "/projects",
                    "/api/v1/environments/" + environment + "/applications",
                    "/api/v1/applications/" + application + "/deployments",
                    "/api/v1/applications/" + application + "/releases",
                    "/api/v1/teams/" + team + "/audit-events")) {
                // Ten items either way, so that the answers are of one size.
                String page = path + "?limit=10";
                for (int i = 0; i < WARM_UP; i++) {
                    product.api.get(page);
                }
                Samples samples = new Samples();
                for (int i = 0; i < REQUESTS; i++) {
                    samples.add(product.api.time(page));
                }
                medians.put(path.substring(path.lastIndexOf('/') + 1), samples.median());
            }
            return medians;
        } finally {
            Workbench.removeOwned(
                    Files.readString(data.resolve("installation-id")).strip());
        }
    }

    private static String first(Api api, String path) throws InterruptedException {
        return api.get(path).path("items").path(0).path("id").asString();
    }

    private static void multiply(Path data, String original, Size size) {
        try (Seed seed = new Seed(data)) {
            Map<String, Object> application =
                    seed.rows("applications", "id", original).getFirst();
            Map<String, Object> release =
                    seed.rows("releases", "application_id", original).getFirst();
            Map<String, Object> deployment =
                    seed.rows("deployments", "application_id", original).getFirst();
            List<Map<String, Object>> steps = seed.rows(
                    "deployment_steps", "deployment_id", java.util.Objects.requireNonNull(deployment.get("id")));
            Map<String, Object> stopped = new HashMap<>();
            stopped.put("active_release_id", null);
            stopped.put("active_deployment_id", null);
            stopped.put("state", "none");
            stopped.put("replicas_running", 0);
            long number = 0;
            for (int a = 0; a < size.applications; a++) {
                String owner = original;
                if (a > 0) {
                    owner = Seed.id(++number);
                    Map<String, Object> changed = new HashMap<>(stopped);
                    changed.put("id", owner);
                    changed.put("name", "copy-" + a);
                    seed.copy("applications", application, changed);
                }
                for (int d = 2; d <= size.deploymentsEach; d++) {
                    String releaseId = Seed.id(++number);
                    seed.copy(
                            "releases", release, Map.of("id", releaseId, "application_id", owner, "number", (long) d));
                    String deploymentId = Seed.id(++number);
                    seed.copy(
                            "deployments",
                            deployment,
                            Map.of(
                                    "id", deploymentId,
                                    "application_id", owner,
                                    "number", (long) d,
                                    "release_id", releaseId,
                                    "state", "succeeded"));
                    for (Map<String, Object> step : steps) {
                        seed.copy("deployment_steps", step, Map.of("deployment_id", deploymentId));
                    }
                }
            }
            seed.commit();
        } catch (SQLException e) {
            throw new BenchmarkFailure("The data could not be multiplied", e);
        }
    }
}
