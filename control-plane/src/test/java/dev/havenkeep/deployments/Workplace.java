package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.engine.Installation;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.servers.Servers;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.People;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A Havenkeep with an owner, the local server and an edge on ports of its own, ready to deploy to. */
final class Workplace implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(90);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Client api;
    final String environment;
    final int edgePort;
    private final String server;
    private final AutoCloseable closing;

    private Workplace(Client api, String team, String server, int edgePort, AutoCloseable closing) {
        this.api = api;
        this.server = server;
        this.edgePort = edgePort;
        this.closing = closing;
        String project = api.post("/api/v1/teams/" + team + "/projects", Map.of("name", "Shop"))
                .expect(201)
                .text("id");
        this.environment = api.get("/api/v1/projects/" + project + "/environments")
                .expect(200)
                .text("/items/0/id");
    }

    /** In a Havenkeep of the test's own. */
    static Workplace open(DatabaseKind kind) {
        int http = freePort();
        int https = freePort();
        Havenkeep haven = Havenkeep.start(kind, properties(http, https));
        People people = People.of(haven);
        Client api = people.owner().client();
        return new Workplace(
                api,
                people.team(),
                haven.bean(Servers.class)
                        .createLocal(new TeamId(people.team()))
                        .id()
                        .value(),
                http,
                () -> {
                    String installation = haven.bean(Installation.class).id();
                    haven.close();
                    DockerCommand.removeAll(installation);
                });
    }

    /** In a process that was just set up by this answer. */
    static Workplace of(Client anonymous, Answer setup, String server, int edgePort) {
        return new Workplace(People.signedIn(anonymous, setup), setup.text("/team/id"), server, edgePort, () -> {});
    }

    static Map<String, String> properties(int http, int https) {
        Map<String, String> properties = new HashMap<>();
        properties.put("haven.edge.address", "127.0.0.1");
        properties.put("haven.edge.http-port", Integer.toString(http));
        properties.put("haven.edge.https-port", Integer.toString(https));
        properties.put("haven.sources.allow-private-networks", "true");
        return properties;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An application of the node image that runs this JavaScript; answers its id. */
    String application(String script, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "name",
                "app-" + NUMBER.incrementAndGet(),
                "serverId",
                server,
                "source",
                Map.of("kind", "image", "image", "node:20"),
                "command",
                List.of("node", "-e", script),
                "stopGraceSeconds",
                1,
                "drainSeconds",
                2));
        body.putAll(more);
        return api.post("/api/v1/environments/" + environment + "/applications", body)
                .expect(201)
                .text("id");
    }

    /** An application of a repository with a Dockerfile, on port 3000; answers its id. */
    String gitApplication(String url) {
        return application(
                "",
                Map.of(
                        "source",
                        Map.of("kind", "git", "url", url, "branch", "main"),
                        "command",
                        List.of(),
                        "port",
                        3000));
    }

    /** Sets a variable of the application. */
    void variable(String application, String name, String value, String kind, String availability) {
        api.post(
                        "/api/v1/applications/" + application + "/variables",
                        Map.of("name", name, "value", value, "kind", kind, "availability", availability))
                .expect(201);
    }

    /** A domain of the application that answers over plain HTTP; answers its host. */
    String domain(String application) {
        String host = "app-" + application.substring(28) + ".example.com";
        api.post(
                        "/api/v1/applications/" + application + "/domains",
                        Map.of("host", host, "certificate", "none", "forceHttps", false))
                .expect(201);
        return host;
    }

    /** JavaScript that answers every request with this expression, on port 3000. */
    static String answering(String expression) {
        return "require('http').createServer((q,s)=>s.end(String(" + expression + "))).listen(3000,'0.0.0.0')";
    }

    void configure(String application, Map<String, ?> patch) {
        Answer now = api.get("/api/v1/applications/" + application).expect(200);
        api.with("If-Match", now.header("ETag"))
                .patch("/api/v1/applications/" + application, patch)
                .expect(200);
    }

    Answer request(String application, Map<String, ?> body) {
        return api.post("/api/v1/applications/" + application + "/deployments", body)
                .expect(202);
    }

    /** Deploys and waits for the end; answers the deployment. */
    JsonNode deploy(String application, Map<String, ?> body) {
        return ended(request(application, body).text("id"));
    }

    JsonNode deploy(String application) {
        return deploy(application, Map.of());
    }

    JsonNode act(String application, String what) {
        return ended(api.post("/api/v1/applications/" + application + "/" + what)
                .expect(202)
                .text("id"));
    }

    /** Waits until a deployment has ended. */
    JsonNode ended(String deployment) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> State.parse(state(deployment)).terminal());
        return deployment(deployment);
    }

    void reaches(String deployment, State state) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> state(deployment).equals(state.text()));
    }

    JsonNode deployment(String id) {
        return api.get("/api/v1/deployments/" + id).expect(200).json();
    }

    private String state(String deployment) {
        return deployment(deployment).path("state").asString();
    }

    JsonNode status(String application) {
        return api.get("/api/v1/applications/" + application).expect(200).json().path("status");
    }

    /** Deploys, which must succeed. */
    JsonNode deployed(String application) {
        return succeeded(deploy(application));
    }

    static JsonNode succeeded(JsonNode deployment) {
        assertThat(deployment.path("state").asString())
                .as(deployment.toPrettyString())
                .isEqualTo("succeeded");
        return deployment;
    }

    /** What a request through the edge is answered with. */
    Edged get(String host, String path) {
        return Edged.get(edgePort, host, path);
    }

    /** The containers of an application, by name, each with its state. */
    List<String> containers(String application) {
        return DockerCommand.lines(
                "docker",
                "ps",
                "--all",
                "--filter",
                "label=dev.havenkeep.application=" + application,
                "--format",
                "{{.Names}} {{.State}}");
    }

    @Override
    public void close() {
        api.get("/api/v1/environments/" + environment + "/applications?limit=200")
                .json()
                .path("items")
                .forEach(application -> delete(application.path("id").asString()));
        try {
            closing.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void delete(String application) {
        api.delete("/api/v1/applications/" + application + "?volumes=delete").expect(202);
        await().atMost(LONG)
                .until(() -> api.get("/api/v1/applications/" + application).status() == 404);
    }
}
