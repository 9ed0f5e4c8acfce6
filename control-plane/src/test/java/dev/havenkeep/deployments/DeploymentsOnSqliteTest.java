package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.HttpGitServer;
import dev.havenkeep.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DeploymentsOnSqliteTest extends CancellationScenarios {

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

    /**
     * What cannot go live.
     *
     * @param code what its deployment fails with
     * @param advice a part of the reason that says what to do
     */
    private record Bad(Map<String, ?> source, String code, String advice) {}

    @Test
    void whatCannotBeHadOrBuiltFailsWithAReasonToActOn(@TempDir Path folder) {
        GitRepository.in(folder, "empty");
        GitRepository bad = GitRepository.in(folder, "bad").write("README.md", "There is nothing to build.");
        bad.push("main", "Have no Dockerfile");
        bad.write("Dockerfile", "FORM node:20\n").push("misspelt", "Misspell an instruction");
        bad.write("Dockerfile", "").push("blank", "Have an empty Dockerfile");
        int closed = Ports.free();
        bad.write("Dockerfile", "FROM 127.0.0.1:" + closed + "/base:1\n").push("baseless", "Have no base image");
        bad.write("Dockerfile", "FROM node:20\nCOPY nothing /\n").push("lacking", "Copy what is not there");
        try (HttpGitServer open = HttpGitServer.open(folder);
                HttpGitServer locked = HttpGitServer.protectedBy(folder, "ada", "right")) {
            String token = work.api
                    .post(
                            "/api/v1/teams/" + work.team + "/git-credentials",
                            Map.of("name", "ada", "kind", "token", "username", "ada", "secret", "wrong"))
                    .expect(201)
                    .text("id");
            String url = open.url("bad");
            List<Bad> all = List.of(
                    new Bad(
                            git("http://127.0.0.1:" + closed + "/bad.git"),
                            "repository-unreachable",
                            "does not accept connections on port " + closed),
                    new Bad(git(open.url("nowhere")), "repository-unreachable", "Check the address"),
                    new Bad(git(open.url("empty")), "repository-empty", "Push a branch"),
                    new Bad(git(locked.url("bad")), "credentials-rejected", "Choose a credential"),
                    new Bad(
                            Map.of("kind", "git", "url", locked.url("bad"), "credentialId", token),
                            "credentials-rejected",
                            "Check that it has not expired"),
                    new Bad(git(url, "nowhere"), "branch-missing", "Choose another branch"),
                    new Bad(git(url, "main"), "dockerfile-missing", "say where the Dockerfile is"),
                    new Bad(
                            Map.of("kind", "git", "url", url, "branch", "main", "contextDir", "app"),
                            "context-missing",
                            "Name one that it has"),
                    new Bad(git(url, "misspelt"), "dockerfile-invalid", "FORM"),
                    new Bad(git(url, "blank"), "dockerfile-invalid", "empty"),
                    new Bad(git(url, "baseless"), "base-image-not-found", "Check the FROM lines"),
                    new Bad(git(url, "lacking"), "build-failed", "COPY nothing /"),
                    new Bad(
                            Map.of("kind", "image", "image", "127.0.0.1:" + closed + "/shop:1"),
                            "registry-unreachable",
                            "Check the registry's name"));
            Map<Bad, String> deployments = new LinkedHashMap<>();
            all.forEach(each -> deployments.put(
                    each,
                    work.request(work.application("", Map.of("source", each.source(), "port", 3000)), Map.of())
                            .text("id")));

            SoftAssertions.assertSoftly(softly -> deployments.forEach((each, deployment) -> {
                JsonNode ended = work.ended(deployment);
                JsonNode problem = ended.path("problem");
                softly.assertThat(ended.path("state").asString())
                        .as(ended.toPrettyString())
                        .isEqualTo("failed");
                softly.assertThat(problem.path("code").asString())
                        .as(problem.toPrettyString())
                        .isEqualTo(each.code());
                softly.assertThat(problem.path("detail").asString()).contains(each.advice());
                softly.assertThat(work.containers(ended.path("applicationId").asString()))
                        .isEmpty();
            }));
        }
    }

    private static Map<String, ?> git(String url) {
        return Map.of("kind", "git", "url", url);
    }

    private static Map<String, ?> git(String url, String branch) {
        return Map.of("kind", "git", "url", url, "branch", branch);
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
