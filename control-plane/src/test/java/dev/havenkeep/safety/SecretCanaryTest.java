package dev.havenkeep.safety;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.deployments.Site;
import dev.havenkeep.deployments.Streams;
import dev.havenkeep.deployments.Workplace;
import dev.havenkeep.engine.Installation;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Certificates;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.GitRepository;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.HttpGitServer;
import dev.havenkeep.testing.People;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Types known secrets wherever a user can, has things succeed and fail with them, and searches everything that people or
 * machines keep or see. Each place that is searched also holds a marker that is no secret, which the search must find.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretCanaryTest {

    private static final String PRINT_ALL =
            "const e=process.env;for(const k in e)console.log(k,e[k],JSON.stringify(e[k]),"
                    + "encodeURIComponent(e[k]),Buffer.from(e[k]).toString('base64'),Buffer.from('u:'+e[k]).toString('base64'),"
                    + "Buffer.from(e[k]).toString('hex'));";
    private static final String SERVE = "require('http').createServer((q,s)=>s.end('served')).listen(3000,'0.0.0.0')";

    private final Canaries canaries = new Canaries();
    private final Set<String> planted = new TreeSet<>();
    private final List<String> found = new ArrayList<>();
    private final Set<String> searched = new TreeSet<>();
    private final Set<String> sighted = new TreeSet<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Map<String, Set<String>> ids = new HashMap<>();
    private final Site site = Site.local();

    private Path log;
    private Havenkeep haven;
    private Workplace work;
    private GitRepository repository;
    private HttpGitServer git;
    private HttpGitServer locked;
    private CommandLines commandLines;

    @SuppressWarnings("NullAway.Init")
    SecretCanaryTest() {}

    @BeforeAll
    void open(@TempDir Path folder) {
        log = folder.resolve("log");
        Map<String, String> properties = new HashMap<>(site.properties());
        properties.put("haven.sources.allow-private-networks", "true");
        properties.put("logging.file.name", log.toString());
        properties.put("logging.structured.format.file", "logstash");
        properties.put("logging.threshold.console", "off");
        properties.put("logging.level.root", "info");
        properties.put("logging.level.dev.havenkeep", "debug");
        haven = Havenkeep.start(DatabaseKind.SQLITE, properties);
        repository = GitRepository.in(folder, "shop");
        git = HttpGitServer.open(folder);
        locked = HttpGitServer.protectedBy(folder, "somebody", "another password");
        commandLines = new CommandLines();
        work = setUp();
        patch("/api/v1/projects/" + id("project"), Map.of("description", canaries.marker()));
    }

    @AfterAll
    void close() {
        commandLines.close();
        git.close();
        locked.close();
        String installation = haven.bean(Installation.class).id();
        work.close();
        haven.close();
        site.clear(installation);
        site.close();
    }

    @Test
    void noSecretThatAUserTypesComesOutAnywhere() throws Exception {
        plantInPeople();
        plantInRealms();
        plantInErrors();
        String built = plantInBuilds();
        plantInImages();
        plantInServers();
        plantInDomains(built);
        Process marked = new ProcessBuilder("tail", "-f", "/dev/null", canaries.marker()).start();
        await().atMost(Workplace.LONG).until(() -> canaries.sees(commandLines.all()));
        marked.destroy();
        LoggerFactory.getLogger(SecretCanaryTest.class).info("The log is searched: {}", canaries.marker());

        searchTheApi();
        searchTheMachine(built);
        searchTheFiles();
        search("command lines", commandLines.all(), false);

        assertThat(found).isEmpty();
        assertThat(sighted).as("where the search finds what is there").isEqualTo(searched);
        Set<String> secret = new TreeSet<>();
        WritableFields decisions = WritableFields.read();
        ApiField.all().stream()
                .filter(field ->
                        !field.closed() && !decisions.of(field).reader().equals("open"))
                .forEach(field -> secret.add(field.id()));
        assertThat(planted).as("fields that hold secrets").isEqualTo(secret);
    }

    // --- planting

    private Workplace setUp() {
        String token = People.setupToken(haven);
        canaries.know("the setup token", token);
        String password = secretFor("completeSetup password");
        planted.add("completeSetup token");
        Map<String, String> body = Map.of(
                "token",
                token,
                "email",
                "owner@example.com",
                "name",
                "O",
                "password",
                password,
                "teamName",
                "Team " + canaries.marker());
        answer(haven.anonymous().post("/api/v1/setup", with(body, "token", canaries.secret())))
                .expectProblem(403, "setup-token-wrong");
        Answer setup = haven.anonymous().post("/api/v1/setup", body).expect(201);
        knowSession("the owner's", setup);
        Workplace made = Workplace.of(haven.anonymous(), setup, site);
        ids.put("team", Set.of(setup.text("/team/id")));
        ids.put("environment", Set.of(made.environment));
        ids.put(
                "project",
                Set.of(made.api.get("/api/v1/environments/" + made.environment).text("projectId")));
        return made;
    }

    private void knowSession(String whose, Answer started) {
        String cookie = started.header("Set-Cookie");
        canaries.know(whose + " session", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
    }

    private void plantInPeople() {
        String team = "/api/v1/teams/" + id("team");
        String password = secretFor("acceptInvitation password");
        Answer invitation = work.api
                .post(team + "/invitations", Map.of("email", "dev@example.com", "role", "developer"))
                .expect(201);
        String link = invitation.text("link");
        String token = link.substring(link.indexOf('#') + 1);
        canaries.know("an invitation's token", token);
        planted.addAll(List.of("acceptInvitation token", "previewInvitation token"));
        answer(haven.anonymous().post("/api/v1/invitations/preview", Map.of("token", token)))
                .expect(200);
        answer(haven.anonymous().post("/api/v1/invitations/preview", Map.of("token", canaries.secret())))
                .expect(404);
        answer(haven.anonymous()
                        .post(
                                "/api/v1/invitations/accept",
                                Map.of("token", canaries.secret(), "name", "D", "password", password)))
                .expect(404);
        Answer accepted = haven.anonymous()
                .post("/api/v1/invitations/accept", Map.of("token", token, "name", "Dev", "password", password))
                .expect(200);
        knowSession("a person's", accepted);
        Client person = People.signedIn(haven.anonymous(), accepted);
        answer(haven.anonymous()
                        .post(
                                "/api/v1/session",
                                Map.of("email", secretFor("signIn email"), "password", secretFor("signIn password"))))
                .expect(401);
        answer(haven.anonymous()
                        .post("/api/v1/session", Map.of("email", "dev@example.com", "password", canaries.secret())))
                .expect(401);
        knowSession(
                "another",
                haven.anonymous()
                        .post("/api/v1/session", Map.of("email", "dev@example.com", "password", password))
                        .expect(200));
        answer(person.post(
                        "/api/v1/me/password",
                        Map.of("current", secretFor("changePassword current"), "new", canaries.secret())))
                .expect(422);
        answer(person.post("/api/v1/me/password", Map.of("current", password, "new", secretFor("changePassword new"))))
                .expect(204);
        Answer invited = work.api
                .post(team + "/invitations", Map.of("email", "later@example.com", "role", "viewer"))
                .expect(201);
        canaries.know(
                "an open invitation's token",
                invited.text("link").substring(invited.text("link").indexOf('#') + 1));
        String key = UUID.randomUUID().toString();
        Answer api = work.api
                .with("Idempotency-Key", key)
                .post(
                        team + "/tokens",
                        Map.of("name", "ci " + canaries.marker(), "permissions", List.of("applications:read")))
                .expect(201);
        canaries.know(
                "an API token", api.text("token").substring(api.text("token").lastIndexOf('_') + 1));
        answer(haven.anonymous().withToken(api.text("token")).get("/api/v1/applications/" + UUID.randomUUID()))
                .expect(404);
    }

    private void plantInRealms() {
        String realms = "/api/v1/teams/" + id("team") + "/realms";
        answer(work.api.post(
                        realms,
                        Map.of(
                                "name",
                                "nowhere",
                                "database",
                                Map.of(
                                        "url",
                                        "jdbc:postgresql://127.0.0.1:1/x",
                                        "user",
                                        "u",
                                        "password",
                                        secretFor("createRealm database.password")))))
                .expect(422);
        Answer realm = work.api
                .post(realms, Map.of("name", "searched", "displayName", canaries.marker()))
                .expect(201);
        ids.put("realm", Set.of(realm.text("id")));
        String address = realm.header("Location");
        Answer client = work.api
                .post(
                        address + "/clients",
                        Map.of("name", "Shop", "kind", "web", "redirectUris", List.of("https://example.com/cb")))
                .expect(201);
        canaries.know("a client's secret", client.text("secret"));
        ids.put("client", Set.of(client.text("id")));
        canaries.know(
                "a client's next secret",
                work.api.post(client.header("Location") + "/secret").expect(200).text("secret"));
        Answer connection = answer(work.api.post(
                        address + "/connections",
                        Map.of(
                                "name",
                                "hub",
                                "kind",
                                "github",
                                "label",
                                "Hub " + canaries.marker(),
                                "clientId",
                                "x",
                                "secret",
                                secretFor("createConnection secret"))))
                .expect(201);
        ids.put("connection", Set.of(connection.text("id")));
        answer(work.api
                        .with("If-Match", "*")
                        .patch(connection.header("Location"), Map.of("secret", secretFor("updateConnection secret"))))
                .expect(200);
        Answer user = answer(work.api.post(
                        address + "/users",
                        Map.of(
                                "email",
                                "ada@example.com",
                                "name",
                                "Ada " + canaries.marker(),
                                "password",
                                secretFor("createUser password"))))
                .expect(201);
        ids.put("user", Set.of(user.text("id")));
        answer(work.api.post(
                        user.header("Location") + "/password",
                        Map.of("password", secretFor("setUserPassword password"))))
                .expect(204);
    }

    /** Where nobody asks for a secret, and people put one nevertheless. */
    private void plantInErrors() throws IOException {
        String secret = canaries.plainSecret();
        Client anonymous = haven.anonymous();
        answer(anonymous.withToken("hkt_" + secret).get("/api/v1/teams"));
        answer(anonymous
                .withToken("hkt_" + UUID.randomUUID().toString().replace("-", "") + "_"
                        + (secret + "x".repeat(43)).substring(0, 43))
                .get("/api/v1/teams"));
        answer(anonymous.with("Authorization", "Basic " + secret).get("/api/v1/teams"));
        answer(anonymous
                .with("Cookie", "haven_session=" + secret + "; other=" + secret)
                .get("/api/v1/session"));
        answer(work.api.with("X-CSRF-Token", secret).post("/api/v1/teams", Map.of("name", "x")))
                .expect(403);
        answer(work.api
                .with("If-Match", "\"" + secret + "\"")
                .patch("/api/v1/projects/" + id("project"), Map.of("name", "x")));
        answer(work.api.with("Last-Event-ID", secret).get("/api/v1/teams"));
        answer(work.api
                .with("X-Forwarded-For", secret)
                .with("Referer", "https://example.com/?t=" + secret)
                .get("/api/v1/teams"));
        answer(work.api.get("/api/v1/teams?token=" + secret + "&cursor=" + secret + "&limit=" + secret))
                .expect(422);
        answer(work.api.get("/api/v1/teams/" + id("team") + "/audit-events?since=" + secret))
                .expect(422);
        answer(work.api.get("/api/v1/applications/" + secret));
        answer(work.api.get("/nowhere/" + secret + "?token=" + secret));
        for (String body : List.of(
                "{\"email\": \"a\", \"password\": " + secret + "}",
                "{\"password\": {\"" + secret + "\": \"" + secret + "\"}}",
                "{\"password\": [\"" + secret + "\"], \"email\": 1}",
                "{\"password\": \"" + secret,
                secret,
                "{\"password\": \"" + secret + "\n\"}",
                "{\"password\": \"\\x" + secret + "\"}")) {
            answer(anonymous.send("POST", "/api/v1/session", "application/json", body));
            answer(work.api.send(
                    "POST",
                    "/api/v1/environments/" + work.environment + "/applications",
                    "application/json",
                    body.replace("\"password\"", "\"source\"")));
        }
        answer(anonymous.send("POST", "/api/v1/session", secret + "/" + secret, "{}"));
        raw("GET /api/v1/teams?x=" + secret + "{}|\" HTTP/1.1\r\nHost: a\r\n\r\n");
        raw("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + secret + "\u0001\r\n\r\n");
        raw("GET / HTTP/1.1\r\nHost: a\r\nAuthorization Bearer " + secret + "\r\n\r\n");
        raw("GET / HTTP/1.1\r\nHost: " + secret + "@{}\r\n\r\n");
        raw("GET /api/v1/teams?token=" + secret + "%zz HTTP/1.1\r\nHost: a\r\n\r\n");
        raw("GET / HTTP/1.1\r\nHost: a\r\nCookie: haven_session=" + secret + "\"; a b=\u0080\r\n\r\n");
        raw(secret + " / HTTP/9.9\r\n\r\n");
        Map<String, Object> application = Map.of(
                "name",
                "x",
                "serverId",
                server(),
                "source",
                Map.of("kind", "git", "url", "https://user:" + secret + "@example.com/x.git"));
        String applications = "/api/v1/environments/" + work.environment + "/applications";
        answer(work.api.post(applications, application)).expect(422);
        answer(work.api.post(
                        applications,
                        with(
                                application,
                                "source",
                                Map.of("kind", "git", "url", "https://" + secret + "@example.com/x.git"))))
                .expect(422);
        answer(work.api.post(
                        applications,
                        with(
                                application,
                                "source",
                                Map.of("kind", "git", "url", "https://example.com/x.git?token=" + secret))))
                .expect(422);
        answer(work.api.post(
                        applications,
                        with(
                                application,
                                "source",
                                Map.of("kind", "image", "image", "user:" + secret + "@registry.example.com/x"))))
                .expect(422);
        answer(work.api.post(
                        "/api/v1/teams/" + id("team") + "/git-check",
                        Map.of("url", "https://user:" + secret + "@example.com/x.git")))
                .expect(422);
    }

    private void raw(String request) throws IOException {
        URI url = URI.create(haven.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            found.addAll(canaries.found(
                    "the answer to a malformed request", socket.getInputStream().readAllBytes()));
        }
    }

    /** Builds, releases and runs with secrets, all of which print what they have; answers the application. */
    private String plantInBuilds() {
        repository
                .write("Dockerfile", dockerfile("true"))
                .write("page", canaries.marker())
                .push("main", "Build " + canaries.marker());
        repository.write("Dockerfile", dockerfile("exit 7")).push("broken", "Break");
        String application = work.gitApplication(git.url("shop"));
        work.configure(application, Map.of("releaseCommand", List.of("node", "-e", PRINT_ALL)));
        Map<String, String> variable = Map.of(
                "name", "FIRST", "value", secretFor("createVariable value"), "kind", "secret", "availability", "both");
        String id = work.api
                .post("/api/v1/applications/" + application + "/variables", variable)
                .expect(201)
                .text("id");
        answer(work.api.put(
                        "/api/v1/applications/" + application + "/variables/" + id,
                        with(variable, "value", secretFor("replaceVariable value"))))
                .expect(200);
        answer(work.api.put(
                        "/api/v1/applications/" + application + "/variables",
                        Map.of(
                                "items",
                                List.of(
                                        variable,
                                        Map.of(
                                                "name",
                                                "RUN_SECRET",
                                                "value",
                                                secretFor("replaceVariables items[].value"),
                                                "kind",
                                                "secret",
                                                "availability",
                                                "run"),
                                        Map.of(
                                                "name",
                                                "BUILD_SECRET",
                                                "value",
                                                canaries.secret() + "\nsecond line " + canaries.secret(),
                                                "kind",
                                                "secret",
                                                "availability",
                                                "build"),
                                        Map.of(
                                                "name",
                                                "PLAIN",
                                                "value",
                                                canaries.marker(),
                                                "kind",
                                                "plain",
                                                "availability",
                                                "both"),
                                        Map.of(
                                                "name",
                                                "NAMED_" + canaries.marker(),
                                                "value",
                                                "x",
                                                "kind",
                                                "plain",
                                                "availability",
                                                "run")))))
                .expect(200);
        work.deployed(application);
        configureGit(application, git.url("shop"), "broken", null);
        failed(application, "build-failed");
        configureGit(application, "http://127.0.0.1:9/none.git", "main", null);
        failed(application, "repository-unreachable");
        String credential = answer(work.api.post(
                        "/api/v1/teams/" + id("team") + "/git-credentials",
                        Map.of(
                                "name",
                                "token " + canaries.marker(),
                                "kind",
                                "token",
                                "username",
                                "somebody",
                                "secret",
                                secretFor("createGitCredential secret"))))
                .expect(201)
                .text("id");
        configureGit(application, locked.url("shop"), "main", credential);
        failed(application, "credentials-rejected");
        answer(work.api.post(
                "/api/v1/teams/" + id("team") + "/git-check",
                Map.of("url", locked.url("shop"), "credentialId", credential)));
        String key = answer(work.api.post(
                        "/api/v1/teams/" + id("team") + "/git-credentials",
                        Map.of("name", "key", "kind", "deploy-key")))
                .expect(201)
                .text("id");
        configureGit(application, git.url("shop"), "main", null);
        work.configure(application, Map.of("command", List.of("node", "-e", PRINT_ALL + "process.exit(3)")));
        failed(application, "container-exited");
        ids.put("credential", Set.of(credential, key));
        ids.put("application", new TreeSet<>(Set.of(application)));
        return application;
    }

    private String dockerfile(String last) {
        return """
                FROM node:20
                ARG PLAIN
                COPY page /page
                RUN --mount=type=secret,id=FIRST --mount=type=secret,id=BUILD_SECRET \\
                    echo %s; env; for s in FIRST BUILD_SECRET; do f=/run/secrets/$s; cat $f; echo; base64 -w0 $f; echo; \\
                    od -An -v -tx1 $f | tr -d ' \\n'; echo; cat $f >&2; done; echo "$PLAIN" > /built; %s
                CMD ["node", "-e", "%s"]
                """.formatted(UUID.randomUUID(), last, PRINT_ALL + SERVE);
    }

    private void configureGit(
            String application, String url, String branch, @org.jspecify.annotations.Nullable String credential) {
        Map<String, Object> source = new HashMap<>(Map.of("kind", "git", "url", url, "branch", branch));
        source.put("credentialId", credential);
        work.configure(application, Map.of("source", source));
    }

    private void failed(String application, String code) {
        JsonNode deployment = work.deploy(application, Map.of("build", "always"));
        assertThat(deployment.path("state").asString()).isEqualTo("failed");
        assertThat(deployment.path("problem").path("code").asString())
                .as(deployment.toString())
                .isEqualTo(code);
    }

    private void plantInImages() {
        String application = work.application(
                "",
                Map.of(
                        "source",
                        Map.of(
                                "kind",
                                "image",
                                "image",
                                "127.0.0.1:9/none:1",
                                "username",
                                "u",
                                "password",
                                secretFor("createApplication source.password"))));
        work.deploy(application);
        work.configure(
                application,
                Map.of(
                        "source",
                        Map.of(
                                "kind",
                                "image",
                                "image",
                                "127.0.0.1:9/none:2",
                                "username",
                                "u",
                                "password",
                                secretFor("updateApplication source.password"))));
        work.deploy(application);
        ids.computeIfAbsent("application", none -> new TreeSet<>()).add(application);
    }

    private void plantInServers() throws Exception {
        String team = "/api/v1/teams/" + id("team") + "/servers";
        Map<String, Object> body = Map.of("name", "far", "kind", "ssh", "host", "127.0.0.1", "port", 9);
        String server = answer(work.api.post(team, with(body, "privateKey", sshKey("createServer privateKey"))))
                .expect(201)
                .text("id");
        patch("/api/v1/servers/" + server, Map.of("privateKey", sshKey("updateServer privateKey")));
        answer(work.api.post("/api/v1/servers/" + server + "/check"));
        answer(work.api.post(
                        team,
                        with(
                                with(body, "name", "other"),
                                "privateKey",
                                "-----BEGIN OPENSSH PRIVATE KEY-----\n" + canaries.plainSecret())))
                .expect(422);
        answer(work.api.post(team, with(with(body, "name", "other"), "hostKey", canaries.secret())))
                .expect(422);
        ids.put("server", Set.of(server(), server));
    }

    /** A new key, whose secret number is what is searched for. */
    private String sshKey(String field) throws Exception {
        Path file = log.resolveSibling(field.replace(' ', '-'));
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", file.toString())
                .start()
                .waitFor();
        String text = Files.readString(file);
        KeyPair pair = SecurityUtils.loadKeyPairIdentities(
                        null,
                        NamedResource.ofName("key"),
                        new ByteArrayInputStream(text.getBytes(UTF_8)),
                        FilePasswordProvider.EMPTY)
                .iterator()
                .next();
        knowKey(field, text, pair.getPrivate());
        return text;
    }

    /** By the number that is its secret, in whatever form it is written, and by a line of this form. */
    private void knowKey(String field, String text, PrivateKey key) {
        byte[] number = ((ECPrivateKey) key).getS().toByteArray();
        canaries.know(field, number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number);
        canaries.know(field + " as text", text.lines().skip(1).findFirst().orElseThrow());
        planted.add(field);
    }

    /** Of PKCS #8 in PEM. */
    private static PrivateKey key(String pem) throws GeneralSecurityException {
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** A domain with a certificate of one's own. */
    private void plantInDomains(String application) throws Exception {
        work.configure(application, Map.of("command", List.of()));
        String host = "canary-" + canaries.marker().toLowerCase(Locale.ROOT) + ".example.com";
        Certificates.Pem pem = Certificates.selfSigned(host);
        knowKey("uploadDomainCertificate privateKeyPem", pem.privateKey(), key(pem.privateKey()));
        // Whoever may read a domain reads its headers; logs and audit events must not have them.
        planted.addAll(List.of(
                "createDomain requestHeaders.*",
                "createDomain responseHeaders.*",
                "updateDomain requestHeaders.*",
                "updateDomain responseHeaders.*"));
        Answer domain = work.api
                .post(
                        "/api/v1/applications/" + application + "/domains",
                        Map.of(
                                "host",
                                host,
                                "certificate",
                                "own",
                                "requestHeaders",
                                Map.of("authorization", header(0)),
                                "responseHeaders",
                                Map.of("x-key", header(1))))
                .expect(201);
        String id = domain.text("id");
        patch(
                "/api/v1/domains/" + id,
                Map.of(
                        "requestHeaders",
                        Map.of("authorization", header(2)),
                        "responseHeaders",
                        Map.of("x-key", header(3))));
        Certificates.Pem other = Certificates.selfSigned(host);
        answer(work.api.put(
                        "/api/v1/domains/" + id + "/certificate",
                        Map.of("certificatePem", pem.certificate(), "privateKeyPem", other.privateKey())))
                .expect(422);
        answer(work.api.put(
                        "/api/v1/domains/" + id + "/certificate",
                        Map.of(
                                "certificatePem",
                                pem.certificate(),
                                "privateKeyPem",
                                "-----BEGIN PRIVATE KEY-----\n" + canaries.secret())))
                .expect(422);
        answer(work.api.put(
                        "/api/v1/domains/" + id + "/certificate",
                        Map.of("certificatePem", canaries.secret(), "privateKeyPem", pem.privateKey())))
                .expect(422);
        answer(work.api.put(
                        "/api/v1/domains/" + id + "/certificate",
                        Map.of("certificatePem", pem.certificate(), "privateKeyPem", pem.privateKey())))
                .expect(200);
        work.deployed(application);
        ids.put("domain", Set.of(id));
    }

    /** Told apart from the rest, since the domain itself and the edge's configuration rightly have it. */
    private String header(int number) {
        return "Header-" + canaries.marker() + "-" + number;
    }

    // --- searching

    private void searchTheApi() throws IOException {
        for (Answer answer : answers) {
            search("an answer", (answer.headers().map() + answer.body()).getBytes(UTF_8), true);
        }
        for (String application : known("application")) {
            collect("deployment", "/api/v1/applications/" + application + "/deployments");
            collect("release", "/api/v1/applications/" + application + "/releases");
        }
        Set<String> walked = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path :
                ApiField.document().path("paths").properties()) {
            JsonNode get = path.getValue().path("get");
            String operation = get.path("operationId").asString("");
            // An application's own log shows what the application prints.
            if (get.isMissingNode()
                    || Set.of("streamApplicationLogs", "streamEvents").contains(operation)) {
                continue;
            }
            for (String address : expanded(path.getKey())) {
                walked.add(operation);
                String body = operation.equals("streamDeploymentLog") ? stream(address) : body(address);
                boolean audit = operation.contains("AuditEvents");
                search(
                        operation,
                        body.getBytes(UTF_8),
                        !Set.of(
                                        "listProjects",
                                        "getProject",
                                        "listTokens",
                                        "listGitCredentials",
                                        "getTeam",
                                        "listTeams",
                                        "exportAuditEvents",
                                        "listAuditEvents",
                                        "getDomain",
                                        "listDomains",
                                        "streamDeploymentLog",
                                        "listVariables")
                                .contains(operation));
                if ((audit || operation.equals("readMetrics") || operation.equals("streamDeploymentLog"))
                        && body.contains("Header-")) {
                    found.add(operation + " has a header's value");
                }
            }
        }
        assertThat(walked).hasSizeGreaterThan(30);
    }

    private String body(String address) {
        Answer answer = work.api.get(address).expect(200);
        return answer.headers().map() + answer.body();
    }

    private String stream(String address) {
        try (Streams stream = Streams.open(work.api, address)) {
            return stream.until(event -> event.name().equals("end")).toString();
        }
    }

    private void collect(String what, String address) {
        work.api
                .get(address + "?limit=200")
                .expect(200)
                .json()
                .path("items")
                .forEach(item -> ids.computeIfAbsent(what, none -> new TreeSet<>())
                        .add(item.path("id").asString()));
    }

    /** The path with each id that there is. */
    private List<String> expanded(String template) {
        List<String> addresses = List.of(template);
        while (addresses.getFirst().contains("{")) {
            String first = addresses.getFirst();
            String name = first.substring(first.indexOf('{') + 1, first.indexOf('}'));
            addresses = addresses.stream()
                    .flatMap(address -> known(name).stream().map(id -> address.replace("{" + name + "}", id)))
                    .toList();
        }
        return addresses;
    }

    private void searchTheMachine(String application) throws Exception {
        List<String> images = site.docker(
                "images", "--quiet", "--no-trunc", "--filter", "label=dev.havenkeep.application=" + application);
        assertThat(images).isNotEmpty();
        for (String image : Set.copyOf(images)) {
            search(
                    "image history",
                    String.join("\n", site.docker("history", "--no-trunc", image))
                            .getBytes(UTF_8),
                    false);
            search(
                    "image",
                    String.join("\n", site.docker("image", "inspect", image)).getBytes(UTF_8),
                    true);
            Process save = new ProcessBuilder("docker", "save", image).start();
            searchLayers(save.getInputStream());
        }
        String installation = haven.bean(Installation.class).id();
        String ours = "label=dev.havenkeep.installation=" + installation;
        for (String container : site.docker("ps", "--all", "--quiet", "--filter", ours)) {
            // Its environment is how a secret gets into a process; a build's secrets are not among them.
            String environment =
                    String.join("\n", site.docker("inspect", "--format", "{{json .Config.Env}}", container));
            assertThat(environment).doesNotContain("BUILD_SECRET");
            String rest =
                    String.join("\n", site.docker("inspect", container)).replaceAll("(?s)\"Env\": \\[.*?\\n\\s*],", "");
            search("container", rest.getBytes(UTF_8), true);
        }
        for (String kind : List.of("network", "volume")) {
            for (String name : site.docker(kind, "ls", "--quiet", "--filter", ours)) {
                search(
                        kind,
                        String.join("\n", site.docker(kind, "inspect", name)).getBytes(UTF_8),
                        true);
            }
        }
        for (String folder : List.of("/dev/shm", "/tmp")) {
            try (Stream<Path> left = Files.list(Path.of(folder))) {
                assertThat(left.map(Path::toString).filter(path -> path.contains("havenkeep-build-" + installation)))
                        .isEmpty();
            }
        }
    }

    /** Piece by piece: an image is large. */
    private void searchLayers(InputStream in) throws IOException {
        boolean seen = false;
        byte[] window = new byte[1 << 20];
        int kept = 0;
        try (InputStream tar = new BufferedInputStream(in)) {
            int read;
            while ((read = tar.readNBytes(window, kept, window.length - kept)) > 0) {
                byte[] now = Arrays.copyOf(window, kept + read);
                found.addAll(canaries.planted("image layers", now));
                seen |= canaries.sees(now);
                kept = Math.min(200, now.length);
                System.arraycopy(now, now.length - kept, window, 0, kept);
            }
        }
        searched.add("image layers");
        if (seen) {
            sighted.add("image layers");
        }
    }

    private void searchTheFiles() throws IOException {
        searchFolder("data folder", haven.dataFolder(), Set.of("master-key.json"));
        byte[] records = Files.readAllBytes(log);
        search("the control plane's log", records, false);
        assertThat(new String(records, UTF_8)).doesNotContain("Header-");
        Path edge = Path.of(Objects.requireNonNull(site.properties().get("haven.edge.folder")));
        searchFolder("edge", edge, Set.of("certificates"));
        try (Stream<Path> files = Files.walk(edge)) {
            List<Path> keys =
                    files.filter(file -> file.toString().endsWith(".pem")).toList();
            assertThat(keys).isNotEmpty();
            for (Path key : keys) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                        .as(key.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    private void searchFolder(String place, Path folder, Set<String> without) throws IOException {
        boolean seen = false;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean left = Stream.iterate(file, parent -> !parent.equals(folder), Path::getParent)
                        .anyMatch(part -> without.contains(part.getFileName().toString()));
                if (!left) {
                    byte[] content = Files.readAllBytes(file);
                    found.addAll(canaries.found(place + " " + folder.relativize(file), content));
                    seen |= canaries.sees(content);
                }
            }
        }
        searched.add(place);
        if (seen) {
            sighted.add(place);
        }
    }

    private void search(String place, byte[] hay, boolean withoutMarker) {
        found.addAll(canaries.found(place, hay));
        searched.add(place);
        if (withoutMarker || canaries.sees(hay)) {
            sighted.add(place);
        }
    }

    // --- small things

    private String secretFor(String field) {
        planted.add(field);
        return canaries.secret();
    }

    private String id(String what) {
        return known(what).iterator().next();
    }

    private Set<String> known(String what) {
        return Objects.requireNonNull(ids.get(what), "no id for {" + what + "}");
    }

    private String server() {
        return work.site.addTo(work.api, id("team"));
    }

    private Answer answer(Answer answer) {
        answers.add(answer);
        return answer;
    }

    private void patch(String address, Map<String, ?> body) {
        String version = work.api.get(address).header("ETag");
        answer(work.api.with("If-Match", version).patch(address, body)).expect(200);
    }

    private static Map<String, Object> with(Map<String, ?> body, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(body);
        more.put(name, value);
        return more;
    }
}
