package dev.havenkeep.edge;

import dev.havenkeep.edge.haproxy.HaproxyRuntime;
import dev.havenkeep.edge.haproxy.Layout;
import dev.havenkeep.edge.haproxy.NamesConfiguration;
import dev.havenkeep.engine.Change;
import dev.havenkeep.engine.ContainerName;
import dev.havenkeep.engine.ContainerSpec;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.engine.Labels;
import dev.havenkeep.engine.Mount;
import dev.havenkeep.engine.NetworkName;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a server's public names lead to its edge from within its containers, as the router of a home network does for
 * its own address ("hairpin"): no hosts file, no restart, the right certificate.
 *
 * <p>An engine gives a container's names on a network once and for all, when it joins, and leaving to join again would
 * cut every request between the edge and that network. So the names belong to a small container that passes
 * connections on to the edge. Other names mean another such container, a generation: the new one joins and answers
 * before the old one leaves, which it does once nothing runs over it any more.
 */
final class PublicNames {

    private static final Logger LOG = LoggerFactory.getLogger(PublicNames.class);
    private static final Duration UNUSED_AT_LATEST = Duration.ofSeconds(60);
    /** How long containers may go on using an address that they looked up. */
    private static final Duration LOOKED_UP = Duration.ofSeconds(5);

    private static final String SERVICE = "names";

    private final Docker docker;
    private final EdgeProperties properties;
    private final EdgeFolder folder;
    private final String installation;
    private final String shortId;
    private final Function<String, HaproxyRuntime> generations;
    private final Map<ContainerName, Long> replacedAt = new HashMap<>();

    PublicNames(
            Docker docker,
            EdgeProperties properties,
            EdgeFolder folder,
            String installation,
            String shortId,
            Function<String, HaproxyRuntime> generations) {
        this.docker = docker;
        this.properties = properties;
        this.folder = folder;
        this.installation = installation;
        this.shortId = shortId;
        this.generations = generations;
    }

    /** Makes exactly these names lead to the edge from within these networks. */
    void publish(SortedSet<String> names, List<String> networks) {
        List<NetworkName> joined = networks.stream()
                .map(NetworkName::new)
                .filter(network -> docker.networks().inspect(network).isPresent())
                .toList();
        List<ContainerSummary> present = new ArrayList<>(generations());
        if (names.isEmpty() || joined.isEmpty()) {
            present.forEach(old -> docker.containers().remove(old.name()));
            return;
        }
        String generation = generation(names, joined);
        ContainerName wanted = new ContainerName("havenkeep-names-" + shortId + "-" + generation);
        boolean answers = answers(generation);
        if (!answers) {
            start(wanted, generation, names, joined, present);
            answers = answers(generation);
        }
        replacedAt.remove(wanted);
        for (ContainerSummary old : present) {
            if (answers && !old.name().equals(wanted)) {
                retire(old.name());
            }
        }
    }

    /** Takes the names out of a network that is going to be removed. */
    void leave(String network) {
        generations().forEach(generation -> docker.networks().disconnect(new NetworkName(network), generation.name()));
    }

    /** Ends all of them, for when the folder that they share with the edge is gone. */
    void reset() {
        generations().forEach(generation -> docker.containers().remove(generation.name()));
    }

    private List<ContainerSummary> generations() {
        return docker.containers()
                .list(Map.of(
                        Labels.INSTALLATION,
                        installation,
                        Labels.ROLE,
                        Labels.Role.EDGE.text(),
                        Labels.SERVICE,
                        SERVICE));
    }

    private void start(
            ContainerName name,
            String generation,
            SortedSet<String> names,
            List<NetworkName> networks,
            List<ContainerSummary> present) {
        String configuration = NamesConfiguration.render(properties.settings());
        folder.write(NamesConfiguration.FILE, configuration);
        present.stream()
                .filter(known -> known.name().equals(name))
                .forEach(known -> docker.containers().remove(known.name()));
        LOG.info("The names {} are made known in {}", names, networks);
        docker.containers()
                .create(ContainerSpec.of(name, ImageReference.parse(properties.image()))
                        .label(Labels.INSTALLATION, installation)
                        .label(Labels.ROLE, Labels.Role.EDGE.text())
                        .label(Labels.SERVICE, SERVICE)
                        .entrypoint(List.of("haproxy"))
                        .command(List.of("-db", "-f", Layout.inContainer(NamesConfiguration.FILE)))
                        .environment(Map.of(NamesConfiguration.GENERATION, Secret.of(generation)))
                        .user("0:0")
                        .mounts(List.of(new Mount.Bind(folder.path(), Layout.ROOT, false)))
                        .networks(networks.stream()
                                .map(network -> new ContainerSpec.Attachment(network, List.copyOf(names)))
                                .toList())
                        .restarted()
                        .build());
        if (docker.containers().start(name) == Change.ABSENT) {
            LOG.warn("{} could not be started", name);
        }
        try {
            generations.apply(generation).answersWithin(LOOKED_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers(String generation) {
        return generations.apply(generation).connections().isPresent();
    }

    /** Removes a generation that is no longer wanted, once nobody uses it or has its address in mind. */
    private void retire(ContainerName name) {
        long since = System.nanoTime() - replacedAt.computeIfAbsent(name, known -> System.nanoTime());
        if (since < LOOKED_UP.toNanos()) {
            return;
        }
        String generation = name.value().substring(name.value().lastIndexOf('-') + 1);
        boolean used;
        try {
            used = generations.apply(generation).connections().orElse(0) > 0;
        } catch (ProblemException e) {
            used = false;
        }
        if (!used || since > UNUSED_AT_LATEST.toNanos()) {
            docker.containers().remove(name);
            folder.remove(NamesConfiguration.socket(generation));
            replacedAt.remove(name);
        }
    }

    private String generation(SortedSet<String> names, List<NetworkName> networks) {
        return EdgeFolder.hash(String.join(
                        "\n",
                        names.toString(),
                        networks.toString(),
                        properties.image(),
                        folder.path(),
                        Objects.toString(NamesConfiguration.render(properties.settings()))))
                .substring(0, 8);
    }
}
