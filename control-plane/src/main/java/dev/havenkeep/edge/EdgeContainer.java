package dev.havenkeep.edge;

import dev.havenkeep.edge.haproxy.EdgeProblems;
import dev.havenkeep.edge.haproxy.Layout;
import dev.havenkeep.engine.Container;
import dev.havenkeep.engine.ContainerName;
import dev.havenkeep.engine.ContainerSpec;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.ExecSpec;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.engine.Labels;
import dev.havenkeep.engine.Mount;
import dev.havenkeep.engine.NetworkName;
import dev.havenkeep.engine.NetworkSpec;
import dev.havenkeep.engine.PublishedPort;
import dev.havenkeep.servers.Execution;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The container that HAProxy runs in, on one server. */
final class EdgeContainer {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Duration CHECK = Duration.ofSeconds(30);

    private final Docker docker;
    private final EdgeProperties properties;
    private final String folder;
    private final String installation;
    private final ContainerName name;
    private final NetworkName network;

    EdgeContainer(Docker docker, EdgeProperties properties, String folder, String installation, String shortId) {
        this.docker = docker;
        this.properties = properties;
        this.folder = folder;
        this.installation = installation;
        this.name = new ContainerName("havenkeep-edge-" + shortId);
        // Engines before 28 take the default route from the network whose name sorts first, and answers to published
        // ports have to leave by the network that the requests came in by. Applications' networks begin with haven-.
        this.network = new NetworkName("edge-haven-" + shortId);
    }

    ContainerName name() {
        return name;
    }

    /** Whether the container is there as it should be and runs. */
    boolean runs() {
        return running().isPresent();
    }

    /** Whether it runs and has joined a network. */
    boolean runsIn(String joined) {
        return running()
                .filter(container -> container.networks().containsKey(new NetworkName(joined)))
                .isPresent();
    }

    private Optional<Container> running() {
        return docker.containers()
                .inspect(name)
                .filter(container -> container.state().running())
                .filter(container -> Objects.equals(container.labels().get(Labels.CONFIG_HASH), hash()));
    }

    /** Makes and starts the container where it is absent, changed or not running. The configuration must be there. */
    void start() {
        Optional<Container> found = docker.containers().inspect(name);
        if (found.isPresent() && !Objects.equals(found.get().labels().get(Labels.CONFIG_HASH), hash())) {
            docker.containers().remove(name);
            found = Optional.empty();
        }
        if (found.isEmpty()) {
            create();
        }
        docker.containers().start(name);
    }

    void kill() {
        docker.containers().kill(name);
    }

    /** Joins the networks that it is not in yet; tells which of them do not exist. */
    List<String> join(List<String> networks) {
        Container container = docker.containers()
                .inspect(name)
                .orElseThrow(() -> EdgeProblems.unreachable("its container " + name + " is gone", null));
        return networks.stream()
                .filter(wanted -> !container.networks().containsKey(new NetworkName(wanted)))
                .filter(wanted -> {
                    NetworkName missing = new NetworkName(wanted);
                    if (docker.networks().inspect(missing).isEmpty()) {
                        return true;
                    }
                    docker.networks().connect(missing, name, List.of());
                    return false;
                })
                .toList();
    }

    void leave(String networkName) {
        docker.networks().disconnect(new NetworkName(networkName), name);
    }

    /** Lets HAProxy read the candidate configuration; gives what it complained of. */
    Optional<String> refusalOfCandidate() {
        ExecSpec check = ExecSpec.of(CHECK, "haproxy", "-c", "-f", Layout.inContainer(Layout.CANDIDATE));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (Execution execution = docker.containers().exec(name, check)) {
            while (true) {
                switch (execution.next()) {
                    case Execution.Event.Output output -> text.writeBytes(output.bytes());
                    case Execution.Event.Exited exited -> {
                        return exited.code() == 0
                                ? Optional.empty()
                                : Optional.of(text.toString(StandardCharsets.UTF_8));
                    }
                    case Execution.Event.DeadlineExceeded exceeded -> {
                        return Optional.of("the check took too long");
                    }
                }
            }
        }
    }

    /** The present addresses of the installation's running containers, by name, on networks that the edge shares. */
    Map<String, String> addresses(List<String> networks) {
        Map<String, String> addresses = new HashMap<>();
        docker.containers().list(Map.of(Labels.INSTALLATION, installation)).forEach(container -> {
            if (container.running()) {
                container.networks().forEach((joined, endpoint) -> {
                    if (networks.contains(joined.value()) && !endpoint.address().isEmpty()) {
                        addresses.put(container.name().value(), endpoint.address());
                    }
                });
            }
        });
        return addresses;
    }

    private void create() {
        ImageReference image = ImageReference.parse(properties.image());
        if (docker.images().inspect(image).isEmpty()) {
            try (var pull = docker.images().pull(image, null)) {
                pull.await(progress -> {});
            }
        }
        Map<String, String> labels = Map.of(Labels.INSTALLATION, installation, Labels.ROLE, Labels.Role.EDGE.text());
        docker.networks().create(new NetworkSpec(network, false, labels));
        docker.containers()
                .create(ContainerSpec.of(name, image)
                        .labels(labels)
                        .label(Labels.CONFIG_HASH, hash())
                        .entrypoint(List.of("haproxy"))
                        .command(command())
                        .user("0:0")
                        .mounts(List.of(new Mount.Bind(folder, Layout.ROOT, false)))
                        .network(network)
                        .ports(ports())
                        .restarted()
                        .build());
    }

    private static List<String> command() {
        return List.of(
                "-W",
                "-db",
                "-S",
                Layout.inContainer(Layout.MASTER_SOCKET) + ",mode,666",
                "-f",
                Layout.inContainer(Layout.CONFIGURATION));
    }

    private List<PublishedPort> ports() {
        return List.of(
                new PublishedPort(properties.address(), properties.httpPort(), HTTP, PublishedPort.Protocol.TCP),
                new PublishedPort(properties.address(), properties.httpsPort(), HTTPS, PublishedPort.Protocol.TCP),
                new PublishedPort(properties.address(), properties.httpsPort(), HTTPS, PublishedPort.Protocol.UDP));
    }

    /** Stands for everything that the container is made of; another value means another container. */
    private String hash() {
        return Integer.toHexString(Objects.hash(properties.image(), folder, command(), ports().toString()));
    }
}
