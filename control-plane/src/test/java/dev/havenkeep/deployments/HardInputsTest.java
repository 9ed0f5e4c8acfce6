package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.HttpGitServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What nobody sends on purpose, against a control plane with 256 MB of heap whose data folder is a disk of 96 MB: logs
 * larger than both, lines of a megabyte, rubbish, values of any kind and length, and no room left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardInputsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RUBBISH = "printf 'caf\\303\\251 \\377\\376 \\000\\033[31m after-the-rubbish\\n'";
    private static final String MEGABYTE = "head -c 1000000 /dev/zero | tr '\\0' y; echo";
    private static final String LOTS = "head -c %d000000 /dev/zero | tr '\\0' x | fold -w 199";

    private Path data;
    private ControlPlane plane;
    private Workplace work;
    private HttpGitServer git;
    private GitRepository repository;

    @SuppressWarnings("NullAway.Init")
    HardInputsTest() {}

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        DockerCommand.lines("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", data.toString());
        repository = GitRepository.in(folder, "shop");
        git = HttpGitServer.open(folder);
        plane = new ControlPlane(folder, Site.local());
        plane.start();
        work = plane.work();
    }

    @AfterAll
    void close() {
        try {
            work.close();
        } finally {
            try {
                plane.close();
            } finally {
                git.close();
                DockerCommand.lines("umount", "--lazy", data.toString());
            }
        }
    }

    @Test
    void buildThatPrintsLotsAndRubbishGoesLiveAndItsLogIsBounded() {
        repository
                .write("Dockerfile", """
                        FROM node:20
                        RUN echo %s; %s
                        RUN echo %s; %s
                        RUN echo %s; %s
                        CMD ["node", "-e", "%s"]
                        """.formatted(
                        fresh(), MEGABYTE, fresh(), RUBBISH, fresh(), LOTS.formatted(200), answering("'built'")))
                .push("lots", "Print lots");
        String application = work.application(
                "",
                Map.of(
                        "source",
                        Map.of("kind", "git", "url", git.url("shop"), "branch", "lots"),
                        "command",
                        List.of(),
                        "port",
                        3000));
        String host = work.domain(application);

        List<String> log = log(work.deployed(application));

        assertThat(work.get(host, "/").body()).isEqualTo("built");
        assertThat(log).anyMatch(line -> line.contains("café \uFFFD\uFFFD \0\033[31m after-the-rubbish"));
        assertBounded(log);
    }

    @Test
    void releaseCommandThatPrintsLotsEndsAndItsLogIsBounded() {
        String application = work.application(
                answering("'released'"),
                Map.of(
                        "port",
                        3000,
                        "releaseCommand",
                        // Twice what a deployment's log takes, and less than what the engine throws away unread.
                        List.of("sh", "-c", MEGABYTE + "; " + RUBBISH + "; " + LOTS.formatted(60))));

        List<String> log = log(work.deployed(application));

        assertThat(log)
                .anyMatch(line -> line.contains("café \uFFFD\uFFFD \0\033[31m after-the-rubbish"))
                .anyMatch(line -> line.contains("cut: the line has 1000000 characters"));
        assertBounded(log);
    }

    @Test
    void failureNeverShowsMoreThanTheBeginningOfALine() {
        String application = work.application(
                answering("''"),
                Map.of("port", 3000, "releaseCommand", List.of("sh", "-c", MEGABYTE + "; " + RUBBISH + "; exit 3")));

        String detail = work.deploy(application).path("problem").path("detail").asString();

        assertThat(detail).contains("exit code 3", "after-the-rubbish").hasSizeLessThan(20_000);
    }

    @Test
    void linesOfAMegabyteAndRubbishOfAContainerAreShown() {
        String application = work.application(
                "",
                Map.of(
                        "command",
                        List.of(
                                "sh",
                                "-c",
                                MEGABYTE + "; " + RUBBISH + "; exec node -e \"$0\"",
                                answering("'printed'")),
                        "port",
                        3000));
        work.deployed(application);

        try (Streams stream = Streams.open(work.api, "/api/v1/applications/" + application + "/logs?tail=1000")) {
            List<String> lines = stream.until(event -> event.data().contains("after-the-rubbish")).stream()
                    .map(event -> JSON.readTree(event.data()).path("text").asString())
                    .toList();
            assertThat(lines).contains("y".repeat(1_000_000), "café \uFFFD\uFFFD \0\033[31m after-the-rubbish");
        }
    }

    @Test
    void namesAndValuesOfAnyKindArriveInTheContainer() {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "A_😀", "😀\n\t\u0001 end",
                "a b", "a: b\n- c\n#",
                "$(id)", "$(reboot) `reboot` ${HOME} \\ \" '",
                "%s;{{x}}", "%s%n {{ x }} <b>&amp;",
                "EMPTY", "",
                "LONG", "é".repeat(32_768)));
        List<String> arguments = List.of("arg 1", "$(id)", "line\nbreak", "'\"\\😀", "-", "");
        // Of the first process: the image's entry point is a shell, which passes on no names that are not a shell's.
        String environment = "require('fs').readFileSync('/proc/1/environ','utf8').split('\\0')";
        List<String> command = new ArrayList<>(List.of(
                "node", "-e", answering("JSON.stringify({env:" + environment + ",argv:process.argv.slice(1)})"), "--"));
        command.addAll(arguments);
        String application = work.application("", Map.of("command", command, "port", 3000));
        variables.forEach((name, value) -> work.variable(application, name, value, "secret", "run"));
        String host = work.domain(application);

        work.deployed(application);

        JsonNode arrived = JSON.readTree(work.get(host, "/").body());
        assertThat(arrived.path("argv").valueStream().map(JsonNode::asString)).isEqualTo(arguments);
        assertThat(arrived.path("env").valueStream().map(JsonNode::asString))
                .containsAll(variables.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
    }

    @Test
    void diskOfTheServerThatIsFullDuringABuildIsSaid() {
        repository
                .write("Dockerfile", "FROM node:20\nRUN echo " + fresh() + " && cp /etc/passwd /dev/full\n")
                .push("full", "Fill the disk");
        String application = work.application(
                "", Map.of("source", Map.of("kind", "git", "url", git.url("shop"), "branch", "full"), "port", 3000));

        JsonNode deployment = work.deploy(application);

        assertThat(deployment.path("problem").path("code").asString()).isEqualTo("disk-full");
        assertThat(work.containers(application)).isEmpty();
    }

    @Test
    void fullDataFolderFailsDeploymentsAndChangesWithAReasonAndLosesNothing() throws IOException {
        String dockerfile = "FROM node:20\nCOPY page /page\nCMD [\"node\", \"-e\", \"%s\"]\n"
                .formatted(answering("require('fs').readFileSync('/page')"));
        repository.write("Dockerfile", dockerfile).write("page", "one").push("main", "One");
        String application = work.gitApplication(git.url("shop"));
        String host = work.domain(application);
        work.deployed(application);
        byte[] incompressible = new byte[12 << 20];
        new Random(1).nextBytes(incompressible);
        repository.write("page", "two").write("large", incompressible).push("main", "Two");
        fill(6 << 20);

        JsonNode failed = work.deploy(application);

        assertThat(failed.path("problem").path("code").asString())
                .as(failed.toPrettyString())
                .isEqualTo("disk-full");
        assertThat(work.get(host, "/").body()).isEqualTo("one");

        fill(0);
        int kept = 0;
        Answer answer;
        do {
            answer = work.api.post(
                    "/api/v1/applications/" + application + "/variables",
                    Map.of("name", "FILL_" + kept, "value", "z".repeat(60_000), "availability", "build"));
            kept += answer.status() == 201 ? 1 : 0;
        } while (answer.status() == 201 && kept < 1_000);
        answer.expectProblem(507, "disk-full");
        assertThat(work.get(host, "/").body()).isEqualTo("one");
        work.api.get("/api/v1/applications/" + application).expect(200);

        Files.delete(filler());
        assertThat(work.api
                        .get("/api/v1/applications/" + application + "/variables?limit=200")
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(Math.min(kept, 200));
        work.api
                .put("/api/v1/applications/" + application + "/variables", Map.of("items", List.of()))
                .expect(200);
        work.deployed(application);
        assertThat(work.get(host, "/").body()).isEqualTo("two");
        assertThat(work.deployment(failed.path("id").asString()).path("state").asString())
                .isEqualTo("failed");
    }

    /** Takes all of the data folder's disk but this much. */
    private void fill(long rest) throws IOException {
        FileStore disk = Files.getFileStore(data);
        byte[] block = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (disk.getUsableSpace() > rest) {
                out.write(block, 0, (int) Math.min(block.length, disk.getUsableSpace() - rest));
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    private Path filler() {
        return data.resolve("filler");
    }

    /** Steps that were cached by an earlier run would print nothing. */
    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private List<String> log(JsonNode deployment) {
        try (Streams stream = Streams.open(
                work.api, "/api/v1/deployments/" + deployment.path("id").asString() + "/log")) {
            return stream.until(event -> event.name().equals("end")).stream()
                    .filter(event -> event.name().equals("log"))
                    .map(event -> JSON.readTree(event.data()).path("text").asString())
                    .toList();
        }
    }

    private static void assertBounded(List<String> log) {
        assertThat(log).allMatch(line -> line.length() < DeploymentLog.LONGEST_LINE + 100);
        assertThat(log.stream().mapToLong(String::length).sum()).isLessThan(DeploymentLog.LARGEST_FILE + 100_000);
    }
}
