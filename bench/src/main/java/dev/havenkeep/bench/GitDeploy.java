package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A deployment from git with a warm cache, request to live, against the same by hand: fetch what is new, docker build,
 * docker run, first answer. Both see a fresh commit that changes one file each time, come from the same git server, and
 * take turns at going first. The same with a cold cache, where every instruction of the Dockerfile is run anew, stands
 * beside it.
 */
final class GitDeploy implements Benchmark {

    private static final int RUNS = 15;
    private static final int COLD_RUNS = 4;
    private static final double BUDGET_RATIO = 1.15;

    @Override
    public String name() {
        return "git-deploy";
    }

    @Override
    public String description() {
        return "deploy from git with warm cache vs git fetch + docker build + docker run by hand, ratio of medians of "
                + RUNS;
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        Product product = workbench.product();
        Path folder = Files.createDirectory(workbench.scratch.resolve("git"));
        Path repository = folder.resolve("sample");
        copy(workbench.home.resolve("lab/sample-app"), repository);
        git(repository, "init", "--quiet", "--initial-branch", "main");
        commit(repository, workbench.unique, Cache.COLD);
        try (GitServer server = new GitServer(folder)) {
            String url = server.url("sample/.git");
            Path byHand = workbench.scratch.resolve("by-hand");
            Shell.run("git", "clone", "--quiet", url, byHand.toString());
            String application = product.api
                    .post(
                            "/api/v1/environments/" + workbench.environment() + "/applications",
                            Map.of(
                                    "name",
                                    "git-deploy",
                                    "serverId",
                                    workbench.server(),
                                    "source",
                                    Map.of("kind", "git", "url", url, "branch", "main"),
                                    "port",
                                    3000,
                                    "drainSeconds",
                                    5,
                                    "healthCheck",
                                    Map.of("path", "/health")))
                    .path("id")
                    .asString();
            Comparison comparison = new Comparison(
                    product.api, application, repository, byHand, workbench.unique, workbench.scratchImage("by-hand"));
            comparison.pair(Cache.COLD);
            comparison.pair(Cache.WARM);
            Comparison.Result cold = comparison.pairs(Cache.COLD, COLD_RUNS);
            Comparison.Result warm = comparison.pairs(Cache.WARM, RUNS);
            return List.of(Measurement.atMost(
                    name(),
                    warm.ratio(),
                    "ratio",
                    BUDGET_RATIO,
                    Map.of(
                            "havenMillis",
                            warm.ours.median(),
                            "byHandMillis",
                            warm.theirs.median(),
                            "overheadMillis",
                            warm.ours.median() - warm.theirs.median(),
                            "stepMillis",
                            ImageDeploy.stepMillis(warm.deployments),
                            "byHandPartMillis",
                            comparison.partMillis(),
                            "coldRatio",
                            Math.round(cold.ratio() * 1000) / 1000.0,
                            "coldHavenMillis",
                            cold.ours.median(),
                            "coldByHandMillis",
                            cold.theirs.median())));
        }
    }

    /** What a commit leaves of the build cache. */
    private enum Cache {
        WARM,
        COLD
    }

    /** Deploys commits by the product and by hand. */
    private static final class Comparison {

        private final Api api;
        private final String application;
        private final Path repository;
        private final Path checkout;
        private final String unique;
        private final String tag;
        private final Map<String, Samples> parts = new LinkedHashMap<>();
        private int commits;

        Comparison(Api api, String application, Path repository, Path checkout, String unique, String tag) {
            this.api = api;
            this.application = application;
            this.repository = repository;
            this.checkout = checkout;
            this.unique = unique;
            this.tag = tag;
        }

        /** Times, and the deployments that took ours. */
        record Result(Samples ours, Samples theirs, List<JsonNode> deployments) {

            double ratio() {
                return ours.median() / theirs.median();
            }
        }

        Result pairs(Cache cache, int count) throws IOException, InterruptedException {
            Result all = new Result(new Samples(), new Samples(), new ArrayList<>());
            for (int i = 0; i < count; i++) {
                Result pair = pair(cache);
                all.ours.addMillis(pair.ours.median());
                all.theirs.addMillis(pair.theirs.median());
                all.deployments.addAll(pair.deployments);
            }
            return all;
        }

        Result pair(Cache cache) throws IOException, InterruptedException {
            Result pair = new Result(new Samples(), new Samples(), new ArrayList<>());
            boolean oursFirst = commits / 2 % 2 == 0;
            for (boolean ours : List.of(oursFirst, !oursFirst)) {
                commit(repository, unique + "-" + ++commits, cache);
                if (ours) {
                    JsonNode deployment = ImageDeploy.deploy(api, application);
                    pair.ours.addMillis(ImageDeploy.liveMillis(deployment));
                    pair.deployments.add(deployment);
                } else {
                    pair.theirs.add(byHand());
                }
            }
            return pair;
        }

        private long took(String part, long since) {
            long now = System.nanoTime();
            parts.computeIfAbsent(part, name -> new Samples()).add(Duration.ofNanos(now - since));
            return now;
        }

        /** The median of each part of the work by hand, in milliseconds. */
        Map<String, Double> partMillis() {
            Map<String, Double> medians = new LinkedHashMap<>();
            parts.forEach((name, times) -> medians.put(name, times.median()));
            return medians;
        }

        private Duration byHand() throws IOException, InterruptedException {
            int port = Product.freePort();
            long start = System.nanoTime();
            git(checkout, "pull", "--quiet");
            long pulled = took("pull", start);
            Workbench.build(checkout, tag);
            long built = took("build", pulled);
            String container =
                    Shell.run("docker", "run", "--detach", "--init", "--publish", "127.0.0.1:" + port + ":3000", tag);
            long ran = took("run", built);
            try {
                ImageDeploy.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/health"));
                took("answer", ran);
                return Duration.ofNanos(System.nanoTime() - start);
            } finally {
                Shell.run("docker", "rm", "--force", container);
            }
        }
    }

    /** Changes a file that the Dockerfile copies last, to what no build of this or of an earlier run has seen. */
    private static void commit(Path repository, String content, Cache cache) throws IOException, InterruptedException {
        Files.writeString(repository.resolve("public/release.txt"), content + "\n");
        if (cache == Cache.COLD) {
            Path dockerfile = repository.resolve("Dockerfile");
            String changed = Files.readString(dockerfile)
                    .replaceFirst("(?m)^(FROM .*)$(\\nRUN echo .*$)?", "$1\nRUN echo " + content + " >/cold");
            Files.writeString(dockerfile, changed);
        }
        git(repository, "add", "--all");
        git(
                repository,
                "-c",
                "user.name=Bench",
                "-c",
                "user.email=bench@example.com",
                "commit",
                "--quiet",
                "--message",
                content);
    }

    private static void git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(arguments));
        Shell.run(repository, Map.of(), argv);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
