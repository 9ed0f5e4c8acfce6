package dev.havenkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.havenkeep.bench.OpenIdProvider.Account;
import dev.havenkeep.bench.OpenIdProvider.Client;
import dev.havenkeep.bench.OpenIdProvider.Realm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as a provider does: with redirects, cookies and a form. */
class VisitorTest {

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aWholeSignInGoesThroughRedirectFormAndCodeOnOneConnection() throws IOException {
        Realm realm = new Realm("/authorize", "/token", new Client("m", "s"), new Client("web", "secret"), List.of());

        try (KeepAlive connection = new KeepAlive(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()))) {
            String token = new Visitor(connection, realm)
                    .signIn(new Account("ada@example.com", "a+b"))
                    .path("access_token")
                    .asString();
            assertThat(token).isEqualTo("abc");
        }

        assertThat(requests.get(0)).startsWith("GET /authorize?response_type=code&client_id=web&");
        assertThat(requests.get(1)).isEqualTo("GET /sign-in?x=1 session=1 ");
        assertThat(requests.get(2))
                .isEqualTo(
                        "POST /sign-in?a=1&b=2 session=1 csrf=%26t&user=&identifier=ada%40example.com&password=a%2Bb");
        assertThat(requests.get(3))
                .startsWith("POST /token  ")
                .contains("code=c%2Fd")
                .contains("code_verifier=");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String cookie = exchange.getRequestHeaders().getFirst("Cookie");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + (cookie == null ? "" : cookie)
                + " " + body);
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/authorize")) {
            exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/; HttpOnly");
            redirect(exchange, "/sign-in?x=1");
        } else if (path.equals("/token")) {
            send(exchange, "{\"access_token\":\"abc\"}");
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, """
                    <form action="/search"><input name="q"></form>
                    <form method="post" action="/sign-in?a=1&amp;b=2">
                      <input type="hidden" name="csrf" value="&#38;t"><input type="hidden" name="user" value="">
                      <input name="identifier"><input type="password" name="password"><button>Sign in</button>
                    </form>""");
        } else {
            redirect(exchange, OpenIdProvider.REDIRECT + "?state=s&code=c%2Fd");
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, 0); // chunked
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
