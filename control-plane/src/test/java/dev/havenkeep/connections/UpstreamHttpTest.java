package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.Certificates;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import dev.havenkeep.testing.upstream.FakeProvider.Reply;
import dev.havenkeep.web.CidrBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers answer that are broken or hostile, and where none may be. */
class UpstreamHttpTest {

    private static final UpstreamHttp.Limits BRIEF = new UpstreamHttp.Limits(Duration.ofSeconds(30), 64 * 1024);
    private static final UpstreamHttp.Limits QUICK = new UpstreamHttp.Limits(Duration.ofMillis(700), 64 * 1024);

    private final TestClock clock = new TestClock();
    private final FakeOidcProvider provider =
            FakeOidcProvider.open(FakeOidcProvider.Flavour.GENERIC, clock, "havenkeep", "secret");

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void garbageAndErrorsAreNamedWhereverTheyCome() {
        provider.replace("/token", request -> Reply.text(200, "<html>hello</html>"));
        assertSignInFails(Code.BAD_ANSWER, "no JSON object");
        provider.replace("/token", request -> Reply.text(502, "bad gateway"));
        assertSignInFails(Code.BAD_ANSWER, "status 502");
        provider.replace("/token", request -> Reply.json(Map.of("access_token", "x", "token_type", "mac")));
        assertSignInFails(Code.BAD_ANSWER, "bearer");
        provider.replace("/token", request -> Reply.json(Map.of("access_token", "x", "token_type", "Bearer")));
        assertSignInFails(Code.BAD_ANSWER, "no id_token");
        provider.replace("/token", request -> Reply.text(200, "{\"error\":\"a\",\"error\":\"b\"}"));
        assertSignInFails(Code.BAD_ANSWER, "no JSON object");
        provider.restore("/token");

        provider.replace("/keys", request -> Reply.text(200, "[]"));
        assertSignInFails(Code.BAD_ANSWER, "no set of keys");
        provider.replace("/.well-known/openid-configuration", request -> Reply.text(200, "[".repeat(20_000)));
        assertSignInFails(Code.BAD_ANSWER, "no JSON object");
        provider.replace(
                "/.well-known/openid-configuration",
                request -> Reply.json(Map.of("issuer", provider.issuer(), "authorization_endpoint", "javascript:x")));
        assertSignInFails(Code.BAD_ANSWER, "authorization_endpoint");
    }

    @Test
    void metadataOfAnIssuerWithTlsLeadsNowhereWithout() {
        String document = """
                {"issuer": "https://id.example", "token_endpoint": "https://id.example/t",
                 "jwks_uri": "https://id.example/k", "authorization_endpoint": "http://id.example/a"}
                """;
        ProviderMetadata metadata = ProviderMetadata.read(document.getBytes(StandardCharsets.UTF_8));

        ConnectionException failure = catchThrowableOfType(ConnectionException.class, metadata::requireTls);

        assertThat(failure.failure().reason()).contains("without TLS: http://id.example/a");
    }

    @Test
    void redirectsAreNotFollowedAndSecretsGoNowhereElse() {
        try (FakeOidcProvider elsewhere =
                FakeOidcProvider.open(FakeOidcProvider.Flavour.GENERIC, clock, "havenkeep", "secret")) {
            provider.replace("/token", request -> Reply.redirect(elsewhere.base() + "/token"));
            assertSignInFails(Code.BAD_ANSWER, "a redirect, which is not followed");
            provider.replace(
                    "/.well-known/openid-configuration",
                    request -> Reply.redirect(elsewhere.base() + "/.well-known/openid-configuration"));
            assertSignInFails(Code.BAD_ANSWER, "a redirect, which is not followed");

            assertThat(elsewhere.asked("/token")).isEmpty();
            assertThat(elsewhere.asked("/.well-known/openid-configuration")).isEmpty();
        }
    }

    @Test
    void hugeAnswersAreCutOff() {
        provider.replace("/token", request -> Reply.text(200, "x".repeat(100_000)));

        assertSignInFails(Code.BAD_ANSWER, "more than 65536 bytes");
    }

    @Test
    void answerThatNeverComesIsGivenUp() {
        provider.replace("/.well-known/openid-configuration", request -> provider.never());

        ConnectionException failure =
                failure(http(Journey.LOOPBACK, QUICK), provider.issuer() + "/.well-known/openid-configuration");

        assertThat(failure.failure().code()).isEqualTo(Code.TIMED_OUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                ""
            })
    void answerThatDripsIsGivenUp(String beginning) throws IOException {
        try (RawServer server = new RawServer(beginning, true)) {
            ConnectionException failure = failure(http(Journey.LOOPBACK, QUICK), server.address());

            assertThat(failure.failure().code()).isEqualTo(Code.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2p1\r\n",
                "HTTP/1.1 999 What\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n",
            })
    void answerThatIsNoHttpIsNamed(String answer) throws IOException {
        try (RawServer server = new RawServer(answer, false)) {
            ConnectionException failure = failure(http(Journey.LOOPBACK, BRIEF), server.address());

            assertThat(failure.failure().code()).isEqualTo(Code.BAD_ANSWER);
        }
    }

    @Test
    void headersWithoutEndAreCutOff() throws IOException {
        try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(40_000), false)) {
            assertThat(failure(http(Journey.LOOPBACK, BRIEF), server.address())
                            .failure()
                            .reason())
                    .contains("too long a head");
        }
    }

    @Test
    void chunksAreReadToTheirEnd() throws IOException {
        try (RawServer server = new RawServer(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n",
                false)) {
            UpstreamHttp.Response answer = http(Journey.LOOPBACK, BRIEF)
                    .send(UpstreamHttp.Request.get(URI.create(server.address()), Map.of()));

            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("hello!");
        }
    }

    @Test
    void headerThatAProviderSplitIsNotSent() {
        ConnectionException failure = catchThrowableOfType(
                ConnectionException.class,
                () -> http(Journey.LOOPBACK, BRIEF)
                        .send(UpstreamHttp.Request.get(
                                URI.create(provider.base() + "/userinfo"),
                                Map.of("Authorization", "Bearer x\r\nX-Injected: y"))));

        assertThat(failure.failure().reason()).contains("cannot be sent");
        assertThat(provider.asked("/userinfo")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://0.0.0.0/",
                "https://10.1.2.3/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://100.100.100.200/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://224.0.0.1/",
                "http://8.8.8.8/",
            })
    void addressesInsideAndWithoutTlsAreRefused(String address) {
        ConnectionException failure = failure(http(new NetworkAccess.PublicOnly(), BRIEF), address);

        assertThat(failure.failure().code()).isEqualTo(Code.ADDRESS_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://example.com/", "file:///etc/passwd", "https://user@example.com/", "https:///x", "mailto:a"
            })
    void whatIsNoAddressOfAProviderIsRefused(String address) {
        assertThat(failure(http(new NetworkAccess.PublicOnly(), BRIEF), address)
                        .failure()
                        .code())
                .isEqualTo(Code.BAD_SETTINGS);
    }

    @Test
    void onlyTheNetworksThatAreAllowedAreAllowed() {
        NetworkAccess one = new NetworkAccess.PublicAnd(List.of(CidrBlock.parse("networks", "127.0.0.1")));
        Upstream upstream = new Upstream(clock, ProviderAddresses.PUBLIC, http(one, BRIEF));
        // The discovery document of an allowed host leads to one that is not.
        provider.metadata(Map.of("token_endpoint", provider.base().replace("127.0.0.1", "127.0.0.2") + "/token"));

        Journey.assertFailed(Journey.signIn(upstream, settings()), Code.ADDRESS_REFUSED, "127.0.0.2");
    }

    @Test
    void nobodyHomeIsUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        assertThat(failure(http(Journey.LOOPBACK, BRIEF), "http://127.0.0.1:" + port + "/")
                        .failure()
                        .code())
                .isEqualTo(Code.UNREACHABLE);
        assertThat(failure(http(Journey.LOOPBACK, BRIEF), "https://nobody.invalid/")
                        .failure()
                        .code())
                .isEqualTo(Code.UNREACHABLE);
    }

    @Test
    void certificatesAreCheckedAgainstTheName() throws IOException, GeneralSecurityException {
        Certificates.Pem own = Certificates.selfSigned("localhost");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serving(own)));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
            }
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            UpstreamHttp trusting = new UpstreamHttp(Journey.LOOPBACK, trusting(own), BRIEF);

            UpstreamHttp.Response answer =
                    trusting.send(UpstreamHttp.Request.get(URI.create("https://localhost:" + port + "/"), Map.of()));
            assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo("ok");
            assertThat(failure(trusting, "https://127.0.0.1:" + port + "/")
                            .failure()
                            .reason())
                    .contains("no trusted TLS connection");
            assertThat(failure(http(Journey.LOOPBACK, BRIEF), "https://localhost:" + port + "/")
                            .failure()
                            .reason())
                    .contains("no trusted TLS connection");
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext serving(Certificates.Pem pem) throws GeneralSecurityException, IOException {
        String body = pem.privateKey().replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        KeyStore store = empty();
        store.setKeyEntry("own", key, new char[0], new Certificate[] {certificate(pem)});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLSocketFactory trusting(Certificates.Pem pem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setCertificateEntry("own", certificate(pem));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(Certificates.Pem pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.certificate().getBytes(StandardCharsets.US_ASCII)));
    }

    private void assertSignInFails(Code code, String reason) {
        Upstream upstream = new Upstream(clock, ProviderAddresses.PUBLIC, http(Journey.LOOPBACK, BRIEF));
        AuthorizationStart start = upstream.start("upstream", settings(), Journey.CALLBACK, AuthorizationHints.none());
        switch (start) {
            case AuthorizationStart.Failed failed -> {
                assertThat(failed.failure().code()).isEqualTo(code);
                assertThat(failed.failure().reason()).contains(reason);
            }
            case AuthorizationStart.Redirect redirect ->
                Journey.assertFailed(Journey.signIn(upstream, settings()), code, reason);
        }
    }

    private ConnectionSettings.Oidc settings() {
        return new ConnectionSettings.Oidc(
                "havenkeep",
                new ClientAuthentication.SecretPost(Secret.of("secret")),
                List.of(),
                provider.issuer(),
                Set.of(),
                EmailAuthority.none());
    }

    private static UpstreamHttp http(NetworkAccess networks, UpstreamHttp.Limits limits) {
        return new UpstreamHttp(networks, (SSLSocketFactory) SSLSocketFactory.getDefault(), limits);
    }

    private static ConnectionException failure(UpstreamHttp http, String address) {
        return catchThrowableOfType(
                ConnectionException.class, () -> http.send(UpstreamHttp.Request.get(URI.create(address), Map.of())));
    }

    /** A server that says the same bytes to everybody, and then nothing more, or one byte more now and then. */
    private static final class RawServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));

        RawServer(String bytes, boolean drips) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!listening.isClosed()) {
                    serve(bytes, drips);
                }
            });
        }

        private void serve(String bytes, boolean drips) {
            try (Socket socket = listening.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                socket.setSoTimeout(50);
                while (drips) {
                    drip(socket);
                }
                socket.shutdownOutput();
                socket.setSoTimeout(10_000);
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client has had enough, which is what is being tested, or the test is over.
                return;
            }
        }

        /** Waits for the client to say something, and says something itself when it does not. */
        private static void drip(Socket socket) throws IOException {
            try {
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("gone");
                }
            } catch (SocketTimeoutException e) {
                socket.getOutputStream().write('x');
            }
        }

        String address() {
            return "http://127.0.0.1:" + listening.getLocalPort() + "/";
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
