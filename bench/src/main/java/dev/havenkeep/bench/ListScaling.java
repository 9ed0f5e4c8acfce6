package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The list endpoints of an installation with 1,000 applications and 100,000 deployments against one with 10 and 100: the
 * worst ratio of medians. Both run at once and are asked in turn, so that whatever else the machine does slows both. A
 * page has five items on either, and is asked for at the beginning of the list and in its middle. Searches of the audit
 * log that find nothing, and so read all of it, are timed beside them and are no part of the figure.
 */
final class ListScaling implements Benchmark {

    private static final int REQUESTS = 300;
    private static final int WARM_UP = 300;
    private static final int PAGE = 5;
    private static final int LONGEST_PAGE = 200;
    private static final int KEPT_RELEASES = 10;
    private static final double BUDGET_RATIO = 1.5;
    private static final String SEARCH = "search: ";

    /**
     * How much there is.
     *
     * @param applications also the number of projects, and of environments of the project with the applications
     * @param deployments as many releases, and events in the audit log, as there are
     * @param busiest the deployments of the application whose lists are read; the others share the rest
     */
    private record Size(int applications, int deployments, int busiest) {}

    private static final Size SMALL = new Size(10, 100, 10);
    private static final Size LARGE = new Size(1_000, 100_000, 10_000);

    @Override
    public String name() {
        return "list-scaling";
    }

    @Override
    public String description() {
        return "list endpoints with 1,000 apps and 100,000 deployments vs 10 and 100, worst ratio of medians of "
                + REQUESTS;
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        Installation small = Installation.of(workbench, "list-small", SMALL);
        Installation large = Installation.of(workbench, "list-large", LARGE);
        try (Product one = workbench.start(small.data);
                Product other = workbench.start(large.data)) {
            one.api.signIn();
            other.api.signIn();
            Map<String, String> fewPages = small.pages(one.api);
            Map<String, String> manyPages = large.pages(other.api);
            Map<String, Object> detail = new LinkedHashMap<>();
            double worst = 0;
            for (String list : fewPages.keySet()) {
                Samples few = new Samples();
                Samples many = new Samples();
                for (int i = -WARM_UP; i < REQUESTS; i++) {
                    few.add(one.api.time(Objects.requireNonNull(fewPages.get(list))), i >= 0);
                    many.add(other.api.time(Objects.requireNonNull(manyPages.get(list))), i >= 0);
                }
                double ratio = many.median() / few.median();
                if (!list.startsWith(SEARCH)) {
                    worst = Math.max(worst, ratio);
                }
                detail.put(
                        list,
                        "%.2f: %.2f ms -> %.2f ms (p95 %.2f -> %.2f)"
                                .formatted(
                                        ratio, few.median(), many.median(), few.quantile(0.95), many.quantile(0.95)));
            }
            return List.of(Measurement.atMost(name(), worst, "ratio", BUDGET_RATIO, detail));
        }
    }

    /** A data folder that was filled. */
    private record Installation(
            String data, Size size, String team, String project, String environment, String application) {

        static Installation of(Workbench workbench, String data, Size size) throws IOException, InterruptedException {
            Installation installation;
            Path folder;
            try (Product product = workbench.start(data)) {
                Api api = product.api;
                folder = product.dataDir;
                String team = product.setUp();
                String project = api.post("/api/v1/teams/" + team + "/projects", Map.of("name", "scaling"))
                        .path("id")
                        .asString();
                String environment = first(api, "/api/v1/projects/" + project + "/environments");
                String application = api.post(
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
                for (int i = 0; i < 2 * PAGE; i++) {
                    api.post(
                            "/api/v1/applications/" + application + "/domains",
                            Map.of(
                                    "host",
                                    "list" + i + "." + data + ".localhost",
                                    "certificate",
                                    "none",
                                    "forceHttps",
                                    false));
                }
                installation = new Installation(data, size, team, project, environment, application);
            }
            installation.multiply(folder);
            return installation;
        }

        /** What is asked for, by what it is called in the result. */
        Map<String, String> pages(Api api) throws InterruptedException {
            Map<String, String> pages = new LinkedHashMap<>();
            both(pages, api, "projects", "/api/v1/teams/" + team + "/projects", size.applications);
            both(pages, api, "environments", "/api/v1/projects/" + project + "/environments", size.applications);
            both(
                    pages,
                    api,
                    "applications",
                    "/api/v1/environments/" + environment + "/applications",
                    size.applications);
            both(pages, api, "deployments", "/api/v1/applications/" + application + "/deployments", size.busiest);
            both(pages, api, "releases", "/api/v1/applications/" + application + "/releases", KEPT_RELEASES);
            both(pages, api, "domains", "/api/v1/applications/" + application + "/domains", 2 * PAGE);
            String audit = "/api/v1/teams/" + team + "/audit-events";
            both(pages, api, "audit events", audit, size.deployments);
            pages.put(SEARCH + "audit events of nobody", audit + "?limit=" + PAGE + "&actor=nobody");
            pages.put(SEARCH + "audit events of long ago", audit + "?limit=" + PAGE + "&until=2020-01-01T00:00:00Z");
            return pages;
        }

        private static void both(Map<String, String> pages, Api api, String list, String path, int rows)
                throws InterruptedException {
            pages.put(list, path + "?limit=" + PAGE);
            @Nullable String cursor = null;
            for (int before = rows / 2; before > 0; before -= LONGEST_PAGE) {
                cursor = api.get(path + "?limit=" + Math.min(before, LONGEST_PAGE)
                                + (cursor == null ? "" : "&cursor=" + cursor))
                        .path("nextCursor")
                        .asString();
            }
            pages.put(list + " in the middle", path + "?limit=" + PAGE + "&cursor=" + cursor);
        }

        private static String first(Api api, String path) throws InterruptedException {
            return api.get(path).path("items").path(0).path("id").asString();
        }

        private void multiply(Path folder) {
            try (Seed seed = new Seed(folder.resolve("havenkeep.db"))) {
                Map<String, Object> original =
                        seed.rows("applications", "id", application).getFirst();
                Map<String, Object> event = seed.rows("audit_events", "action", "deployment.requested")
                        .getFirst();
                Map<String, Object> projectRow =
                        seed.rows("projects", "id", project).getFirst();
                Map<String, Object> environmentRow =
                        seed.rows("environments", "id", environment).getFirst();
                Map<String, Object> stopped = new HashMap<>(Map.of("state", "none", "replicas_running", 0));
                stopped.put("active_release_id", null);
                stopped.put("active_deployment_id", null);
                String[] applications = new String[size.applications];
                applications[0] = application;
                for (int i = 1; i < size.applications; i++) {
                    String copy = "copy-" + i;
                    applications[i] = seed.id();
                    stopped.put("id", applications[i]);
                    stopped.put("name", copy);
                    seed.copy("applications", original, stopped);
                    String other = seed.id();
                    seed.copy("projects", projectRow, Map.of("id", other, "name", copy, "name_key", copy));
                    seed.copy("environments", environmentRow, Map.of("id", seed.id(), "project_id", other));
                    seed.copy("environments", environmentRow, Map.of("id", seed.id(), "name", copy));
                }
                History history = new History(seed, application);
                for (int number = 2; number <= size.busiest; number++) {
                    history.add(application, number, size.busiest);
                }
                int others = size.applications - 1;
                for (int i = 0; i < size.deployments - size.busiest; i++) {
                    history.add(
                            applications[1 + i % others], 1 + i / others, (size.deployments - size.busiest) / others);
                }
                for (int i = 0; i < size.deployments; i++) {
                    seed.copy("audit_events", event, Map.of("id", seed.id()));
                }
                seed.commit();
            } catch (SQLException e) {
                throw new BenchmarkFailure("The data could not be multiplied: " + e.getMessage(), e);
            }
        }
    }

    /** Deployments with their steps and releases, after the example of the first one. */
    private static final class History {

        private final Seed seed;
        private final Map<String, Object> release;
        private final Map<String, Object> deployment;
        private final List<Map<String, Object>> steps;

        History(Seed seed, String application) throws SQLException {
            this.seed = seed;
            release = seed.rows("releases", "application_id", application).getFirst();
            deployment = seed.rows("deployments", "application_id", application).getFirst();
            steps = seed.rows("deployment_steps", "deployment_id", Objects.requireNonNull(deployment.get("id")));
        }

        /** As retention leaves them: all but the newest releases are dropped. Sealed values are none's but the first's. */
        void add(String application, int number, int newest) throws SQLException {
            String releaseId = seed.id();
            String deploymentId = seed.id();
            Map<String, Object> changes = new HashMap<>();
            changes.put("id", releaseId);
            changes.put("application_id", application);
            changes.put("number", number);
            changes.put("run_variables", null);
            changes.put("build_variables", null);
            if (number <= newest - KEPT_RELEASES) {
                changes.put("dropped_at", release.get("taken_at"));
                changes.put("image_removed_at", release.get("taken_at"));
            }
            seed.copy("releases", release, changes);
            seed.copy(
                    "deployments",
                    deployment,
                    Map.of(
                            "id", deploymentId,
                            "application_id", application,
                            "number", number,
                            "release_id", releaseId));
            for (Map<String, Object> step : steps) {
                seed.copy("deployment_steps", step, Map.of("deployment_id", deploymentId));
            }
        }
    }
}
