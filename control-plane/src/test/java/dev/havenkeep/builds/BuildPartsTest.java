package dev.havenkeep.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Command;
import dev.havenkeep.sources.CommitSha;
import dev.havenkeep.sources.DockerfilePath;
import dev.havenkeep.sources.GitSource;
import dev.havenkeep.sources.GitUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BuildPartsTest {

    private static final ServerId SERVER = new ServerId("00000000-0000-7000-8000-000000000001");

    private final List<String> lines = new ArrayList<>();

    @Test
    void commandHasEachPartAsAnArgumentOfItsOwn() {
        BuildRequest request = new BuildRequest(
                SERVER,
                ImageReference.parse("haven/shop:1"),
                GitSource.of(GitUrl.parse("https://example.com/shop.git")),
                new CommitSha("1234567890123456789012345678901234567890"),
                new BuildRequest.Inputs(Map.of("GREETING", "a b", "DOCKER_HOST", "x; y"), Map.of()),
                Map.of("label", "va lue"));

        Command command = BuildCommand.of(
                request,
                new DockerCommand("/usr/bin/docker"),
                "/run/engine.sock",
                new DockerfilePath("docker/web.Dockerfile"),
                Map.of("TOKEN", "/dev/shm/x/secret-0"),
                Command.Stdin.NONE,
                Duration.ofMinutes(1));

        assertThat(command.argv())
                .containsExactly(
                        "/usr/bin/docker",
                        "build",
                        "--progress=plain",
                        "--tag=haven/shop:1",
                        "--file=docker/web.Dockerfile",
                        "--label=label=va lue",
                        "--build-arg=DOCKER_HOST=x; y",
                        "--build-arg=GREETING",
                        "--secret=id=TOKEN,src=/dev/shm/x/secret-0",
                        "-");
        assertThat(command.environment())
                .containsEntry("GREETING", "a b")
                .containsEntry("DOCKER_HOST", "unix:///run/engine.sock")
                .containsEntry("DOCKER_BUILDKIT", "1");
    }

    @Test
    void linesAreFoldedMaskedAndCut() {
        BuildOutput output = new BuildOutput(lines::add, List.of(Secret.of("hunter2-hunter2")));

        output.add("#5 0.1 10%\r#5 0.2 50%\r\n".getBytes(StandardCharsets.UTF_8));
        output.add("#5 0.3 the hunter2-".getBytes(StandardCharsets.UTF_8));
        output.add("hunter2 is\n".getBytes(StandardCharsets.UTF_8));
        output.add(("y".repeat(200_000) + "\n").getBytes(StandardCharsets.UTF_8));
        output.add(new byte[] {(byte) 0xff, 'x', '\n'});
        output.add("\n\n\n".getBytes(StandardCharsets.UTF_8));
        output.add(("#6 sha256:" + "0".repeat(64) + "\n").getBytes(StandardCharsets.UTF_8));
        output.add("rest".getBytes(StandardCharsets.UTF_8));
        output.finish();

        assertThat(lines)
                .containsExactly(
                        "#5 0.2 50%",
                        "#5 0.3 the [secret] is",
                        "y".repeat(BuildOutput.MAX_LINE) + " […line cut]",
                        "\uFFFDx",
                        "",
                        "rest");
    }

    @Test
    void secretAcrossTheCutIsNotShownInPart() {
        String secret = "s3cr3t-s3cr3t-s3cr3t";
        BuildOutput output = new BuildOutput(lines::add, List.of(Secret.of(secret)));

        output.add(("x".repeat(BuildOutput.MAX_LINE - 5) + secret + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(lines.getFirst()).doesNotContain("s3cr");
    }

    @Test
    void enginesLastWordsAreTold() {
        assertThat(code("ERROR: Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?"))
                .isEqualTo("engine-unreachable");
        assertThat(code("failed to solve: rpc error: code = Unavailable desc = error reading from server: EOF"))
                .isEqualTo("engine-unreachable");
        assertThat(code("failed to solve: write /var/lib/docker/x: no space left on device"))
                .isEqualTo("disk-full");
        assertThat(code(
                        "#7 [2/2] RUN tar x",
                        "#7 0.3 tar: write error: No space left on device",
                        "#7 ERROR: exit code: 1"))
                .isEqualTo("disk-full");
        assertThat(code("#7 [2/2] RUN curl x", "#7 0.3 connection refused", "#7 ERROR: exit code: 1"))
                .isEqualTo("build-failed");
    }

    @Test
    void newerBuildersWordsAreUnderstoodToo() {
        assertThat(code(
                        "#3 [internal] load metadata for docker.io/library/nothing:99",
                        "#3 ERROR: failed to do request: Head \"https://registry-1.docker.io/v2/\": no such host",
                        "------",
                        " > [internal] load metadata for docker.io/library/nothing:99:",
                        "------",
                        "Dockerfile:1",
                        "   1 | >>> FROM nothing:99",
                        "ERROR: failed to solve: nothing:99: failed to resolve source metadata: no such host"))
                .isEqualTo("base-image-not-found");
        assertThat(
                        code(
                                "#2 copy /context /",
                                "Dockerfile:1",
                                "   1 | >>> FORM x",
                                "ERROR: failed to solve: dockerfile parse error on line 1: unknown instruction: FORM (did you mean FROM?)"))
                .isEqualTo("dockerfile-invalid");
        assertThat(
                        code(
                                "#5 [stage-0 2/2] RUN echo unknown instruction; exit 7",
                                "#5 0.164 unknown instruction",
                                "#5 ERROR: process \"/bin/sh -c echo unknown instruction; exit 7\" did not complete successfully: exit code: 7",
                                "   2 | >>> RUN echo unknown instruction; exit 7",
                                "ERROR: failed to solve: process \"/bin/sh -c exit 7\" did not complete successfully: exit code: 7"))
                .isEqualTo("build-failed");
    }

    @Test
    void serversBuildSideBySideAndEachOneAtATime() throws Exception {
        BuildSlots slots = new BuildSlots(1);
        ServerId other = new ServerId("00000000-0000-7000-8000-000000000002");
        BuildSlots.Slot first = slots.take(SERVER, () -> {}, new Cancellation());
        slots.take(other, () -> {}, new Cancellation()).close();
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<BuildSlots.Slot> second =
                CompletableFuture.supplyAsync(() -> slots.take(SERVER, waiting::countDown, new Cancellation()));
        assertThat(waiting.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(second).isNotDone();

        first.close();

        second.get(5, TimeUnit.SECONDS).close();
    }

    @Test
    void waitingForAPlaceCanBeCancelled() throws Exception {
        BuildSlots slots = new BuildSlots(1);
        Cancellation cancellation = new Cancellation();
        CountDownLatch waiting = new CountDownLatch(1);
        try (BuildSlots.Slot taken = slots.take(SERVER, () -> {}, new Cancellation())) {
            CompletableFuture<BuildSlots.Slot> second =
                    CompletableFuture.supplyAsync(() -> slots.take(SERVER, waiting::countDown, cancellation));
            assertThat(waiting.await(5, TimeUnit.SECONDS)).isTrue();

            cancellation.cancel();

            assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(ProblemException.class);
        }
    }

    private static String code(String... output) {
        BuildOutput parsed = new BuildOutput(line -> {}, List.of());
        for (String line : output) {
            parsed.add((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        parsed.finish();
        return BuildProblems.failed(parsed, 1).code();
    }
}
