package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keycloak in production mode on a PostgreSQL of its own (the lab's). It runs with what it comes with, except that a
 * password costs it what it costs us ({@code PasswordHasher}): Argon2id, 19 MiB, two passes, one lane.
 */
final class Keycloak implements OpenIdProvider {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final List<String> SAME_PASSWORD_COST = List.of(
            "--spi-password-hashing--argon2--type=id",
            "--spi-password-hashing--argon2--memory=19456",
            "--spi-password-hashing--argon2--iterations=2",
            "--spi-password-hashing--argon2--parallelism=1",
            "--spi-password-hashing--argon2--hash-length=32");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Path home;
    private final String name;
    private final JsonNode server;
    private final String unique = Long.toString(System.nanoTime(), 36);
    private int realms;

    private Keycloak(Path home, String name, JsonNode server) {
        this.home = home;
        this.name = name;
        this.server = server;
    }

    /** Starts one of this name. */
    static Keycloak up(Path home, String name) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(home.resolve("lab/keycloak").toString(), "up", name, "--"));
        argv.addAll(SAME_PASSWORD_COST);
        String printed = Shell.output(home, argv);
        return new Keycloak(home, name, JsonMapper.builder().build().readTree(printed));
    }

    @Override
    public URI address() {
        return URI.create(server.path("httpUrl").asString());
    }

    @Override
    public Realm realm(Signature signature, int users) throws InterruptedException {
        String realm = "bench-" + unique + "-" + realms++;
        admin(
                "POST",
                "/realms",
                Map.of(
                        "realm",
                        realm,
                        "enabled",
                        true,
                        "sslRequired",
                        "none",
                        "defaultSignatureAlgorithm",
                        signature.name(),
                        "revokeRefreshToken",
                        true,
                        "refreshTokenMaxReuse",
                        0));
        Client machine = new Client("machine", "machine-secret-of-the-benchmark");
        admin(
                "POST",
                "/realms/" + realm + "/clients",
                Map.of(
                        "clientId",
                        machine.id(),
                        "secret",
                        machine.secret(),
                        "serviceAccountsEnabled",
                        true,
                        "standardFlowEnabled",
                        false));
        Client web = new Client("web", "web-secret-of-the-benchmark");
        admin(
                "POST",
                "/realms/" + realm + "/clients",
                Map.of("clientId", web.id(), "secret", web.secret(), "redirectUris", List.of(REDIRECT)));
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            Account account = new Account("user-" + i + "@example.com", "correct-horse-battery-" + i);
            Map<String, Object> user = new HashMap<>(Map.of(
                    "username",
                    account.email(),
                    "email",
                    account.email(),
                    "emailVerified",
                    true,
                    "firstName",
                    "User",
                    "lastName",
                    "Number " + i,
                    "enabled",
                    true));
            user.put(
                    "credentials",
                    List.of(Map.of("type", "password", "value", account.password(), "temporary", false)));
            admin("POST", "/realms/" + realm + "/users", user);
            accounts.add(account);
        }
        return Realm.of(
                json("GET", "/realms/" + realm + "/.well-known/openid-configuration", null, Map.of(), null),
                machine,
                web,
                accounts);
    }

    @Override
    public long memory() throws IOException, InterruptedException {
        return Memory.of(server.path("pid").asLong())
                + Memory.of(server.path("databasePid").asLong());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Shell.output(home, List.of(home.resolve("lab/keycloak").toString(), "down", name));
    }

    private JsonNode admin(String method, String path, Object body) throws InterruptedException {
        JsonNode token = json(
                "POST",
                "/realms/master/protocol/openid-connect/token",
                "application/x-www-form-urlencoded",
                Map.of(),
                KeepAlive.form(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        server.path("user").asString(),
                        "password",
                        server.path("password").asString())));
        return json(
                method,
                "/admin" + path,
                "application/json",
                Map.of("Authorization", "Bearer " + token.path("access_token").asString()),
                mapper.writeValueAsString(body));
    }

    private JsonNode json(
            String method, String path, @Nullable String type, Map<String, String> headers, @Nullable String body)
            throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address().resolve(path)).timeout(DEADLINE);
        headers.forEach(request::header);
        if (type != null) {
            request.header("Content-Type", type);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new BenchmarkFailure("Keycloak's " + method + " " + path + " answered " + response.statusCode()
                        + ": " + response.body());
            }
            return response.body().isEmpty() ? mapper.createObjectNode() : mapper.readTree(response.body());
        } catch (IOException e) {
            throw new BenchmarkFailure("Keycloak's " + method + " " + path + " failed", e);
        }
    }
}
