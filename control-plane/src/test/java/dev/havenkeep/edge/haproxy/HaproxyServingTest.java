package dev.havenkeep.edge.haproxy;

import static dev.havenkeep.edge.lab.States.backend;
import static dev.havenkeep.edge.lab.States.forced;
import static dev.havenkeep.edge.lab.States.plain;
import static dev.havenkeep.edge.lab.States.route;
import static dev.havenkeep.edge.lab.States.server;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.edge.certificates.Authority;
import dev.havenkeep.edge.lab.Curl;
import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.lab.HaproxyContainer;
import dev.havenkeep.edge.lab.Http3Connection;
import dev.havenkeep.edge.lab.SecureLoad;
import dev.havenkeep.edge.lab.States;
import dev.havenkeep.edge.lab.TinyUpstream;
import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.EdgeState;
import dev.havenkeep.edge.routing.EdgeState.ServedCertificate;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.Network;
import dev.havenkeep.edge.routing.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real HAProxy does with a rendered configuration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaproxyServingTest {

    private static final String SHOP = UUID.randomUUID().toString();
    private static final String API = UUID.randomUUID().toString();
    private static final String EMPTY = UUID.randomUUID().toString();
    /** Everything that could end a word, a line, a quote or a format. */
    private static final String NASTY = "it's \"100%\" %[src] ${HOME} $(id) `id` \\ # ; { } | & < > !x *";

    /** Longer than a request's head may take. */
    private static final Duration PAUSE = Duration.ofSeconds(17);

    private static final int BODY = 400_000;

    private final Authority authority = Authority.create("test", Instant.now());
    private TinyUpstream shop;
    private TinyUpstream api;
    private HaproxyContainer haproxy;

    @BeforeAll
    void start() {
        shop = new TinyUpstream("shop", DockerCommand.gateway());
        api = new TinyUpstream("api", DockerCommand.gateway());
        haproxy = new HaproxyContainer(state(List.of()), defaultPem());
    }

    private String defaultPem() {
        return authority
                .issue(HostName.of("default.invalid"), Instant.now())
                .pem()
                .reveal();
    }

    @AfterAll
    void stop() {
        haproxy.close();
        shop.close();
        api.close();
    }

    private EdgeState state(List<ServedCertificate> certificates) {
        AccessPolicy everybody = new AccessPolicy.Public();
        AccessPolicy nobodyHere = new AccessPolicy.IpAllowlist(List.of(Network.of("192.0.2.0/24")));
        AccessPolicy docker = new AccessPolicy.IpAllowlist(
                List.of(Network.of("172.16.0.0/12"), Network.of("192.168.0.0/16"), Network.of("2001:db8::/32")));
        List<Route> shops = List.of(
                plain("shop.test", "/"),
                plain("*.shop.test", "/"),
                plain("localhost", "/"),
                plain("bücher.test", "/"),
                forced(plain("forced.test", "/")),
                route("www.shop.test", "/", everybody, "shop.test", false, Map.of(), Map.of()),
                route(
                        "headers.test",
                        "/",
                        everybody,
                        null,
                        false,
                        Map.of("x-nasty", NASTY, "user-agent", ""),
                        Map.of("x-answer", NASTY, "server", "")),
                route("shop.test", "/admin", nobodyHere, null, false, Map.of(), Map.of()),
                route("allowed.test", "/", docker, null, false, Map.of(), Map.of()),
                route("private.test", "/", new AccessPolicy.Private(), null, false, Map.of(), Map.of()));
        List<Route> apis = List.of(
                plain("shop.test", "/api"),
                plain("shop.test", "/api/v1/deep"),
                route("shop.test", "/stripped", everybody, null, true, Map.of(), Map.of()));
        return new EdgeState(
                States.SETTINGS,
                List.of(
                        backend(SHOP, shops, server(shop, true)),
                        backend(API, apis, server(api, true)),
                        backend(EMPTY, List.of(plain("empty.test", "/")))),
                certificates);
    }

    private Curl.Answer http(String hostAndPath, String... options) {
        return Curl.get("http://" + port(hostAndPath, haproxy.httpPort()), options);
    }

    private Curl.Answer https(String hostAndPath, String... options) {
        return Curl.get("https://" + port(hostAndPath, haproxy.httpsPort()), options);
    }

    private static String port(String hostAndPath, int port) {
        int slash = hostAndPath.indexOf('/');
        return hostAndPath.substring(0, slash) + ":" + port + hostAndPath.substring(slash);
    }

    @Test
    void hostsAreFoundWhateverTheirCaseAndWildcardsOnlyAfterThem() {
        assertThat(http("shop.test/").body()).isEqualTo("shop");
        assertThat(http("SHOP.Test/").body()).isEqualTo("shop");
        assertThat(http("shop.test/", "--header", "Host: shop.test.:99").body()).isEqualTo("shop");
        assertThat(http("any.shop.test/").body()).isEqualTo("shop");
        assertThat(http("xn--bcher-kva.test/").body()).isEqualTo("shop");
        assertThat(http("too.deep.shop.test/").status()).isEqualTo(404);
        assertThat(http("other.test/").status()).isEqualTo(404);
    }

    @Test
    void theLongestPathPrefixWinsInWholeSegments() {
        assertThat(http("shop.test/api").body()).isEqualTo("api");
        assertThat(http("shop.test/api/x?y=/../z").body()).isEqualTo("api");
        assertThat(http("shop.test/apix").body()).isEqualTo("shop");
        assertThat(http("shop.test/api/v1/deep/er").body()).isEqualTo("api");
    }

    @Test
    void aStrippedPrefixIsToldToTheApplication() {
        assertThat(http("shop.test/stripped/echo?a=b").body())
                .startsWith("GET /echo?a=b HTTP/1.1")
                .contains("x-forwarded-prefix: /stripped\r\n");
        assertThat(http("shop.test/stripped").body()).isEqualTo("api");
        assertThat(http("shop.test/stripped/stripped/echo").body()).isEqualTo("api");
    }

    @Test
    void noSpellingOfAPathGetsPastARoute() {
        for (String path : List.of("/admin", "/admin/", "//admin", "/%61dmin/x", "/admin%2fx", "/\\admin")) {
            assertThat(http("shop.test" + path).status()).as(path).isEqualTo(403);
        }
        for (String path :
                List.of("/x/../admin", "/x/%2e%2e/admin", "/./admin", "/x/..", "/admin%00", "/x\\..\\admin")) {
            assertThat(http("shop.test" + path).status()).as(path).isEqualTo(400);
        }
        assertThat(http("allowed.test/").body()).isEqualTo("shop");
    }

    @Test
    void aPrivateDomainHasNoRoute() {
        assertThat(http("private.test/").status()).isEqualTo(404);
        assertThat(https("private.test/").status()).isEqualTo(404);
    }

    @Test
    void headersGoThroughUnchangedHoweverTheyLook() {
        Curl.Answer answer = http("headers.test/echo", "--user-agent", "secret-browser");

        assertThat(answer.headers()).containsEntry("x-answer", NASTY).doesNotContainKey("server");
        assertThat(answer.body()).contains("x-nasty: " + NASTY + "\r\n").doesNotContain("secret-browser");
    }

    @Test
    void theApplicationLearnsWhoAskedAndCannotBeLiedTo() {
        Curl.Answer answer = http(
                "shop.test/echo",
                "--header",
                "X-Forwarded-For: 6.6.6.6",
                "--header",
                "X-Forwarded-Proto: https",
                "--header",
                "X-Forwarded-Prefix: /evil",
                "--header",
                "Forwarded: for=6.6.6.6",
                "--header",
                "X-Real-IP: 6.6.6.6",
                "--header",
                "X-Haven-Server: none",
                "--header",
                "X-Request-ID: caller-chosen-1");

        assertThat(answer.body())
                .doesNotContain("6.6.6.6", "/evil", "x-haven")
                .contains("x-forwarded-for: ", "x-forwarded-proto: http\r\n", "x-request-id: caller-chosen-1\r\n")
                .contains("x-forwarded-host: shop.test:" + haproxy.httpPort());
        assertThat(answer.headers()).containsEntry("x-request-id", "caller-chosen-1");
        assertThat(http("shop.test/", "--header", "X-Request-ID: bad id")
                        .headers()
                        .get("x-request-id"))
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void redirectsKeepPathQueryAndMethod() {
        Curl.Answer secured = http("forced.test/a/b?c=%64&e", "--data", "x");
        Curl.Answer apex = http("www.shop.test/a?b");
        Curl.Answer secureApex = https("www.shop.test/a?b");

        assertThat(secured.status()).isEqualTo(308);
        assertThat(secured.headers()).containsEntry("location", "https://forced.test/a/b?c=%64&e");
        assertThat(apex.headers()).containsEntry("location", "http://shop.test/a?b");
        assertThat(secureApex.headers()).containsEntry("location", "https://shop.test/a?b");
        assertThat(https("forced.test/").body()).isEqualTo("shop");
    }

    @Test
    void nothingHealthyBehindARouteShowsTheMaintenancePage() {
        Curl.Answer answer = https("empty.test/");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "10").containsKey("x-request-id");
        assertThat(answer.body()).contains("Back in a moment");
        assertThat(http("shop.test/busy").body())
                .as("the application's own 503")
                .isEqualTo("busy with shop");
    }

    @Test
    void anUnknownHostOnAKnownConnectionIsMisdirected() {
        assertThat(https("shop.test/", "--header", "Host: unknown.test").status())
                .isEqualTo(421);
        assertThat(https("unknown.test/").status()).isEqualTo(404);
    }

    @Test
    void http2IsSpokenAndHttp3Announced() {
        Curl.Answer answer = https("shop.test/", "--http2");

        assertThat(answer.version()).isEqualTo("HTTP/2");
        assertThat(answer.headers()).containsEntry("alt-svc", "h3=\":443\"; ma=86400");
    }

    @Test
    void http3IsSpoken() throws IOException {
        try (Http3Connection connection = new Http3Connection("shop.test", haproxy.http3Port())) {
            Curl.Answer got = connection.get("/echo?a=b");
            Curl.Answer posted = connection.post("/upload", new byte[3_000_000]);

            assertThat(got.status()).isEqualTo(200);
            assertThat(got.body())
                    .startsWith("GET /echo?a=b HTTP/1.1")
                    .contains("host: shop.test", "x-forwarded-proto: https\r\n", "x-forwarded-for: ");
            assertThat(posted.body()).isEqualTo("3000000");
            assertThat(connection.get("/admin").status()).isEqualTo(403);
        }
        try (Http3Connection connection = new Http3Connection("empty.test", haproxy.http3Port())) {
            assertThat(connection.get("/").body()).contains("Back in a moment");
        }
    }

    @Test
    void textIsCompressedOnlyForWhoAsks() {
        assertThat(http(
                                "shop.test/text",
                                "--header",
                                "Accept-Encoding: gzip",
                                "--output",
                                "/dev/null",
                                "--dump-header",
                                "-")
                        .headers())
                .containsEntry("content-encoding", "gzip");
        assertThat(http("shop.test/text").headers()).doesNotContainKey("content-encoding");
    }

    @Test
    void whatIsCompressedAlreadyIsLeftAlone() {
        assertThat(http("shop.test/encoded", "--header", "Accept-Encoding: gzip, br")
                        .headers())
                .containsEntry("content-encoding", "br")
                .containsEntry("content-length", "44000");
    }

    @Test
    void eventsArriveWhenTheyAreSentAndAreNotCompressed() throws IOException, InterruptedException {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            try (HttpClient client = trusting(version)) {
                HttpResponse<InputStream> answer = client.send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + haproxy.httpsPort() + "/events?60000"))
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());

                try (InputStream events = answer.body()) {
                    assertThat(new String(events.readNBytes(11), UTF_8)).isEqualTo("data: one\n\n");
                    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
                }
                client.shutdownNow();
            }
        }
    }

    /** Longer than anything but the long timeouts for silence allows. */
    @Test
    void whoeverPausesInTheMiddleIsNotCutOff() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Curl.Answer> events = executor.submit(() -> http("shop.test/events?" + PAUSE.toMillis()));
            Future<String> http1 = executor.submit(() -> uploadWithPause(HttpClient.Version.HTTP_1_1));
            Future<String> http2 = executor.submit(() -> uploadWithPause(HttpClient.Version.HTTP_2));

            assertThat(events.get().body()).isEqualTo("data: one\n\ndata: two\n\n");
            assertThat(http1.get()).isEqualTo(Integer.toString(BODY));
            assertThat(http2.get()).isEqualTo(Integer.toString(BODY));
        }
    }

    /** Sends half of a body, waits until that arrives behind the edge, pauses, and sends the rest. */
    private String uploadWithPause(HttpClient.Version version) throws IOException, InterruptedException {
        byte[] half = new byte[BODY / 2];
        try (TinyUpstream slow = new TinyUpstream("slow", DockerCommand.gateway());
                HaproxyContainer edge = new HaproxyContainer(
                        States.of(backend(
                                UUID.randomUUID().toString(), List.of(plain("localhost", "/")), server(slow, true))),
                        defaultPem());
                HttpClient client = trusting(version);
                PipedOutputStream sender = new PipedOutputStream();
                PipedInputStream body = new PipedInputStream(sender, half.length)) {
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + edge.httpsPort() + "/upload"))
                            .expectContinue(version == HttpClient.Version.HTTP_1_1)
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            sender.write(half);
            sender.flush();
            // The client itself holds back a block or two.
            Awaitility.await("the first half behind the edge")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> slow.received() > half.length / 2);
            Thread.sleep(PAUSE);
            sender.write(half);
            sender.close();
            return answer.join().body();
        }
    }

    private static HttpClient trusting(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .sslContext(SecureLoad.trustingAll())
                .version(version)
                .build();
    }

    @Test
    void aChallengeIsAnsweredBeforeAnyRedirect() {
        haproxy.runtime().challenges(Map.of("token-1", "token-1.thumb_print"));
        try {
            assertThat(http("forced.test/.well-known/acme-challenge/token-1").body())
                    .isEqualTo("token-1.thumb_print");
            assertThat(http("not-even-known.test/.well-known/acme-challenge/token-1")
                            .body())
                    .isEqualTo("token-1.thumb_print");
            assertThat(http("shop.test/.well-known/acme-challenge/token-2").body())
                    .isEqualTo("shop");
        } finally {
            haproxy.runtime().challenges(Map.of());
        }
        assertThat(http("forced.test/.well-known/acme-challenge/token-1").status())
                .isEqualTo(308);
    }

    @Test
    void aCertificateIsAddedAndReplacedWithoutAReload() {
        ServedCertificate entry = new ServedCertificate(UUID.randomUUID().toString(), HostName.of("shop.test"));
        var first = authority.issue(entry.host(), Instant.now());
        var second = authority.issue(entry.host(), Instant.now());

        assertThat(haproxy.runtime().serial(entry)).isEmpty();
        assertThat(haproxy.runtime().certify(entry, first.pem().reveal(), false))
                .isTrue();
        assertThat(haproxy.runtime().serial(entry)).isEqualTo(Optional.of(first.serial()));
        assertThat(haproxy.runtime().certificates()).contains(entry.id());
        assertThat(haproxy.runtime().certify(entry, second.pem().reveal(), true))
                .isTrue();
        assertThat(haproxy.runtime().serial(entry)).isEqualTo(Optional.of(second.serial()));
        assertThat(DockerCommand.runAny(
                        "sh",
                        "-c",
                        "openssl s_client -connect 127.0.0.1:$0 -servername shop.test </dev/null 2>/dev/null"
                                + " | openssl x509 -noout -serial",
                        Integer.toString(haproxy.httpsPort())))
                .containsIgnoringCase(second.serial());
    }

    @Test
    void theAccessLogIsJson() {
        http("shop.test/logged?token=hidden", "--header", "X-Request-ID: find-me-in-the-log");

        String line = haproxy.log()
                .lines()
                .filter(text -> text.contains("find-me-in-the-log"))
                .findFirst()
                .orElseThrow();
        JsonNode entry = JsonMapper.shared().readTree(line);
        assertThat(entry.get("host").asString()).isEqualTo("shop.test");
        assertThat(entry.get("status").asInt()).isEqualTo(200);
        assertThat(entry.get("server").asString()).isEqualTo("shop");
        assertThat(line).doesNotContain("hidden");
    }

    @Test
    void anyHeaderValueThatIsAcceptedArrivesAsItIs() {
        Random random = new Random(42);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = 1 + random.nextInt(40); length > 0; length--) {
                value.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
            }
            if (!value.toString().isBlank()) {
                headers.put("x-any-" + i, value.toString().strip());
            }
        }
        EdgeState state = States.of(backend(
                UUID.randomUUID().toString(),
                List.of(route("any.test", "/", new AccessPolicy.Public(), null, false, Map.of(), headers)),
                server(shop, true)));
        try (HaproxyContainer other = new HaproxyContainer(state, defaultPem())) {
            Map<String, String> answered =
                    Curl.get("http://any.test:" + other.httpPort() + "/").headers();

            assertThat(answered).containsAllEntriesOf(headers);
        }
    }

    @Test
    void metricsAreOnTheirSocketOnly() {
        String metrics = DockerCommand.runAny(
                "curl",
                "--silent",
                "--unix-socket",
                haproxy.folder().resolve(Layout.METRICS_SOCKET).toString(),
                "http://edge/metrics");

        assertThat(metrics).contains("haproxy_backend_http_responses_total{proxy=\"app-" + SHOP);
        assertThat(http("shop.test/metrics").body()).isEqualTo("shop");
    }

    @Test
    void anApplicationWithoutADomainAnswersOnTheProbeSocketOnly() {
        assertThat(http(HaproxyConfiguration.probeHost(SHOP) + "/").status()).isEqualTo(404);
        assertThat(DockerCommand.runAny(
                        "curl",
                        "--silent",
                        "--unix-socket",
                        haproxy.folder().resolve(Layout.PROBE_SOCKET).toString(),
                        "http://" + HaproxyConfiguration.probeHost(SHOP) + "/"))
                .isEqualTo("shop");
    }

    @Test
    void everyGoldenConfigurationIsAcceptedByHaproxy() throws Exception {
        for (String golden : HaproxyConfigurationTest.goldenFiles()) {
            EdgeState state = HaproxyConfigurationTest.state(golden);
            List<ServedCertificate> none = new ArrayList<>();
            try (HaproxyContainer other =
                    new HaproxyContainer(new EdgeState(state.settings(), state.backends(), none), defaultPem())) {
                assertThat(other.runtime().fingerprint())
                        .contains(HaproxyConfiguration.render(state).fingerprint());
                assertThat(other.log()).doesNotContain("config : ");
            }
        }
    }
}
