package dev.havenkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HavenTest {

    private static final String TOKEN = "hkt_canary_do-not-show";
    private static final String DEPLOYMENTS = "/api/v1/applications/" + Recorded.APPLICATION + "/deployments";
    private static final String DEPLOYMENT = "/api/v1/deployments/" + Recorded.DEPLOYMENT;

    @TempDir
    Path folder;

    private final Recorded server = new Recorded();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void signIn() {
        environment.put(
                "HAVEN_CONFIG", folder.resolve("config").resolve("config.json").toString());
        environment.put("HAVEN_URL", server.url());
        environment.put("HAVEN_TOKEN", TOKEN);
    }

    @AfterEach
    void nothingWasShownThatMustNotBe() {
        server.close();
        assertThat(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
                .doesNotContain(TOKEN);
    }

    @Test
    void listIsATableOrJson() {
        assertThat(haven("projects", "list")).isZero();
        assertThat(out()).contains("NAME", "shop", Recorded.PROJECT);

        out.reset();
        assertThat(haven("projects", "list", "-o", "json")).isZero();
        assertThat(out()).startsWith("[").contains("\"name\" : \"shop\"");
        assertThat(server.last("GET").header("Authorization")).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void listGoesThroughAllPages() {
        String path = "GET /api/v1/teams/" + Recorded.TEAM + "/servers";
        server.answer(
                200,
                path,
                "application/json",
                "{\"items\":[{\"id\":\"1\",\"name\":\"one\"}],\"nextCursor\":\"c+1\"}",
                Map.of());
        server.answer(200, path, "application/json", "{\"items\":[{\"id\":\"2\",\"name\":\"two\"}]}", Map.of());

        assertThat(haven("servers", "list")).isZero();

        assertThat(out()).contains("one", "two");
        assertThat(server.last("GET").line()).contains("cursor=c%2B1");
    }

    @Test
    void problemIsShownWithItsRequestAndExitCode() {
        assertThat(haven("projects", "show", "shop")).isEqualTo(Failure.PROBLEM);

        assertThat(err()).contains("Error: Not found", "There is no GET", "(request r-404)");
        assertThat(out()).isEmpty();

        err.reset();
        assertThat(haven("projects", "show", "shop", "-o", "json")).isEqualTo(Failure.PROBLEM);
        assertThat(err()).startsWith("{").contains("\"code\":\"not-found\"");
    }

    @Test
    void wrongUsageHasAnExitCodeOfItsOwn() {
        assertThat(haven("projects", "create")).isEqualTo(Failure.USAGE);
        assertThat(err()).contains("--name is needed");
        assertThat(haven("projects", "frobnicate")).isEqualTo(Failure.USAGE);
        assertThat(haven("apps", "show", "web")).isEqualTo(Failure.USAGE);
        assertThat(haven("projects", "delete", "shop")).isEqualTo(Failure.USAGE);
        environment.remove("HAVEN_TOKEN");
        assertThat(haven("projects", "list")).isEqualTo(Failure.USAGE);
        assertThat(err()).contains("haven login");
    }

    @Test
    void createPutsOptionsIntoTheBody() {
        String path = "POST /api/v1/environments/" + Recorded.ENVIRONMENT + "/applications";
        server.answer(201, path, "application/json", "{\"id\":\"x\",\"name\":\"web\"}", Map.of());
        server.json("GET /api/v1/teams/" + Recorded.TEAM + "/servers", Recorded.items("s-1", "local"));

        int code = haven(
                "apps",
                "create",
                "shop/production",
                "--name",
                "web",
                "--server",
                "local",
                "--git",
                "https://example.com/shop.git",
                "--port",
                "8080",
                "--memory",
                "512M",
                "--cpus",
                "0.5",
                "--volume",
                "data:/data",
                "--volume",
                "conf:/conf:ro",
                "--release-command",
                "node migrate.js 'two words'");

        assertThat(err()).isEmpty();
        assertThat(code).isZero();
        assertThat(server.last("POST").body()).isEqualTo("""
                        {"name":"web","serverId":"s-1","source":{"kind":"git","url":"https://example.com/shop.git"},\
                        "port":8080,"resources":{"cpus":0.5,"memoryBytes":536870912},\
                        "volumes":[{"name":"data","mountPath":"/data","readOnly":false},\
                        {"name":"conf","mountPath":"/conf","readOnly":true}],\
                        "releaseCommand":["node","migrate.js","two words"]}""");
        assertThat(server.last("POST").header("Idempotency-key")).hasSize(36);
    }

    @Test
    void updateIsForTheVersionThatWasRead() {
        String path = "/api/v1/applications/" + Recorded.APPLICATION;
        server.answer(200, "GET " + path, "application/json", "{}", Map.of("ETag", "\"7\""));
        server.json("PATCH " + path, "{\"name\":\"web\"}");

        assertThat(haven("apps", "update", "shop/production/web", "--replicas", "3", "--clear", "port"))
                .isZero();

        assertThat(server.last("PATCH").header("If-match")).isEqualTo("\"7\"");
        assertThat(server.last("PATCH").body()).isEqualTo("{\"replicas\":3,\"port\":null}");
    }

    @Test
    void deployFollowsStepsAndLogAcrossABrokenConnection() {
        server.answer(202, "POST " + DEPLOYMENTS, "application/json", deployment("queued", ""), Map.of());
        server.answer(200, "GET " + DEPLOYMENT + "/log", "text/event-stream", """
                id: 10
                event: step
                data: {"name":"building","state":"running","at":"2026-01-01T00:00:00.000Z"}

                id: 20
                event: log
                data: {"at":"2026-01-01T00:00:01.000Z","step":"building","stream":"stderr","text":"RUN npm ci \\u001b[31m"}

                """, Map.of());
        server.answer(200, "GET " + DEPLOYMENT + "/log", "text/event-stream", """
                : comment

                id: 30
                event: step
                data: {"name":"building","state":"succeeded","at":"2026-01-01T00:00:02.500Z"}

                id: 40
                event: end
                data: {"state":"succeeded"}

                """, Map.of());
        server.json("GET " + DEPLOYMENT, deployment("succeeded", ""));

        assertThat(haven("deploy", "shop/production/web", "--follow", "--commit", "abcdef0"))
                .isZero();

        assertThat(out()).contains("▸ building\n", "  RUN npm ci\n", "✓ building 2.5 s\n", "Deployment 4 succeeded");
        assertThat(server.last("POST").body()).isEqualTo("{\"commit\":\"abcdef0\"}");
        assertThat(server.requests().stream()
                        .filter(request -> request.line().endsWith("/log"))
                        .map(request -> request.header("Last-event-id")))
                .containsExactly("", "20");
    }

    @Test
    void deploymentThatFailsHasAnExitCodeOfItsOwn() {
        server.answer(202, "POST " + DEPLOYMENTS, "application/json", deployment("queued", ""), Map.of());
        server.answer(
                200,
                "GET " + DEPLOYMENT + "/log",
                "text/event-stream",
                "event: end\ndata: {\"state\":\"failed\"}\n\n",
                Map.of());
        server.json(
                "GET " + DEPLOYMENT,
                deployment(
                        "failed",
                        ",\"problem\":{\"code\":\"build-failed\",\"title\":\"The build failed\",\"detail\":\"It failed at RUN x.\"}"));

        environment.put("HAVEN_APP", "shop/production/web");
        assertThat(haven("deploy", "-f")).isEqualTo(Failure.DEPLOYMENT_FAILED);

        assertThat(err()).contains("The build failed", "It failed at RUN x.");
    }

    @Test
    void planChangesNothing() {
        server.json(
                "POST " + DEPLOYMENTS + "?dryRun=true",
                "{\"kind\":\"deploy\",\"image\":\"built\",\"actions\":[\"build the image\",\"start 1 container\"]}");

        assertThat(haven("deploy", "shop/production/web", "--plan")).isZero();

        assertThat(out()).contains("  - build the image\n  - start 1 container\n");
    }

    @Test
    void rollbackGoesToTheReleaseBeforeTheActiveOne() {
        server.json(
                "GET /api/v1/applications/" + Recorded.APPLICATION + "/releases",
                "{\"items\":[{\"id\":\"r5\",\"number\":5},{\"id\":\"r4\",\"number\":4,\"active\":true},"
                        + "{\"id\":\"r3\",\"number\":3},{\"id\":\"r1\",\"number\":1}]}");
        server.answer(202, "POST " + DEPLOYMENTS, "application/json", deployment("queued", ""), Map.of());

        assertThat(haven("rollback", "shop/production/web")).isZero();

        assertThat(server.last("POST").body()).isEqualTo("{\"releaseId\":\"r3\"}");
        assertThat(out()).contains("Deployment 4 is queued");
    }

    @Test
    void applicationIsTakenFromAFileOfTheFolderAbove() throws IOException {
        Files.writeString(folder.resolve(".haven"), "shop/production/web\n");
        server.json("POST /api/v1/applications/" + Recorded.APPLICATION + "/restart", deployment("queued", ""));

        assertThat(haven("restart")).isZero();
    }

    @Test
    void variablesAreMadeOrReplacedAndSecretsComeFromFiles() throws IOException {
        String path = "/api/v1/applications/" + Recorded.APPLICATION + "/variables";
        server.json(
                "GET " + path,
                "{\"items\":[{\"id\":\"v1\",\"name\":\"OLD\",\"kind\":\"secret\",\"availability\":\"both\"}]}");
        server.json("POST " + path, "{}").json("PUT " + path + "/v1", "{}").json("PUT " + path, "{\"items\":[]}");
        Files.writeString(folder.resolve("secret"), "from the file\n");

        assertThat(haven("variables", "set", "shop/production/web", "NEW=a=b", "OLD=@" + folder.resolve("secret")))
                .isZero();

        assertThat(server.last("POST").body())
                .isEqualTo("{\"name\":\"NEW\",\"value\":\"a=b\",\"kind\":\"plain\",\"availability\":\"run\"}");
        assertThat(server.last("PUT").body())
                .isEqualTo(
                        "{\"name\":\"OLD\",\"value\":\"from the file\",\"kind\":\"secret\",\"availability\":\"both\"}");

        Files.writeString(folder.resolve("all.env"), "# all\nexport OLD=\"x\\ny\"\nB='$c' # no\nC=d # yes\n");
        assertThat(haven(
                        "variables",
                        "import",
                        "shop/production/web",
                        folder.resolve("all.env").toString()))
                .isZero();
        assertThat(server.last("PUT").body()).contains("\"value\":\"x\\ny\",\"kind\":\"secret\"", "\"value\":\"d\"");
        assertThat(out()).doesNotContain("from the file");
    }

    @Test
    void loginMakesATokenAndRemembersItForItsOwnerOnly() throws IOException {
        environment.remove("HAVEN_URL");
        environment.remove("HAVEN_TOKEN");
        Files.writeString(folder.resolve("password"), "pass\n");
        server.json("GET /api/v1/setup", "{\"required\":false}");
        server.answer(
                200,
                "POST /api/v1/session",
                "application/json",
                "{\"csrfToken\":\"csrf\",\"teams\":[{\"id\":\"" + Recorded.TEAM
                        + "\",\"name\":\"Makers\",\"permissions\":[\"team:read\"]}]}",
                Map.of("Set-Cookie", "haven_session=s; HttpOnly; Path=/"));
        server.json("POST /api/v1/teams/" + Recorded.TEAM + "/tokens", "{\"token\":\"" + TOKEN + "\"}");
        server.answer(204, "DELETE /api/v1/session", "application/json", "", Map.of());

        assertThat(haven(
                        "login",
                        server.url(),
                        "--email",
                        "ada@example.com",
                        "--password",
                        "@" + folder.resolve("password")))
                .as(err())
                .isZero();

        Path file = folder.resolve("config").resolve("config.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains(TOKEN);
        assertThat(server.last("DELETE").header("Cookie")).isEqualTo("haven_session=s");
        assertThat(server.last("DELETE").header("X-csrf-token")).isEqualTo("csrf");
        assertThat(haven("projects", "list")).isZero();
        assertThat(haven("logout")).isZero();
        assertThat(haven("projects", "list")).isEqualTo(Failure.USAGE);
    }

    @Test
    void hostKeyIsConfirmedByItsFingerprintOnly() {
        String id = "00000000-0000-7000-8000-00000000000f";
        server.json("GET /api/v1/teams/" + Recorded.TEAM + "/servers", Recorded.items(id, "web-1"));
        server.answer(
                200,
                "GET /api/v1/servers/" + id,
                "application/json",
                "{\"pendingHostKey\":\"ssh-ed25519 AAAA\",\"pendingHostKeyFingerprint\":\"SHA256:abc\"}",
                Map.of("ETag", "\"2\""));
        server.json("PATCH /api/v1/servers/" + id, "{}");

        assertThat(haven("servers", "confirm", "web-1", "--fingerprint", "SHA256:other"))
                .isEqualTo(Failure.PROBLEM);
        assertThat(err()).contains("SHA256:abc");
        assertThat(haven("servers", "confirm", "web-1", "--fingerprint", "SHA256:abc"))
                .isZero();

        assertThat(server.last("PATCH").body()).isEqualTo("{\"hostKey\":\"ssh-ed25519 AAAA\"}");
        assertThat(server.last("PATCH").header("If-match")).isEqualTo("\"2\"");
    }

    @Test
    void anyOperationIsCalledAsItIs() {
        String path = "/api/v1/teams/" + Recorded.TEAM + "/things";
        server.answer(200, "GET " + path, "application/json", "{ \"as\":  \"it came\" }", Map.of("ETag", "\"3\""));
        server.json("PATCH " + path, "");

        assertThat(haven("api", "get", "/api/v1/teams/{team}/things?limit=2", "--header", "accept: */*"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("{ \"as\":  \"it came\" }");
        assertThat(server.last("GET").line()).isEqualTo("GET " + path + "?limit=2");
        assertThat(server.last("GET").headers().get("Accept")).containsExactly("*/*");
        assertThat(server.last("GET").header("Authorization")).isEqualTo("Bearer " + TOKEN);

        out.reset();
        assertThat(haven("api", "GET", path, "--include")).isZero();
        assertThat(out())
                .startsWith("HTTP/1.1 200\n")
                .contains("etag: \"3\"\n")
                .endsWith("\n\n{ \"as\":  \"it came\" }");

        assertThat(haven(
                        "api",
                        "PATCH",
                        path,
                        "--body",
                        "{\"name\":  \"a b\"}",
                        "--header",
                        "If-Match: \"3\"",
                        "--header",
                        "content-type:application/merge-patch+json"))
                .as(err())
                .isZero();
        assertThat(server.last("PATCH").body()).isEqualTo("{\"name\":  \"a b\"}");
        assertThat(server.last("PATCH").header("If-match")).isEqualTo("\"3\"");
        assertThat(server.last("PATCH").headers().get("Content-type")).containsExactly("application/merge-patch+json");
        assertThat(server.last("PATCH").header("Idempotency-key")).hasSize(36);
    }

    @Test
    void bodyOfAFileIsSentAsItIs() throws IOException {
        Path file = folder.resolve("body.json");
        String body = "{\"name\": \"it's two words\",\n \"note\": \"# none\"}\n";
        Files.writeString(file, body);
        server.answer(201, "POST /api/v1/things", "application/json", "{\"id\":\"x\"}", Map.of());
        server.answer(
                201,
                "POST /api/v1/teams/" + Recorded.TEAM + "/projects",
                "application/json",
                "{\"id\":\"x\"}",
                Map.of());

        assertThat(haven("api", "POST", "/api/v1/things", "--body", "@" + file))
                .as(err())
                .isZero();
        assertThat(server.last("POST").body()).isEqualTo(body);
        assertThat(server.last("POST").header("Content-type")).isEqualTo("application/json");

        assertThat(haven("projects", "create", "--body", "@" + file)).as(err()).isZero();
        assertThat(server.last("POST").body()).isEqualTo("{\"name\":\"it's two words\",\"note\":\"# none\"}");
    }

    @Test
    void anyOperationThatIsRefusedIsAProblem() {
        assertThat(haven("api", "DELETE", "/api/v1/things/1")).isEqualTo(Failure.PROBLEM);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("Error: Not found", "There is no DELETE /api/v1/things/1", "(request r-404)");

        err.reset();
        assertThat(haven("api", "GET", "/api/v1/things", "-o", "json")).isEqualTo(Failure.PROBLEM);
        assertThat(err()).startsWith("{").contains("\"code\":\"not-found\"");

        assertThat(haven("api", "GET", "api/v1/things")).isEqualTo(Failure.USAGE);
        assertThat(haven("api", "GET", "/api/v1/{things}")).isEqualTo(Failure.USAGE);
        assertThat(haven("api", "GET /", "/api/v1/things")).isEqualTo(Failure.USAGE);
        assertThat(haven("api", "GET", "/api/v1/things", "--header", "none")).isEqualTo(Failure.USAGE);
        assertThat(haven("api", "GET", "/api/v1/things", "--header", "Content-Length: 5"))
                .isEqualTo(Failure.USAGE);
        assertThat(haven("api", "POST", "/api/v1/things", "--body", "@" + folder.resolve("none")))
                .isEqualTo(Failure.PROBLEM);
    }

    @Test
    void unreachableControlPlaneIsSaid() {
        server.close();

        assertThat(haven("projects", "list")).isEqualTo(Failure.PROBLEM);
        assertThat(err()).contains("The control plane cannot be reached", "haven login URL");
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(haven("completion")).isZero();
        assertThat(out()).contains("deploy", "rollback", "complete -F");
    }

    @Test
    void wordsAreSplitWithoutAnyShell() {
        assertThat(Field.words("sh -c \"echo \\\"hi\\\" $HOME\" 'a b' c;d"))
                .isEqualTo(List.of("sh", "-c", "echo \"hi\" $HOME", "a b", "c;d"));
    }

    private static String deployment(String state, String more) {
        return "{\"id\":\"" + Recorded.DEPLOYMENT + "\",\"number\":4,\"state\":\"" + state + "\"" + more + "}";
    }

    private int haven(String... arguments) {
        return Haven.run(
                new Session.Surroundings(
                        environment,
                        folder.resolve("below"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
