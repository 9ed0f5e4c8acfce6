package dev.havenkeep.edge;

import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.lab.TinyUpstream;
import dev.havenkeep.engine.Installation;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Servers;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A whole Havenkeep with an edge on this machine, on ports and in a folder of its own. */
public final class EdgeLab implements AutoCloseable {

    private final Path folder;
    private final int httpPort;
    private final int httpsPort;
    private final Havenkeep haven;
    private final People people;

    EdgeLab() {
        this((_, _) -> Map.of());
    }

    /** With further properties, which may depend on the edge's ports for HTTP without and with TLS. */
    public EdgeLab(BiFunction<Integer, Integer, Map<String, String>> properties) {
        try {
            folder = Files.createTempDirectory("hk-edge");
            httpPort = Ports.free();
            httpsPort = Ports.free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new HashMap<>(Map.of(
                "haven.edge.folder", folder.toString(),
                "haven.edge.address", "127.0.0.1",
                "haven.edge.http-port", Integer.toString(httpPort),
                "haven.edge.https-port", Integer.toString(httpsPort),
                "haven.edge.reconcile-every", "1s"));
        all.putAll(properties.apply(httpPort, httpsPort));
        haven = Havenkeep.start(DatabaseKind.SQLITE, all);
        people = People.of(haven);
    }

    public Havenkeep haven() {
        return haven;
    }

    People people() {
        return people;
    }

    public Client owner() {
        return people.owner().client();
    }

    public Edge edge() {
        return haven.bean(Edge.class);
    }

    int httpPort() {
        return httpPort;
    }

    int httpsPort() {
        return httpsPort;
    }

    /** The edge's folder. */
    Path files() {
        return folder.resolve("edge-" + haven.bean(Installation.class).shortId());
    }

    /** The edge's container. */
    String container() {
        return "havenkeep-edge-" + haven.bean(Installation.class).shortId();
    }

    String installation() {
        return haven.bean(Installation.class).id();
    }

    public ServerId server() {
        return server(people.team());
    }

    ServerId server(String team) {
        return haven.bean(Servers.class).all().stream()
                .filter(server -> server.team().value().equals(team))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** A new application in an environment of its own. */
    public ApplicationId application(String name) {
        return application(name, people.team(), server());
    }

    ApplicationId application(String name, String team, ServerId server) {
        String project = owner().post("/api/v1/teams/" + team + "/projects", Map.of("name", "Project of " + name))
                .expect(201)
                .text("id");
        String environment = owner().get("/api/v1/projects/" + project + "/environments")
                .expect(200)
                .text("/items/0/id");
        return new ApplicationId(owner().post(
                        "/api/v1/environments/" + environment + "/applications",
                        Map.of(
                                "name",
                                name,
                                "serverId",
                                server.value(),
                                "source",
                                Map.of("kind", "image", "image", "nginx:1.27"),
                                "port",
                                80))
                .expect(201)
                .text("id"));
    }

    public Answer domain(ApplicationId application, Map<String, ?> body) {
        return owner().post("/api/v1/applications/" + application + "/domains", body);
    }

    static Upstream upstream(TinyUpstream upstream) {
        return new Upstream(upstream.name(), upstream.address(), upstream.port());
    }

    static List<Upstream> upstreams(TinyUpstream upstream) {
        return List.of(upstream(upstream));
    }

    @Override
    public void close() {
        String installation = installation();
        haven.close();
        for (String id : DockerCommand.run(
                        "ps", "--all", "--quiet", "--filter", "label=dev.havenkeep.installation=" + installation)
                .split("\\s+")) {
            if (!id.isBlank()) {
                DockerCommand.tryRun("rm", "--force", "--volumes", id);
            }
        }
        for (String id : DockerCommand.run(
                        "network", "ls", "--quiet", "--filter", "label=dev.havenkeep.installation=" + installation)
                .split("\\s+")) {
            if (!id.isBlank()) {
                DockerCommand.tryRun("network", "rm", id);
            }
        }
        DockerCommand.runAny("rm", "-rf", folder.toString());
    }
}
