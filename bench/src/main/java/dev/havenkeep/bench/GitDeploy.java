package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A deployment from git with a warm cache, request to live, against the same by hand: clone what is new, docker build,
 * docker run, first answer. Both see a fresh commit that changes one file each time; the two take turns in one run.
 */
final class GitDeploy implements Benchmark {

    private static final int RUNS = 7;
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
        commit(repository, 0);
        Path byHand = workbench.scratch.resolve("by-hand");
        Shell.run("git", "clone", "--quiet", repository.toString(), byHand.toString());
        try (GitServer server = new GitServer(folder)) {
            String application = product.api
                    .post(
                            "/api/v1/environments/" + workbench.environment() + "/applications",
                            Map.of(
                                    "name",
                                    "git-deploy",
                                    "serverId",
                                    workbench.server(),
                                    "source",
                                    Map.of("kind", "git", "url", server.url("sample/.git"), "branch", "main"),
                                    "port",
                                    3000,
                                    "drainSeconds",
                                    5,
                                    "healthCheck",
                                    Map.of("path", "/health")))
                    .path("id")
                    .asString();
            ImageDeploy.deploy(product.api, application);
            byHand(byHand, workbench.unique);
            Samples ours = new Samples();
            Samples theirs = new Samples();
            for (int run = 1; run <= RUNS; run++) {
                commit(repository, run);
                JsonNode deployment = ImageDeploy.deploy(product.api, application);
                ours.addMillis(ImageDeploy.liveMillis(deployment));
                commit(repository, run + RUNS);
                theirs.add(byHand(byHand, workbench.unique));
            }
            Shell.run("docker", "rmi", "--force", "bench/by-hand:" + workbench.unique);
            return List.of(Measurement.atMost(
                    name(),
                    ours.median() / theirs.median(),
                    "ratio",
                    BUDGET_RATIO,
                    Map.of("havenMillis", ours.median(), "byHandMillis", theirs.median())));
        }
    }

    private static Duration byHand(Path checkout, String unique) throws IOException, InterruptedException {
        int port = Product.freePort();
        long start = System.nanoTime();
        git(checkout, "pull", "--quiet");
        String tag = "bench/by-hand:" + unique;
        Workbench.build(checkout, tag);
        String container =
                Shell.run("docker", "run", "--detach", "--init", "--publish", "127.0.0.1:" + port + ":3000", tag);
        try {
            ImageDeploy.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/health"));
            return Duration.ofNanos(System.nanoTime() - start);
        } finally {
            Shell.run("docker", "rm", "--force", container);
        }
    }

    private static void commit(Path repository, int number) throws IOException, InterruptedException {
        Files.writeString(repository.resolve("release.txt"), "release " + number + "\n");
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
                "Release " + number);
    }

    private static void git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> argv = new java.util.ArrayList<>(List.of("git"));
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
