package dev.havenkeep.safety;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.deployments.Edged;
import dev.havenkeep.deployments.Workplace;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.HttpGitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deploys an application all of whose texts are hostile, from a repository whose names are: what reaches git, the build,
 * the release command, the health check, the container and the edge is what was typed, and nothing of it was carried out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileDeploymentTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String unique = UUID.randomUUID().toString();
    private final String canary = "/tmp/havenkeep-canary-" + unique;
    /** What a process can be given. */
    private final List<String> texts = Hostile.texts(canary).stream()
            .filter(text -> text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text))
            .toList();

    private final String folder = "folder $(touch " + canary.replace("/", "") + ") `id` ; & | ' \" $HOME é🚀";
    private final String dockerfile = "Docker $(id) 'file\" ; #🚀";
    private final String branch = "x;$(touch${IFS}" + canary + ")|'\"&<>#!{}é🚀";
    private final String mount = "/data $(touch x) ; ' \" & :ro,z é🚀";
    private final String username = "-u $(touch " + canary + ") ' \" é🚀";
    private final String password = "p $(touch " + canary + ") ' \" : @ é🚀";

    private Workplace work;
    private HttpGitServer git;
    private GitRepository repository;

    @SuppressWarnings("NullAway.Init")
    HostileDeploymentTest() {}

    @BeforeAll
    void open(@TempDir Path folders) {
        work = Workplace.open(DatabaseKind.SQLITE);
        repository = GitRepository.in(folders, "shop");
        git = HttpGitServer.protectedBy(folders, username, password);
    }

    @AfterAll
    void close() throws Exception {
        git.close();
        work.close();
        Files.deleteIfExists(Path.of(canary));
    }

    @Test
    void everyTextReachesItsMachineAsItWasTypedAndNothingIsExecuted() {
        push();
        String application = application();
        String host = "app-" + application.substring(28) + ".example.com";
        Map<String, String> headers = headers();
        work.api
                .post(
                        "/api/v1/applications/" + application + "/domains",
                        Map.of(
                                "host",
                                host,
                                "certificate",
                                "none",
                                "forceHttps",
                                false,
                                "pathPrefix",
                                "/~@:+,=-._",
                                "requestHeaders",
                                headers,
                                "responseHeaders",
                                headers))
                .expect(201);

        work.deployed(application);

        Edged answer = work.get(host, "/~@:+,=-._/");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode seen = JSON.readTree(answer.body());
        assertThat(seen.path("canary").asBoolean(true)).isFalse();
        assertThat(seen.path("mounted").asBoolean()).isTrue();
        assertThat(strings(seen.path("argv"))).containsExactlyElementsOf(texts);
        variables()
                .forEach((name, value) -> assertThat(seen.path("env").path(name).asString("absent"))
                        .as(name)
                        .isEqualTo(value));
        for (int i = 0; i < texts.size(); i++) {
            assertThat(decoded(seen.path("files").path("A" + i))).isEqualTo(texts.get(i));
            assertThat(decoded(seen.path("files").path("S" + i))).isEqualTo(texts.get(i));
        }
        headers.forEach((name, value) ->
                assertThat(seen.path("headers").path(name).asString("absent")).isEqualTo(value));
        assertThat(Path.of(canary)).doesNotExist();
        theEdgeIsWhole();
    }

    private void theEdgeIsWhole() {
        String edge = work
                .site
                .docker("ps", "--filter", "label=dev.havenkeep.role=edge", "--format", "{{.ID}} {{.Ports}}")
                .stream()
                .filter(line -> line.contains(":" + work.site.properties().get("haven.edge.http-port") + "->"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
        work.site.docker("exec", edge, "haproxy", "-c", "-f", "/edge/haproxy.cfg");
        assertThat(work.site.docker("exec", edge, "find", "/tmp", "-name", "havenkeep-canary-*"))
                .isEmpty();
    }

    private String application() {
        String application = work.application(
                "",
                Map.of(
                        "source",
                        Map.of(
                                "kind",
                                "git",
                                "url",
                                git.url("shop"),
                                "branch",
                                branch,
                                "credentialId",
                                credential(),
                                "dockerfile",
                                dockerfile,
                                "contextDir",
                                folder),
                        "port",
                        3000,
                        "command",
                        with(List.of("node", "/app.js")),
                        "releaseCommand",
                        with(List.of("node", "-e", digestIs(), "--")),
                        "healthCheck",
                        Map.of("command", with(List.of("node", "-e", digestIs(), "--")), "intervalSeconds", 1),
                        "volumes",
                        List.of(Map.of("name", "data", "mountPath", mount))));
        List<Map<String, String>> items = new ArrayList<>();
        variables()
                .forEach((name, value) -> items.add(Map.of(
                        "name",
                        name,
                        "value",
                        value,
                        "kind",
                        name.startsWith("S") ? "secret" : "plain",
                        "availability",
                        name.matches("[AS][0-9]+") ? "both" : "run")));
        work.api
                .put("/api/v1/applications/" + application + "/variables", Map.of("items", items))
                .expect(200);
        return application;
    }

    private String credential() {
        String team = work.api.get("/api/v1/teams").expect(200).text("/items/0/id");
        return work.api
                .post(
                        "/api/v1/teams/" + team + "/git-credentials",
                        Map.of("name", "hostile", "kind", "token", "username", username, "secret", password))
                .expect(201)
                .text("id");
    }

    /** Each text as a plain one, as a secret, and, where Linux lets it, as a name. */
    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            variables.put("A" + i, text);
            variables.put("S" + i, text);
            if (!text.isEmpty() && text.indexOf('=') < 0 && text.length() < 4_000) {
                variables.put(text, "named " + i);
            }
        }
        return variables;
    }

    /** Each text that a header can carry. */
    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).strip();
            if (!text.isEmpty() && text.length() < 4_000 && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                headers.put("x-hostile-" + i, text);
            }
        }
        assertThat(headers).hasSizeGreaterThan(20);
        return headers;
    }

    private List<String> with(List<String> program) {
        List<String> argv = new ArrayList<>(program);
        argv.addAll(texts);
        return argv;
    }

    /** JavaScript that ends well when its arguments are the texts. */
    private String digestIs() {
        return "process.exit(require('crypto').createHash('sha256').update(process.argv.slice(1).join('\\0'))"
                + ".digest('hex')==='" + sha256(String.join("\0", texts)) + "'?0:9)";
    }

    private void push() {
        StringBuilder build = new StringBuilder("FROM node:20\nCOPY . /\n");
        StringBuilder write = new StringBuilder("mkdir /typed");
        StringBuilder mounts = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            build.append("ARG A").append(i).append('\n');
            write.append(" && printf %s \"$A").append(i).append("\" > /typed/A").append(i);
            // BuildKit mounts no empty secret.
            write.append(
                    texts.get(i).isEmpty() ? " && : > /typed/S" + i : " && cat /run/secrets/S" + i + " > /typed/S" + i);
            mounts.append(" --mount=type=secret,id=S").append(i);
        }
        // So that nothing comes out of the cache of an earlier run.
        build.append("RUN")
                .append(mounts)
                .append(" : ")
                .append(unique)
                .append(" && ")
                .append(write)
                .append('\n');
        repository
                .write(folder + "/" + dockerfile, build.toString())
                .write(folder + "/app.js", """
                        const fs = require('fs');
                        require('http').createServer((q, s) => s.end(JSON.stringify({
                          env: Object.fromEntries(fs.readFileSync('/proc/1/environ', 'utf8').split('\\0').filter(l => l)
                            .map(l => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)])),
                          argv: process.argv.slice(2), headers: q.headers,
                          mounted: fs.statSync(%s).isDirectory(), canary: fs.existsSync(%s),
                          files: Object.fromEntries(fs.readdirSync('/typed').map(f => [f, fs.readFileSync('/typed/' + f, 'base64')])),
                        }))).listen(3000, '0.0.0.0');
                        """.formatted(
                                JSON.writeValueAsString(mount), JSON.writeValueAsString(canary)))
                .write(folder + "/" + canary.substring(5) + " $(id)\n`id` -rf", "")
                .push(branch, "$(touch " + canary + ")\n\n\u001b[2J{\"event\":\"end\"}\r\n" + "x".repeat(70_000));
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static String decoded(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asString("!")), UTF_8);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
