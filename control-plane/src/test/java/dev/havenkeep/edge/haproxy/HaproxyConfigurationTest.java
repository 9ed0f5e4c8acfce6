package dev.havenkeep.edge.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.edge.routing.EdgeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Golden files: the state as JSON, a divider, then everything that is rendered from it. */
class HaproxyConfigurationTest {

    private static final Path GOLDEN = Path.of("src/test/resources/edge/golden");
    private static final String DIVIDER = "----------\n";

    static List<String> goldenFiles() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static EdgeState state(String golden) throws IOException {
        return JsonMapper.shared().readValue(input(golden), EdgeState.class);
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void rendersWhatTheGoldenFileSays(String name) throws IOException {
        String rendered = everything(HaproxyConfiguration.render(state(name)));

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN.resolve(name), input(name) + DIVIDER + rendered);
        }
        assertThat(Files.readString(GOLDEN.resolve(name))).isEqualTo(input(name) + DIVIDER + rendered);
    }

    @Test
    void fingerprintStaysWhenOnlyServersAndCertificatesChange() throws IOException {
        EdgeState full = state("everything.txt");
        List<dev.havenkeep.edge.routing.Backend> bare = full.backends().stream()
                .map(backend -> new dev.havenkeep.edge.routing.Backend(
                        backend.application(),
                        backend.healthPath(),
                        backend.responseSeconds(),
                        backend.routes(),
                        List.of()))
                .toList();

        Rendered one = HaproxyConfiguration.render(full);
        Rendered other = HaproxyConfiguration.render(new EdgeState(full.settings(), bare, List.of()));

        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(other.configuration()).isNotEqualTo(one.configuration());
    }

    private static String input(String name) throws IOException {
        String text = Files.readString(GOLDEN.resolve(name));
        int divider = text.indexOf(DIVIDER);
        return divider < 0 ? text : text.substring(0, divider);
    }

    /** Pages are the same in every state and have a golden file of their own. */
    private static String everything(Rendered rendered) {
        StringBuilder text = new StringBuilder("=== haproxy.cfg\n").append(rendered.configuration());
        text.append("=== certificates/list.txt\n").append(rendered.certificateList());
        rendered.files().forEach((path, content) -> {
            if (!path.endsWith(".html") && !path.endsWith(".http")) {
                text.append("=== ").append(path).append('\n').append(content);
            }
        });
        return text.toString();
    }
}
