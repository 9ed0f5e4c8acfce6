package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.answering;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.DatabaseKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What deployments and containers print, as streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogStreamsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Workplace work;

    @SuppressWarnings("NullAway.Init")
    LogStreamsTest() {}

    @BeforeAll
    void open() {
        work = Workplace.open(DatabaseKind.SQLITE);
    }

    @AfterAll
    void close() {
        work.close();
    }

    @Test
    @Timeout(90)
    void aDeploymentsLogIsResumedAfterTheLastEventSeen() {
        String application = work.application(answering("1"), Map.of("port", 3000));
        String path =
                "/api/v1/deployments/" + work.deployed(application).path("id").asString() + "/log";
        List<Streams.Event> all = read(path);

        List<Streams.Event> rest = read(path + "?lastEventId=" + all.get(4).id());

        assertThat(rest).isEqualTo(all.subList(5, all.size()));
        assertThat(all.getLast().data()).contains("succeeded");
    }

    @Test
    @Timeout(90)
    void aDeploymentThatNeverBeganHasAnEndToo() {
        String application = work.application(onceTold(answering("1")), Map.of("port", 3000));
        String first = work.request(application, Map.of()).text("id");
        work.reaches(first, State.CHECKING);
        String superseded = work.request(application, Map.of()).text("id");
        work.request(application, Map.of());

        assertThat(read("/api/v1/deployments/" + superseded + "/log"))
                .extracting(Streams.Event::name)
                .containsExactly("end");
        tell(application);
        work.ended(first);
    }

    @Test
    @Timeout(90)
    void secretsOfTheReleaseAreInNoLogAndNoProblem() {
        String application =
                work.application("console.log('it is '+process.env.TOKEN);process.exit(1)", Map.of("port", 3000));
        work.variable(application, "TOKEN", "canary-in-the-mine", "secret", "run");

        JsonNode deployment = work.deploy(application);

        assertThat(deployment.path("problem").path("detail").asString())
                .contains("it is [secret]")
                .doesNotContain("canary");
        assertThat(read("/api/v1/deployments/" + deployment.path("id").asString() + "/log")
                        .toString())
                .doesNotContain("canary");
    }

    @Test
    @Timeout(90)
    void containerLogsGoOnThroughADeploymentAndAreResumedWithoutLossOrRepetition() {
        String script = "let n=0;setInterval(()=>console.log(process.env.V+' '+n++),5);";
        String application = work.application(script, Map.of());
        work.variable(application, "V", "one", "plain", "run");
        work.deployed(application);
        String path = "/api/v1/applications/" + application + "/logs?tail=10000";

        List<Streams.Event> seen = new ArrayList<>();
        try (Streams stream = Streams.open(work.api, path)) {
            seen.addAll(stream.until(event -> event.data().contains("one 300\"")));
        }
        try (Streams stream =
                Streams.open(work.api, path + "&lastEventId=" + seen.getLast().id())) {
            seen.addAll(stream.until(event -> event.data().contains("one 600\"")));
            CompletableFuture<JsonNode> redeployed = CompletableFuture.supplyAsync(() -> work.deployed(application));
            seen.addAll(stream.until(
                    event -> event.data().contains("-2-1") && event.data().contains(" 300\"")));
            redeployed.join();
        }

        List<String> ofTheFirst = seen.stream()
                .filter(event ->
                        JSON.readTree(event.data()).path("container").asString().endsWith("-1-1"))
                .map(event -> JSON.readTree(event.data()).path("text").asString())
                .toList();
        List<String> ofTheSecond = seen.stream()
                .filter(event ->
                        JSON.readTree(event.data()).path("container").asString().endsWith("-2-1"))
                .map(event -> JSON.readTree(event.data()).path("text").asString())
                .toList();
        assertThat(ofTheFirst).startsWith("one 0", "one 1").hasSizeGreaterThan(600);
        assertThat(ofTheFirst.get(600)).isEqualTo("one 600");
        assertThat(ofTheSecond).startsWith("one 0", "one 1");
        assertThat(ofTheSecond.get(300)).isEqualTo("one 300");
    }

    @Test
    @Timeout(90)
    void containerLogsGoOnInAContainerThatWasStoppedAndStartedAgain() {
        String application = work.application("console.log('life');setInterval(()=>{},1000)", Map.of());
        work.deployed(application);
        String container = work.containers(application).getFirst().split(" ")[0];

        try (Streams stream = Streams.open(work.api, "/api/v1/applications/" + application + "/logs?tail=10")) {
            assertThat(stream.next()).isNotNull();
            work.site.docker("stop", "-t", "1", container);
            work.site.docker("start", container);
            assertThat(java.util.Objects.requireNonNull(stream.next()).data()).contains("life");
        }
    }

    @Test
    @Timeout(90)
    void fiveThousandLinesASecondAllArrive() {
        int lines = 25_000;
        String script = "let n=0;const t=setInterval(()=>{for(let i=0;i<50;i++)console.log(n++);" + "if(n>=" + lines
                + "){clearInterval(t);setInterval(()=>{},1000)}},10)";
        String application = work.application(onceTold(script), Map.of());
        work.deployed(application);

        Set<Integer> numbers = new HashSet<>();
        try (Streams stream = Streams.open(work.api, "/api/v1/applications/" + application + "/logs?tail=10000")) {
            tell(application);
            while (numbers.size() < lines) {
                Streams.Event event = stream.next();
                assertThat(event).isNotNull();
                String text = JSON.readTree(
                                java.util.Objects.requireNonNull(event).data())
                        .path("text")
                        .asString();
                assertThat(numbers.add(Integer.parseInt(text))).isTrue();
            }
        }
    }

    /** The script of a program that waits, as long as it takes, to be told before it does its work. */
    private static String onceTold(String work) {
        return "const w=setInterval(()=>{if(require('fs').existsSync('/tmp/told')){clearInterval(w);" + work + "}},20)";
    }

    private void tell(String application) {
        for (String container : work.containers(application)) {
            work.site.docker("exec", container.substring(0, container.indexOf(' ')), "touch", "/tmp/told");
        }
    }

    private List<Streams.Event> read(String path) {
        try (Streams stream = Streams.open(work.api, path)) {
            return stream.until(event -> event.name().equals("end"));
        }
    }
}
