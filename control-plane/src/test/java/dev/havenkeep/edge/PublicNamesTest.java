package dev.havenkeep.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.lab.TinyUpstream;
import dev.havenkeep.kernel.ApplicationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An application reaches its own public URL from inside its container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicNamesTest {

    private static final Duration KNOWN = Duration.ofSeconds(20);

    private final String network = "haven-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final String inside = network + "-inside";
    private final TinyUpstream shop = new TinyUpstream("shop", DockerCommand.gateway());
    private final EdgeLab lab = new EdgeLab();

    @BeforeAll
    void start() {
        String label = "dev.havenkeep.installation=" + lab.installation();
        DockerCommand.run("network", "create", "--label", label, network);
        DockerCommand.run(
                "run", "--detach", "--name", inside, "--network", network, "--label", label, "node:20", "sleep", "600");
    }

    @AfterAll
    void stop() {
        lab.close();
        shop.close();
    }

    @Test
    void publicNamesLeadToTheEdgeOnEveryPublishedPort() {
        ApplicationId application = lab.application("shop");
        lab.edge().declare(application, lab.server(), BackendOptions.DEFAULT);
        lab.edge().attach(lab.server(), network);
        lab.edge().switchTo(application, EdgeLab.upstreams(shop));
        lab.domain(application, Map.of("host", "shop.test")).expect(201);
        lab.domain(application, Map.of("host", "plain.test", "certificate", "none"))
                .expect(201);

        for (String url : List.of(
                "https://shop.test/",
                "https://shop.test:" + lab.httpsPort() + "/",
                "http://plain.test/",
                "http://plain.test:" + lab.httpPort() + "/")) {
            Awaitility.await(url).atMost(KNOWN).until(() -> ask(url).equals("shop"));
        }
        assertThat(ask("http://plain.test/echo")).contains("x-forwarded-for: " + addressInside());

        // One more name: the connections of the names before stay.
        Awaitility.await().atMost(KNOWN).until(() -> generations().size() == 1);
        String before = generations().getFirst();
        lab.domain(application, Map.of("host", "more.test")).expect(201);
        Awaitility.await().atMost(KNOWN).until(() -> ask("https://more.test/").equals("shop"));
        assertThat(ask("https://shop.test/")).isEqualTo("shop");
        Awaitility.await().atMost(KNOWN).until(() -> !generations().contains(before));
        assertThat(ask("https://shop.test/")).isEqualTo("shop");

        // The rest of the world still comes in by the published port, whatever networks there are.
        assertThat(DockerCommand.runAny(
                        "curl", "--silent", "--header", "Host: plain.test", "http://127.0.0.1:" + lab.httpPort() + "/"))
                .isEqualTo("shop");

        lab.edge().detach(lab.server(), network);
        DockerCommand.run("rm", "--force", inside);
        DockerCommand.run("network", "rm", network);
    }

    private String ask(String url) {
        return DockerCommand.tryRun(
                        "exec",
                        "--env",
                        "NODE_TLS_REJECT_UNAUTHORIZED=0",
                        "--env",
                        "NODE_NO_WARNINGS=1",
                        inside,
                        "node",
                        "-e",
                        "fetch(process.argv[1]).then(r=>r.text()).then(t=>process.stdout.write(t))",
                        url)
                .strip();
    }

    private String addressInside() {
        return DockerCommand.run(
                        "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", inside)
                .strip();
    }

    private List<String> generations() {
        return DockerCommand.run(
                        "ps",
                        "--format",
                        "{{.Names}}",
                        "--filter",
                        "label=dev.havenkeep.service=names",
                        "--filter",
                        "label=dev.havenkeep.installation=" + lab.installation())
                .lines()
                .toList();
    }
}
