package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole server of the lab, reached by nothing but SSH. */
record Vps(Path home, String name, JsonNode description) implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    static Vps up(Path home, String name) throws IOException, InterruptedException {
        String described = Shell.output(home, List.of(home.resolve("lab/vps").toString(), "up", name));
        return new Vps(home, name, JsonMapper.builder().build().readTree(described));
    }

    /** Where it answers. */
    String address() {
        return description.path("address").asString();
    }

    /** Adds it to a team's servers; answers the server's id. */
    String addTo(Api api, String team) throws IOException, InterruptedException {
        String id = api.post(
                        "/api/v1/teams/" + team + "/servers",
                        Map.of(
                                "name", name,
                                "kind", "ssh",
                                "host", address(),
                                "port", description.path("port").asInt(),
                                "user", description.path("user").asString(),
                                "hostKey", description.path("hostKey").asString(),
                                "privateKey",
                                        Files.readString(Path.of(
                                                description.path("privateKey").asString()))))
                .path("id")
                .asString();
        long until = System.nanoTime() + DEADLINE.toNanos();
        while (!api.post("/api/v1/servers/" + id + "/check", Map.of())
                .path("reachable")
                .asBoolean()) {
            if (System.nanoTime() > until) {
                throw new BenchmarkFailure("The server " + name + " cannot be reached");
            }
            Thread.sleep(500);
        }
        return id;
    }

    @Override
    public void close() throws IOException {
        try {
            Shell.output(home, List.of(home.resolve("lab/vps").toString(), "down", name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
