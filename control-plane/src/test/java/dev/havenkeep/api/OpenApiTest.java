package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The committed API document says what the code does. After a change of the API:
 * {@code mvn -pl control-plane test -Dtest=OpenApiTest -Dopenapi.update=true}, and commit what it writes.
 */
class OpenApiTest {

    private static final Path DOCUMENT = Path.of("../openapi/havenkeep.json");

    @Test
    void committedDocumentIsTheOneThatTheCodeMakes() throws IOException {
        String generated = text(generate());
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "")
                .as("openapi/havenkeep.json; -Dopenapi.update=true writes it")
                .isEqualTo(generated);
    }

    /** Compares with the latest release, or with the last commit before there is one. */
    @Test
    void changesSinceTheLastReleaseBreakNoClient() throws Exception {
        Optional<String> release = git("describe", "--tags", "--abbrev=0", "--match", "v*");
        Optional<String> released = git("show", release.orElse("HEAD").strip() + ":openapi/havenkeep.json");
        if (released.isEmpty()) {
            // The first document of all, or a source tree without its history.
            return;
        }

        assertThat(BreakingChanges.between(new JsonMapper().readTree(released.get()), generate()))
                .as("changes that break clients; one that is meant has its line in openapi/accepted-breaks.txt")
                .isSubsetOf(accepted());
    }

    private static Optional<String> git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    }

    private static List<String> accepted() throws IOException {
        Path file = Path.of("../openapi/accepted-breaks.txt");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static ObjectNode generate() {
        Havenkeep haven = Havenkeep.shared(DatabaseKind.SQLITE);
        return new OpenApiDocument(
                        haven.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class),
                        haven.bean(AuthorizationTable.class),
                        haven.bean(JsonMapper.class))
                .render();
    }

    private static String text(ObjectNode document) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"))
                .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        return new JsonMapper().writer().with(printer).writeValueAsString(document) + "\n";
    }
}
