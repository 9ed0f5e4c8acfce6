package dev.havenkeep.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.edge.certificates.Authority;
import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.lab.Curl;
import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.lab.TinyUpstream;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains as people make them, over HTTP, up to the request that they lead to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DomainTest {

    private EdgeLab lab;
    private TinyUpstream shop;
    private ApplicationId application;

    @BeforeAll
    void start() {
        lab = new EdgeLab();
        shop = new TinyUpstream("shop", DockerCommand.gateway());
        application = lab.application("shop");
        lab.edge().declare(application, lab.server(), BackendOptions.DEFAULT);
        lab.edge().switchTo(application, EdgeLab.upstreams(shop));
    }

    @AfterAll
    void stop() {
        shop.close();
        lab.close();
    }

    private Answer awaitActive(String id) {
        Awaitility.await("domain " + id)
                .atMost(Duration.ofSeconds(60))
                .until(() -> lab.owner()
                        .get("/api/v1/domains/" + id)
                        .text("/status/state")
                        .equals("active"));
        return lab.owner().get("/api/v1/domains/" + id);
    }

    private String https(String host, String path) {
        return "https://" + host + ":" + lab.httpsPort() + path;
    }

    @Test
    void aDevelopmentNameIsServedOverHttpsByTheInstallationsOwnAuthority() {
        Answer created = lab.domain(application, Map.of("host", "Shop.TEST")).expect(201);

        Answer active = awaitActive(created.text("id"));

        assertThat(active.text("host")).isEqualTo("shop.test");
        assertThat(active.text("url")).isEqualTo(https("shop.test", "/"));
        assertThat(active.text("/status/certificate/issuer")).startsWith("Havenkeep ");
        assertThat(Curl.get(https("shop.test", "/")).body()).isEqualTo("shop");
        Curl.Answer redirected = Curl.get("http://shop.test:" + lab.httpPort() + "/a?b");
        assertThat(redirected.status()).isEqualTo(308);
        assertThat(redirected.headers()).containsEntry("location", https("shop.test", "/a?b"));
        assertThat(certificateOf("shop.test")).contains("DNS:shop.test");
    }

    @Test
    void aWildcardIsServedByTheOwnAuthorityToo() {
        Answer created = lab.domain(application, Map.of("host", "*.wild.test")).expect(201);

        awaitActive(created.text("id"));

        assertThat(Curl.get(https("any.wild.test", "/")).body()).isEqualTo("shop");
        assertThat(certificateOf("any.wild.test")).contains("DNS:*.wild.test");
    }

    @Test
    void changesTakeEffectAndNeedTheVersionTheyWereMadeFor() {
        Answer created = lab.domain(application, Map.of("host", "changing.test", "pathPrefix", "/api/"))
                .expect(201);
        String path = "/api/v1/domains/" + created.text("id");
        awaitActive(created.text("id"));
        assertThat(Curl.get(https("changing.test", "/")).status()).isEqualTo(404);

        lab.owner().patch(path, Map.of("stripPrefix", true)).expectProblem(428, "precondition-required");
        Client at = lab.owner().with("If-Match", created.header("ETag"));
        at.patch(path, Map.of("stripPrefix", true, "responseHeaders", Map.of("X-Frame-Options", "DENY")))
                .expect(200);
        at.patch(path, Map.of("stripPrefix", false)).expectProblem(412, "precondition-failed");
        Answer active = awaitActive(created.text("id"));

        Curl.Answer answer = Curl.get(https("changing.test", "/api/echo"));
        assertThat(answer.body()).startsWith("GET /echo HTTP/1.1");
        assertThat(answer.headers()).containsEntry("x-frame-options", "DENY");
        assertThat(active.text("pathPrefix")).isEqualTo("/api");
        lab.owner().delete(path).expect(204);
        Awaitility.await()
                .until(() -> Curl.get(https("changing.test", "/api/echo")).status() == 404);
        lab.owner().get(path).expectProblem(404, "not-found");
    }

    @Test
    void anOwnCertificateIsCheckedAndServed() {
        Authority authority = Authority.create("Somebody's", Instant.now());
        KeyedCertificate certificate = authority.issue(HostName.of("own.example.com"), Instant.now());
        KeyedCertificate other = authority.issue(HostName.of("other.example.com"), Instant.now());
        Answer created = lab.domain(application, Map.of("host", "own.example.com", "certificate", "own"))
                .expect(201);
        String path = "/api/v1/domains/" + created.text("id") + "/certificate";

        lab.owner()
                .put(path, pems(certificate.chainPem(), other.keyPem().reveal()))
                .expectProblem(422, "invalid-input");
        Answer wrongHost = lab.owner()
                .put(path, pems(other.chainPem(), other.keyPem().reveal()))
                .expectProblem(422, "invalid-input");
        Answer rubbish =
                lab.owner().put(path, pems("rubbish", "canary-rubbish")).expectProblem(422, "invalid-input");
        Answer expired = lab.owner()
                .put(
                        path,
                        pems(
                                authority
                                        .issue(
                                                HostName.of("own.example.com"),
                                                Instant.now().minus(Duration.ofDays(100)))
                                        .chainPem(),
                                other.keyPem().reveal()))
                .expectProblem(422, "invalid-input");
        lab.owner()
                .put(path, pems(certificate.chainPem(), certificate.keyPem().reveal()))
                .expect(200);
        Answer active = awaitActive(created.text("id"));

        assertThat(wrongHost.text("detail")).contains("other.example.com", "does not cover own.example.com");
        assertThat(rubbish.body()).doesNotContain("canary-rubbish");
        assertThat(expired.status()).isEqualTo(422);
        assertThat(active.text("/status/certificate/issuer")).isEqualTo("Somebody's");
        assertThat(active.body()).doesNotContain("PRIVATE KEY");
        Awaitility.await().until(() -> certificateOf("own.example.com").contains("DNS:own.example.com"));
    }

    @Test
    void aDomainThatIsTakenIsNamedOnlyToItsOwnTeam() {
        lab.domain(application, Map.of("host", "taken.test")).expect(201);
        lab.domain(application, Map.of("host", "*.taken.test")).expect(201);
        ApplicationId sibling = lab.application("sibling-of-shop");
        String team = lab.people().newTeam("Strangers");
        ServerId theirs = lab.haven()
                .bean(dev.havenkeep.servers.Servers.class)
                .createLocal(new dev.havenkeep.kernel.TeamId(team))
                .id();
        ApplicationId stranger = lab.application("stranger", team, theirs);

        Answer own = lab.domain(sibling, Map.of("host", "TAKEN.test.")).expectProblem(409, "domain-taken");
        Answer same = lab.domain(stranger, Map.of("host", "taken.test")).expectProblem(409, "domain-taken");
        Answer path = lab.domain(stranger, Map.of("host", "taken.test", "pathPrefix", "/admin"))
                .expectProblem(409, "domain-taken");
        Answer below = lab.domain(stranger, Map.of("host", "sub.taken.test")).expectProblem(409, "domain-taken");

        assertThat(own.text("detail")).contains("The application shop already serves");
        for (Answer answer : List.of(same, path, below)) {
            assertThat(answer.body()).doesNotContain("shop");
        }
        lab.domain(sibling, Map.of("host", "taken.test", "pathPrefix", "/sibling"))
                .expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b.test",
                "a..test",
                "-a.test",
                "a_b.test",
                "exa mple.com\nserver evil 1.2.3.4",
                "a.test/x",
                "a.test:80",
                "http://a.test",
                "192.0.2.1",
                "1.2.3.4.",
                "[::1]",
                "2130706433",
                "*",
                "*.com.",
                "a.*.test",
                "*.*.test",
                "a.test\u0000",
                "a.test'",
                "a.test\"; drop",
                "$(reboot).test",
                "`id`.test",
                "%00.test",
                "a#b.test",
                "a\\b.test",
                "\uD83D\uDE00\uD83D\uDE00 .test",
                "}a.test",
                "\u2028.test"
            })
    void aHostThatIsNoHostIsRefused(String host) {
        lab.domain(application, Map.of("host", host)).expectProblem(422, "invalid-input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api", "/a b", "/a\nb", "/../x", "/a/./b", "/a//b", "/'", "/\"", "/{x}", "/%2e", "/$x", "/a#b", "/\\x"
            })
    void aPathThatIsNoPrefixIsRefused(String path) {
        lab.domain(application, Map.of("host", "paths.test", "pathPrefix", path))
                .expectProblem(422, "invalid-input");
    }

    @Test
    void headersThatWouldBreakARequestAreRefused() {
        for (Map<String, String> headers : List.of(
                Map.of("X-A\r\nX-B", "1"),
                Map.of("X A", "1"),
                Map.of("", "1"),
                Map.of("X-A:", "1"),
                Map.of("X-A", "one\r\nSet-Cookie: two"),
                Map.of("X-A", "a\u0000b"),
                Map.of("X-A", "é"),
                Map.of("Host", "evil.test"),
                Map.of("Transfer-Encoding", "chunked"),
                Map.of("Content-Length", "1"),
                Map.of("X-Forwarded-For", "1.2.3.4"))) {
            lab.domain(application, Map.of("host", "headers.test", "requestHeaders", headers))
                    .expectProblem(422, "invalid-input");
            lab.domain(application, Map.of("host", "headers.test", "responseHeaders", headers))
                    .expectProblem(422, "invalid-input");
        }
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("host", "*.example.com"),
                Map.of("host", "a.test", "certificate", "none", "forceHttps", true),
                Map.of("host", "a.test", "redirectTo", "A.test"),
                Map.of("host", "a.test", "certificate", "bought"),
                Map.of("host", "a.test", "accessPolicy", Map.of("kind", "ip-allowlist", "networks", List.of())),
                Map.of(
                        "host",
                        "a.test",
                        "accessPolicy",
                        Map.of("kind", "ip-allowlist", "networks", List.of("10.0.0.0/8\n0.0.0.0/0"))),
                Map.of(
                        "host",
                        "a.test",
                        "accessPolicy",
                        Map.of("kind", "ip-allowlist", "networks", List.of("evil.test"))),
                Map.of("host", "a.test", "accessPolicy", Map.of("kind", "none")),
                Map.of("host", "a.test", "surprise", 1))) {
            assertThat(lab.domain(application, body).status())
                    .as(body.toString())
                    .isEqualTo(422);
        }
    }

    @Test
    void everyAcceptedOddityIsServedByHaproxy() {
        Answer created = lab.domain(
                        application,
                        Map.of(
                                "host",
                                "xn--bcher-kva.test",
                                "pathPrefix",
                                "/a~b@c:d+e,f=g",
                                "stripPrefix",
                                true,
                                "requestHeaders",
                                Map.of("X-Odd_1", "' \" \\ # $HOME %[src] {} ; | & $(id) `id`"),
                                "responseHeaders",
                                Map.of("X-Odd", "%%%[src]'\"\\ #$X"),
                                "accessPolicy",
                                Map.of("kind", "ip-allowlist", "networks", List.of("0.0.0.0/0", "::/0"))))
                .expect(201);

        awaitActive(created.text("id"));

        Curl.Answer answer = Curl.get(https("xn--bcher-kva.test", "/a~b@c:d+e,f=g/echo"));
        assertThat(created.text("displayHost")).isEqualTo("bücher.test");
        assertThat(answer.body())
                .startsWith("GET /echo HTTP/1.1")
                .contains("x-odd_1: ' \" \\ # $HOME %[src] {} ; | & $(id) `id`\r\n");
        assertThat(answer.headers()).containsEntry("x-odd", "%%%[src]'\"\\ #$X");
    }

    @Test
    void aPrivateDomainLetsNobodyInUntilItIsMadePublic() {
        Answer created = lab.domain(
                        application, Map.of("host", "private.test", "accessPolicy", Map.of("kind", "private")))
                .expect(201);

        awaitActive(created.text("id"));

        assertThat(Curl.get(https("private.test", "/")).status()).isEqualTo(404);
        lab.owner()
                .with("If-Match", created.header("ETag"))
                .patch(
                        "/api/v1/domains/" + created.text("id"),
                        Map.of("accessPolicy", Map.of("kind", "ip-allowlist", "networks", List.of("0.0.0.0/0"))))
                .expect(200);
        awaitActive(created.text("id"));
        assertThat(Curl.get(https("private.test", "/")).body()).isEqualTo("shop");
    }

    @Test
    void everyChangeLeavesAnAuditEventWithoutSecrets() {
        String host = "audited-" + UUID.randomUUID().toString().substring(0, 8) + ".test";
        String id = lab.domain(application, Map.of("host", host, "requestHeaders", Map.of("X-Key", "canary-header")))
                .expect(201)
                .text("id");
        lab.owner().delete("/api/v1/domains/" + id).expect(204);

        String events = lab.owner()
                .get("/api/v1/teams/" + lab.people().team() + "/audit-events?limit=200")
                .expect(200)
                .body();

        assertThat(events).contains("domain.created", "domain.deleted", host).doesNotContain("canary-header");
    }

    private static Map<String, String> pems(String certificate, String key) {
        return Map.of("certificatePem", certificate, "privateKeyPem", key);
    }

    private String certificateOf(String host) {
        return DockerCommand.tryRunAny(
                "sh",
                "-c",
                "openssl s_client -connect 127.0.0.1:$0 -servername $1 </dev/null 2>/dev/null"
                        + " | openssl x509 -noout -text",
                Integer.toString(lab.httpsPort()),
                host);
    }
}
