package dev.havenkeep.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.edge.lab.Curl;
import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.lab.TinyUpstream;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.testing.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Automatic certificates from a real ACME server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmeTest {

    private static final Duration ISSUED = Duration.ofSeconds(40);

    private final String name = "edge-" + UUID.randomUUID().toString().substring(0, 8);
    private final TinyUpstream shop = new TinyUpstream("shop", DockerCommand.gateway());
    private @Nullable JsonNode pebble;
    private @Nullable EdgeLab started;

    @BeforeAll
    void start() {
        started = new EdgeLab((httpPort, _) -> {
            String answer = DockerCommand.runAny(
                    pebbleScript(), "up", name, "--http-port", Integer.toString(httpPort), "--address", "127.0.0.1");
            pebble = JsonMapper.shared().readTree(answer.substring(answer.indexOf('{')));
            return Map.of(
                    "haven.acme.directory", pebble().get("directory").asString(),
                    "haven.acme.trust", pebble().get("serverCa").asString(),
                    "haven.acme.contact", "operator@example.com");
        });
    }

    @AfterAll
    void stop() {
        lab().close();
        shop.close();
        DockerCommand.runAny(pebbleScript(), "down", name);
    }

    @Test
    void aPublicNameGetsACertificateByItselfAndANewOneInTime() {
        ApplicationId application = lab().application("shop");
        lab().edge().declare(application, lab().server(), BackendOptions.DEFAULT);
        lab().edge().switchTo(application, EdgeLab.upstreams(shop));

        String id = lab().domain(application, Map.of("host", "shop.example.com"))
                .expect(201)
                .text("id");
        Answer active = awaitState(id, "active");

        assertThat(active.text("/status/certificate/issuer")).startsWith("Pebble");
        String first = serial("shop.example.com");
        assertThat(Curl.get(
                                "https://shop.example.com:" + lab().httpsPort() + "/",
                                "--cacert",
                                pebble().get("root").asString())
                        .body())
                .isEqualTo("shop");

        lab().haven().clock().advance(Duration.ofDays(365 * 4));
        Awaitility.await("a renewed certificate")
                .atMost(ISSUED)
                .until(() -> !serial("shop.example.com").equals(first));
        assertThat(Curl.get("https://shop.example.com:" + lab().httpsPort() + "/")
                        .body())
                .isEqualTo("shop");
    }

    @Test
    void aNameThatLeadsElsewhereSaysSoAndIsTriedAgainLater() {
        String host = "elsewhere.example.com";
        setAddress(host, "127.0.0.2");
        ApplicationId application = lab().application("elsewhere");

        String id = lab().domain(application, Map.of("host", host)).expect(201).text("id");
        Answer failed = awaitState(id, "error");

        assertThat(failed.text("/status/detail"))
                .contains("could not check that " + host + " leads here", "The next try is at");
        setAddress(host, "127.0.0.1");
        Answer read = lab().owner().get("/api/v1/domains/" + id).expect(200);
        lab().owner()
                .with("If-Match", read.header("ETag"))
                .patch("/api/v1/domains/" + id, Map.of("compression", false))
                .expect(200);
        awaitState(id, "active");
        lab().owner().delete("/api/v1/domains/" + id).expect(204);
    }

    private Answer awaitState(String id, String state) {
        Awaitility.await("the domain is " + state)
                .atMost(ISSUED)
                .until(() -> lab().owner()
                        .get("/api/v1/domains/" + id)
                        .text("/status/state")
                        .equals(state));
        return lab().owner().get("/api/v1/domains/" + id);
    }

    private void setAddress(String host, String address) {
        dns("/clear-a", "{\"host\":\"" + host + "\"}");
        dns("/add-a", "{\"host\":\"" + host + "\",\"addresses\":[\"" + address + "\"]}");
    }

    private void dns(String path, String body) {
        DockerCommand.runAny(
                "curl",
                "--silent",
                "--fail",
                "--data",
                body,
                pebble().get("dnsManagement").asString() + path);
    }

    private String serial(String host) {
        return DockerCommand.runAny(
                "sh",
                "-c",
                "openssl s_client -connect 127.0.0.1:$0 -servername $1 </dev/null 2>/dev/null"
                        + " | openssl x509 -noout -serial",
                Integer.toString(lab().httpsPort()),
                host);
    }

    private static String pebbleScript() {
        return Path.of("../lab/pebble").toAbsolutePath().normalize().toString();
    }

    private EdgeLab lab() {
        return Objects.requireNonNull(started);
    }

    private JsonNode pebble() {
        return Objects.requireNonNull(pebble);
    }
}
