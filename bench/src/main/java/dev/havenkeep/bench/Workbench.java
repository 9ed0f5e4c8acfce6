package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the benchmarks share: the checkout, a scratch folder, the sample application's image, and one running product. */
final class Workbench implements AutoCloseable {

    static final String PASSWORD = "bench-owner-passphrase";
    /** The lab's registry, which engines ask first for images without a registry of their own in the name. */
    private static final String REGISTRY = "127.0.0.1:5000/library/";

    final Path home;
    final Path scratch;
    final String unique = Long.toString(System.nanoTime(), 36);
    private final List<Product> started = new ArrayList<>();
    private final List<String> images = new ArrayList<>();
    private @Nullable Product product;
    private @Nullable String teamId;
    private @Nullable String environmentId;
    private @Nullable String serverId;
    private @Nullable String sampleImage;

    private Workbench(Path home) throws IOException {
        this.home = home;
        this.scratch = Files.createTempDirectory("haven-bench-");
    }

    /** Sees to an engine, the lab's images and a built product; what that says goes to standard error. */
    static Workbench prepare(Path checkout) throws IOException, InterruptedException {
        Path home = checkout.toAbsolutePath().normalize();
        Shell.output(home, List.of(home.resolve("lab/docker-up").toString()));
        Shell.output(home, List.of(home.resolve("lab/images").toString()));
        Shell.output(home, List.of(home.resolve("packaging/build").toString(), "control-plane"));
        return new Workbench(home);
    }

    /** The product on a data folder of this name, which may be there already. What it makes goes when the bench closes. */
    Product start(String dataFolder, String... flags) throws IOException, InterruptedException {
        Product fresh = Product.start(home, scratch.resolve(dataFolder), flags);
        started.add(fresh);
        return fresh;
    }

    /** The product on a fresh data folder with an owner, started on first use and shared by the deploying benchmarks. */
    Product product() throws IOException, InterruptedException {
        if (product == null) {
            Product fresh = start("shared");
            product = fresh;
            String team = fresh.setUp();
            teamId = team;
            serverId = fresh.api
                    .get("/api/v1/teams/" + team + "/servers")
                    .path("items")
                    .path(0)
                    .path("id")
                    .asString();
            String project = fresh.api
                    .post("/api/v1/teams/" + team + "/projects", Map.of("name", "bench"))
                    .path("id")
                    .asString();
            environmentId = fresh.api
                    .get("/api/v1/projects/" + project + "/environments")
                    .path("items")
                    .path(0)
                    .path("id")
                    .asString();
        }
        return product;
    }

    /** The team that owns everything. */
    String team() throws IOException, InterruptedException {
        product();
        return java.util.Objects.requireNonNull(teamId);
    }

    /** The environment that benchmarks put their applications in. */
    String environment() throws IOException, InterruptedException {
        product();
        return java.util.Objects.requireNonNull(environmentId);
    }

    /** The server that benchmarks deploy to. */
    String server() throws IOException, InterruptedException {
        product();
        return java.util.Objects.requireNonNull(serverId);
    }

    /** The sample application as an image that every engine of the lab can pull. */
    String sampleImage() throws IOException, InterruptedException {
        if (sampleImage == null) {
            sampleImage = publish(home.resolve("lab/sample-app"), "bench-sample:" + unique);
        }
        return sampleImage;
    }

    /** Builds a folder's image and puts it where every engine of the lab can pull it by this name. */
    String publish(Path folder, String image) throws IOException, InterruptedException {
        build(folder, image);
        images.add(image);
        Shell.run("docker", "tag", image, REGISTRY + image);
        images.add(REGISTRY + image);
        Shell.run("docker", "push", "--quiet", REGISTRY + image);
        return image;
    }

    /** A name for an image that goes when the bench closes. */
    String scratchImage(String name) {
        String image = "bench/" + name + ":" + unique;
        images.add(image);
        return image;
    }

    /** Builds an image as a person would by hand, with BuildKit. */
    static void build(Path folder, String tag) throws IOException, InterruptedException {
        Shell.run(folder, Map.of("DOCKER_BUILDKIT", "1"), List.of(docker(), "build", "--quiet", "--tag", tag, "."));
    }

    /** A docker command line whose BuildKit works. */
    static String docker() {
        return Files.isExecutable(Path.of("/usr/bin/docker")) ? "/usr/bin/docker" : "docker";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        started.forEach(Product::close);
        for (Path data :
                started.stream().map(product -> product.dataDir).distinct().toList()) {
            removeOwned(Files.readString(data.resolve("installation-id")).strip());
        }
        for (String image : images) {
            Shell.run("docker", "rmi", "--force", image);
        }
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes what an installation of this run made on the engine, and nothing else. */
    private static void removeOwned(String installation) throws IOException, InterruptedException {
        String filter = "label=dev.havenkeep.installation=" + installation;
        removeAll(Shell.run("docker", "ps", "--all", "--quiet", "--filter", filter), "docker", "rm", "--force");
        removeAll(Shell.run("docker", "network", "ls", "--quiet", "--filter", filter), "docker", "network", "rm");
        removeAll(Shell.run("docker", "volume", "ls", "--quiet", "--filter", filter), "docker", "volume", "rm");
        removeAll(Shell.run("docker", "images", "--quiet", "--filter", filter), "docker", "rmi", "--force");
    }

    private static void removeAll(String ids, String... command) throws IOException, InterruptedException {
        if (!ids.isBlank()) {
            List<String> argv =
                    Stream.concat(Stream.of(command), ids.lines().distinct()).toList();
            Shell.run(argv.toArray(String[]::new));
        }
    }
}
