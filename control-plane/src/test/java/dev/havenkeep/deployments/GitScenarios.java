package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.HttpGitServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a repository with a Dockerfile to a served domain, beside everything else that deployments do. */
abstract class GitScenarios extends DeploymentScenarios {

    private static final String SECRET = "s3cr3t-canary-of-the-build";
    private static final String DOCKERFILE = """
            FROM node:20
            ARG GREETING
            RUN --mount=type=secret,id=TOKEN echo "UNIQUE token: $(cat /run/secrets/TOKEN)"
            COPY page.txt /page.txt
            RUN echo "$GREETING" >> /page.txt
            CMD ["node", "-e", "require('http').createServer((q,s)=>s.end(require('fs').readFileSync('/page.txt'))).listen(3000,'0.0.0.0')"]
            """
            // Steps that were cached by an earlier run would print nothing.
            .replace("UNIQUE", UUID.randomUUID().toString());

    private HttpGitServer git;
    GitRepository repository;

    @SuppressWarnings("NullAway.Init")
    GitScenarios() {}

    @BeforeAll
    void serveARepository(@TempDir Path folder) {
        repository = GitRepository.in(folder, "shop");
        git = HttpGitServer.open(folder);
    }

    @AfterAll
    void stopServing() {
        git.close();
    }

    /** An application of the repository. */
    String gitApplication() {
        return work.gitApplication(git.url("shop"));
    }

    @Test
    void aCommitIsBuiltServedAndNotBuiltAgainUntilSomethingThatIsBuiltChanges() {
        repository.write("Dockerfile", DOCKERFILE).write("page.txt", "one ").push("main", "Say one");
        String application = gitApplication();
        String host = work.domain(application);
        work.variable(application, "GREETING", "hello", "plain", "build");
        work.variable(application, "TOKEN", SECRET, "secret", "build");

        JsonNode first = work.deployed(application);
        assertThat(work.get(host, "/").body()).isEqualTo("one hello\n");
        assertThat(first.path("commit").path("message").asString()).isEqualTo("Say one");

        JsonNode again = work.deployed(application);
        assertThat(steps(again)).contains("fetching succeeded", "building skipped");

        repository.write("page.txt", "two ").push("main", "Say two");
        JsonNode second = work.deployed(application);
        assertThat(steps(second)).contains("building succeeded");
        assertThat(work.get(host, "/").body()).isEqualTo("two hello\n");

        succeeded(work.deploy(
                application, Map.of("releaseId", first.path("releaseId").asString())));
        assertThat(work.get(host, "/").body()).isEqualTo("one hello\n");

        assertThat(log(first).toString()).contains("token: [secret]").doesNotContain(SECRET);
        String image = work.api
                .get("/api/v1/releases/" + first.path("releaseId").asString())
                .expect(200)
                .text("imageId");
        assertThat(work.site.docker("history", "--no-trunc", image).toString()).doesNotContain(SECRET);

        work.delete(application);
        assertThat(work.site.docker("images", "--quiet", "--filter", "label=dev.havenkeep.application=" + application))
                .isEmpty();
    }

    @Test
    void aBuildThatFailsSaysWhereAndLeavesNothing() {
        repository
                .write("Dockerfile", "FROM node:20\nRUN echo before && exit 4\n")
                .push("broken", "Break it");
        String application = work.gitApplication(git.url("shop"));
        work.configure(
                application, Map.of("source", Map.of("kind", "git", "url", git.url("shop"), "branch", "broken")));

        JsonNode deployment = work.deploy(application);

        assertThat(deployment.path("problem").path("code").asString()).isEqualTo("build-failed");
        assertThat(work.containers(application)).isEmpty();
        assertThat(work.api
                        .get("/api/v1/applications/" + application + "/releases")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void aBranchThatIsNotThereIsAProblemOfItsOwn() {
        repository.write("Dockerfile", DOCKERFILE).push("main", "Be there");
        String application = work.gitApplication(git.url("shop"));
        work.configure(
                application, Map.of("source", Map.of("kind", "git", "url", git.url("shop"), "branch", "nowhere")));

        JsonNode deployment = work.deploy(application);

        assertThat(deployment.path("state").asString()).isEqualTo("failed");
        assertThat(deployment.path("problem").path("code").asString()).isEqualTo("branch-missing");
    }
}
