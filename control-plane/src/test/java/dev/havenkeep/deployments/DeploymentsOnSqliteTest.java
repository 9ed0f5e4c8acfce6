package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.HttpGitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentsOnSqliteTest extends GitScenarios {

    private Havenkeep haven;

    @SuppressWarnings("NullAway.Init")
    DeploymentsOnSqliteTest() {}

    @Override
    Workplace workplace() {
        Site site = Site.local();
        haven = Workplace.start(DatabaseKind.SQLITE, site);
        return Workplace.open(haven, site);
    }

    @Test
    void theMirrorGoesWithTheLastApplicationOfItsRepository(@TempDir Path folder) throws IOException {
        GitRepository.in(folder, "mirrored")
                .write("Dockerfile", "FROM node:20\n")
                .push("main", "Be mirrored");
        try (HttpGitServer server = HttpGitServer.open(folder)) {
            List<Path> before = mirrors();
            String one = work.gitApplication(server.url("mirrored"));
            String other = work.gitApplication(server.url("mirrored"));
            work.api
                    .post("/api/v1/applications/" + one + "/deployments?dryRun=true", Map.of())
                    .expect(200);
            assertThat(mirrors()).hasSize(before.size() + 1);

            work.delete(one);
            assertThat(mirrors()).hasSize(before.size() + 1);
            work.delete(other);

            assertThat(mirrors()).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    private List<Path> mirrors() throws IOException {
        Path folder = haven.dataFolder().resolve("mirrors");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> mirrors = Files.list(folder)) {
            return mirrors.toList();
        }
    }
}
