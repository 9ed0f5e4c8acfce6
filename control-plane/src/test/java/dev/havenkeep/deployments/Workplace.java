package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.engine.Installation;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.People;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A Havenkeep with an owner and a server, ready to deploy to. */
public final class Workplace implements AutoCloseable {

    public static final Duration LONG = Duration.ofSeconds(90);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    public final Client api;
    public final String environment;
    public final Site site;
    final String server;
    final String team;
    private final Runnable closing;

    private Workplace(Client api, String team, Site site, Runnable closing) {
        this.api = api;
        this.team = team;
        this.site = site;
        this.closing = closing;
        this.server = site.addTo(api, team);
        String project = api.post(
                        "/api/v1/teams/" + team + "/projects", Map.of("name", "Shop " + NUMBER.incrementAndGet()))
                .expect(201)
                .text("id");
        this.environment = api.get("/api/v1/projects/" + project + "/environments")
                .expect(200)
                .text("/items/0/id");
    }

    /** In a Havenkeep of the test's own, on this machine. */
    public static Workplace open(DatabaseKind kind) {
        return open(kind, Site.local());
    }

    /** In a Havenkeep of the test's own that deploys to this site, which is closed with it. */
    static Workplace open(DatabaseKind kind, Site site) {
        return open(start(kind, site), site);
    }

    /** A Havenkeep that can deploy to this site. */
    static Havenkeep start(DatabaseKind kind, Site site) {
        return start(kind, site, context -> {});
    }

    /** The same with something more in its context. */
    static Havenkeep start(
            DatabaseKind kind, Site site, ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        Map<String, String> properties = new HashMap<>(site.properties());
        properties.put("haven.sources.allow-private-networks", "true");
        return Havenkeep.start(kind, properties, more);
    }

    /** In this Havenkeep, which is closed with it, as the site is. */
    static Workplace open(Havenkeep haven, Site site) {
        Runnable closing = () -> {
            String installation = haven.bean(Installation.class).id();
            try (site) {
                haven.close();
                site.clear(installation);
            }
        };
        try {
            People people = People.of(haven);
            return new Workplace(people.owner().client(), people.team(), site, closing);
        } catch (RuntimeException | AssertionError e) {
            closing.run();
            throw e;
        }
    }

    /** In a process that was just set up by this answer; whoever made process and site closes them. */
    public static Workplace of(Client anonymous, Answer setup, Site site) {
        return new Workplace(People.signedIn(anonymous, setup), setup.text("/team/id"), site, () -> {});
    }

    /** Another place of the same people, who deploy to this site too; whoever made the site closes it. */
    Workplace at(Site another) {
        return new Workplace(api, team, another, () -> {});
    }

    /** Another environment of the same project; answers its id. */
    String newEnvironment() {
        String project =
                api.get("/api/v1/environments/" + environment).expect(200).text("projectId");
        return api.post("/api/v1/projects/" + project + "/environments", Map.of("name", "e" + NUMBER.incrementAndGet()))
                .expect(201)
                .text("id");
    }

    /** An application of the node image that runs this JavaScript; answers its id. */
    public String application(String script, Map<String, ?> more) {
        return application(environment, script, more);
    }

    /** The same in an environment of the caller's choice. */
    String application(String in, String script, Map<String, ?> more) {
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
        return api.post("/api/v1/environments/" + in + "/applications", body)
                .expect(201)
                .text("id");
    }

    /** An application of a repository with a Dockerfile, on port 3000; answers its id. */
    public String gitApplication(String url) {
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
    public void variable(String application, String name, String value, String kind, String availability) {
        api.post(
                        "/api/v1/applications/" + application + "/variables",
                        Map.of("name", name, "value", value, "kind", kind, "availability", availability))
                .expect(201);
    }

    /** A domain of the application that answers over plain HTTP; answers its host. */
    public String domain(String application) {
        String host = "app-" + application.substring(28) + ".example.com";
        api.post(
                        "/api/v1/applications/" + application + "/domains",
                        Map.of("host", host, "certificate", "none", "forceHttps", false))
                .expect(201);
        return host;
    }

    /** JavaScript that answers every request with this expression, on port 3000. */
    public static String answering(String expression) {
        return "require('http').createServer((q,s)=>s.end(String(" + expression + "))).listen(3000,'0.0.0.0')";
    }

    public void configure(String application, Map<String, ?> patch) {
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
    public JsonNode deploy(String application, Map<String, ?> body) {
        return ended(request(application, body).text("id"));
    }

    public JsonNode deploy(String application) {
        return deploy(application, Map.of());
    }

    public JsonNode act(String application, String what) {
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
    public JsonNode deployed(String application) {
        return succeeded(deploy(application));
    }

    public static JsonNode succeeded(JsonNode deployment) {
        assertThat(deployment.path("state").asString())
                .as(deployment.toPrettyString())
                .isEqualTo("succeeded");
        return deployment;
    }

    /** What a request through the edge is answered with. */
    public Edged get(String host, String path) {
        return site.get(host, path);
    }

    /** The containers of an application, by name, each with its state. */
    public List<String> containers(String application) {
        return site.docker(
                "ps",
                "--all",
                "--filter",
                "label=dev.havenkeep.application=" + application,
                "--format",
                "{{.Names}} {{.State}}");
    }

    @Override
    public void close() {
        try {
            List<String> applications = api.get("/api/v1/environments/" + environment + "/applications?limit=200")
                    .json()
                    .path("items")
                    .valueStream()
                    .map(application -> application.path("id").asString())
                    .toList();
            applications.forEach(this::requestDeletion);
            applications.forEach(this::awaitDeletion);
        } finally {
            closing.run();
        }
    }

    public void delete(String application) {
        requestDeletion(application);
        awaitDeletion(application);
    }

    private void requestDeletion(String application) {
        api.delete("/api/v1/applications/" + application + "?volumes=delete").expect(202);
    }

    private void awaitDeletion(String application) {
        await().atMost(LONG)
                .until(() -> api.get("/api/v1/applications/" + application).status() == 404);
    }
}
