package dev.havenkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Golden files of what the engine is told to make: the body of {@code POST /containers/create}, member by member. */
class ContainerJsonTest {

    private static final Path GOLDEN = Path.of("src/test/resources/engine/golden");
    private static final Owner OWNER = Stacks.owner();
    private static final NetworkName FRONT = Names.network(OWNER.environment());

    @Test
    void containerWithEverythingSet() throws IOException {
        assertGolden(
                "container-everything.json",
                ContainerSpec.of(Names.container(OWNER, Stacks.revision(7), "1"), ImageReference.parse("node:20"))
                        .labels(Labels.of(OWNER, Stacks.revision(7), Labels.Role.APP))
                        .entrypoint(List.of("/entry", "point"))
                        .command(List.of("node", "-e", "console.log('$HOME; \"x\"\\n😀')"))
                        .environment(Map.of("GREETING", Secret.of("a=b\n$(id) 'é'"), "EMPTY", Secret.of("")))
                        .user("1000:1000")
                        .workingDirectory("/srv/app")
                        .resources(new Resources(1_500_000_000L, 256L << 20))
                        .mounts(List.of(
                                new Mount.Volume(Names.volume(OWNER.application(), "data"), "/data", false),
                                new Mount.Bind("/etc/ssl/certs", "/certs", true),
                                new Mount.Memory("/scratch", 64L << 20)))
                        .network(FRONT, "shop", "web")
                        .network(new NetworkName("haven-second"), "shop")
                        .ports(List.of(
                                new PublishedPort("", 443, 8443, PublishedPort.Protocol.TCP),
                                new PublishedPort("", 443, 8443, PublishedPort.Protocol.UDP),
                                new PublishedPort("127.0.0.1", 9443, 8443, PublishedPort.Protocol.TCP)))
                        .capabilities(List.of("NET_BIND_SERVICE"))
                        .restarted()
                        .stopGrace(Duration.ofSeconds(25))
                        .health(new CommandHealth(
                                List.of("curl", "-f", "http://127.0.0.1:3000/a b"),
                                Duration.ofSeconds(5),
                                Duration.ofMillis(1500),
                                Duration.ofNanos(1),
                                3))
                        .build());
    }

    @Test
    void containerWithNothingSetIsStillBoundedAndUnprivileged() throws IOException {
        assertGolden(
                "container-least.json",
                ContainerSpec.of(new ContainerName("least"), ImageReference.parse("alpine:3.22"))
                        .build());
    }

    @Test
    void replicaOfAStackCarriesItsOwnersLabelsAndItsHash() throws IOException {
        Stack stack = Stacks.stack(
                OWNER, Stacks.service(OWNER, "web", "nginx@sha256:" + "ab".repeat(32), 2, Stack.Strategy.ROLLING, "a"));

        assertGolden("container-replica.json", stack.replica(stack.services().getFirst(), Stacks.revision(3), 2));
    }

    @Test
    void oneOffOfAStackIsNotRestartedAndHasNoAlias() throws IOException {
        Stack stack = Stacks.stack(OWNER, Stacks.service(OWNER, "web", "nginx:1", 1, Stack.Strategy.ROLLING, "a"));

        assertGolden(
                "container-one-off.json",
                stack.oneOff(
                        stack.services().getFirst(),
                        Stacks.revision(3),
                        Labels.Role.RELEASE_COMMAND,
                        "release",
                        List.of("migrate", "--all")));
    }

    /** The name travels in the request's query, and further networks in requests of their own; both are shown beside. */
    private static void assertGolden(String file, ContainerSpec spec) throws IOException {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", spec.name().value());
        shown.put("body", ContainerJson.of(spec));
        shown.put(
                "joinedAfterwards",
                spec.networks().stream()
                        .skip(1)
                        .map(each -> each.network() + " as " + each.aliases())
                        .toList());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        String json = JsonMapper.builder()
                        .defaultPrettyPrinter(new DefaultPrettyPrinter()
                                .withObjectIndenter(lines)
                                .withArrayIndenter(lines))
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(shown)
                + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolve(file), json);
        }
        assertThat(json).isEqualTo(Files.readString(GOLDEN.resolve(file)));
    }
}
