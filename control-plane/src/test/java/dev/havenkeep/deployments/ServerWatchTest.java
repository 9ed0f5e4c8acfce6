package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Workplace.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.engine.Installation;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What looking after a server finds out about its applications, and what it sweeps away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerWatchTest {

    private static final String NOBODY = UUID.randomUUID().toString();

    private Havenkeep haven;
    private Workplace work;
    private ServerWatch watch;
    private ServerId server;
    private String application;
    private String serving;
    /** What takes away again that is not the installation's, which takes away its own. */
    private final List<List<String>> strangers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    ServerWatchTest() {}

    @BeforeAll
    void open() {
        Site site = Site.local();
        haven = Workplace.start(DatabaseKind.SQLITE, site);
        work = Workplace.open(haven, site);
        watch = haven.bean(ServerWatch.class);
        server = new ServerId(work.server);
    }

    @AfterAll
    void close() {
        work.close();
    }

    @BeforeEach
    void deploy() {
        application = work.application(answering("'served'"), Map.of("port", 3000));
        work.deployed(application);
        serving = work.containers(application).getFirst().split(" ")[0];
    }

    @AfterEach
    void removeWhatIsNotOurs() {
        strangers.forEach(command -> work.site.docker(command.toArray(String[]::new)));
        strangers.clear();
    }

    @Test
    void aContainerThatDoesNotRunMakesItsApplicationDegradedUntilItRunsAgain() {
        work.site.docker("stop", "--time", "0", serving);
        awaitStatus("degraded", 0);

        work.site.docker("start", serving);
        awaitStatus("running", 1);
    }

    @Test
    void aServerThatCannotBeLookedAtIsNoFailure() {
        String team = work.api.get("/api/v1/servers/" + server).expect(200).text("teamId");
        String unreachable = work.api
                .post(
                        "/api/v1/teams/" + team + "/servers",
                        Map.of("name", "away", "kind", "ssh", "host", "127.0.0.1", "port", Ports.free()))
                .expect(201)
                .text("id");

        assertThatCode(() -> watch.look(new ServerId(unreachable), true)).doesNotThrowAnyException();

        work.api.delete("/api/v1/servers/" + unreachable).expect(204);
    }

    @Test
    void containersThatNothingAccountsForGoAndAllOthersStay() {
        String orphan = leftover("app", application, NOBODY);
        String ofADeletedApplication = leftover("app", NOBODY, NOBODY);
        String releaseCommand = leftover("release-command", application, NOBODY);
        String ofAnUnknownRole = leftover("something-else", application, NOBODY);
        String ofAStranger = container(UUID.randomUUID().toString(), "app", application, NOBODY);
        String withoutAnApplication = leftover("app", "no-id-at-all", NOBODY);

        watch.look(server, true);

        assertThat(containers())
                .doesNotContain(orphan, ofADeletedApplication, releaseCommand)
                .contains(ofAnUnknownRole, ofAStranger, withoutAnApplication, serving)
                .contains("havenkeep-edge-" + haven.bean(Installation.class).shortId());
    }

    @Test
    void whatADeploymentUnderWayHasIsLeftToItUntilItEnds() {
        work.configure(application, Map.of("command", List.of("node", "-e", "setInterval(()=>{},1000)")));
        String deployment = work.request(application, Map.of()).text("id");
        work.reaches(deployment, State.CHECKING);
        String leftover = leftover("app", application, NOBODY);

        watch.look(server, true);
        assertThat(work.containers(application)).hasSize(3);

        work.api.post("/api/v1/deployments/" + deployment + "/cancel").expect(202);
        work.ended(deployment);
        watch.look(server, true);
        assertThat(containers()).contains(serving).doesNotContain(leftover);
        assertThat(work.containers(application)).hasSize(1);
    }

    @Test
    void networksOfEnvironmentsThatHaveNothingHereGoUnlessSomebodyUsesThem() {
        String empty = network(ours(), NOBODY);
        String used = network(ours(), NOBODY);
        String ofAStranger = network(UUID.randomUUID().toString(), work.environment);
        String user = container(UUID.randomUUID().toString(), "app", application, NOBODY);
        work.site.docker("network", "disconnect", "none", user);
        work.site.docker("network", "connect", used, user);
        work.site.docker("start", user);
        String ownNetwork = work.site
                .docker(
                        "network",
                        "ls",
                        "--format",
                        "{{.Name}}",
                        "--filter",
                        "label=dev.havenkeep.environment=" + work.environment,
                        "--filter",
                        "label=dev.havenkeep.installation=" + ours())
                .getFirst();

        watch.look(server, true);

        assertThat(work.site.docker("network", "ls", "--format", "{{.Name}}"))
                .contains(used, ofAStranger, ownNetwork)
                .doesNotContain(empty);
    }

    @Test
    void volumesAndImagesAreNeverSwept() {
        String volume = unique();
        work.site.docker("volume", "create", "--label", "dev.havenkeep.installation=" + ours(), volume);
        String image = unique();
        String container = leftover("something-else", NOBODY, NOBODY);
        work.site.docker("commit", "--change", "LABEL dev.havenkeep.installation=" + ours(), container, image);

        watch.look(server, true);

        assertThat(work.site.docker("volume", "ls", "--quiet")).contains(volume);
        assertThat(work.site.docker("images", "--quiet", image)).hasSize(1);
    }

    private void awaitStatus(String state, int running) {
        await().atMost(Workplace.LONG).untilAsserted(() -> {
            assertThat(work.status(application).path("state").asString()).isEqualTo(state);
            assertThat(work.status(application).path("replicasRunning").asInt()).isEqualTo(running);
        });
    }

    private String ours() {
        return haven.bean(Installation.class).id();
    }

    private List<String> containers() {
        return work.site.docker("ps", "--all", "--format", "{{.Names}}");
    }

    private String leftover(String role, String application, String deployment) {
        return container(ours(), role, application, deployment);
    }

    private String container(String installation, String role, String application, String deployment) {
        String name = unique();
        work.site.docker(Stream.of(
                        Stream.of("create", "--name", name, "--network", "none"),
                        labels(installation, role, application, deployment),
                        Stream.of("node:20", "sleep", "600"))
                .flatMap(part -> part)
                .toArray(String[]::new));
        if (!installation.equals(ours())) {
            strangers.addFirst(List.of("rm", "--force", name));
        }
        return name;
    }

    private String network(String installation, String environment) {
        String name = unique();
        work.site.docker(
                "network",
                "create",
                "--label",
                "dev.havenkeep.installation=" + installation,
                "--label",
                "dev.havenkeep.environment=" + environment,
                name);
        if (!installation.equals(ours())) {
            strangers.addLast(List.of("network", "rm", name));
        }
        return name;
    }

    private static Stream<String> labels(String installation, String role, String application, String deployment) {
        return Map.of(
                        "installation", installation,
                        "role", role,
                        "application", application,
                        "deployment", deployment)
                .entrySet()
                .stream()
                .flatMap(label -> Stream.of("--label", "dev.havenkeep." + label.getKey() + "=" + label.getValue()));
    }

    private static String unique() {
        return "havenkeep-test-" + UUID.randomUUID();
    }
}
