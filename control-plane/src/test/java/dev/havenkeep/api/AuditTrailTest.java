package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Certificates;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Carries out every mutating operation of the API document once and looks for what it left in the audit log. */
@OnBothDatabases
class AuditTrailTest {

    /** Operations that are no GET and are not looked at here, each with the reason. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "completeSetup", "it was carried out before; its event is looked for by name",
            "previewInvitation", "its link's secret must not stand in an address",
            "checkGitRepository", "it asks another machine, with a body",
            "checkServer", "it asks another machine");

    private final Havenkeep haven;
    private final People people;
    private final Client owner;
    private final String team;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, Function<Client, Answer>> scenarios = new LinkedHashMap<>();

    AuditTrailTest(DatabaseKind kind) {
        haven = Havenkeep.start(kind, Map.of());
        people = People.of(haven);
        owner = people.owner().client();
        team = "/api/v1/teams/" + people.team();
        accounts();
        teams();
        projects();
        sources();
        applications();
        domains();
        servers();
        deployments();
        realms();
    }

    @AfterEach
    void stop() {
        haven.close();
    }

    @Test
    void everyMutationLeavesAnEvent() throws IOException {
        List<String> faults = new ArrayList<>();
        for (String operation : mutations()) {
            Function<Client, Answer> scenario = scenarios.get(operation);
            if (scenario == null) {
                faults.add(operation + " has no scenario here");
                continue;
            }
            String requestId = "audited-" + operation;
            Answer answer = scenario.apply(haven.anonymous().with("X-Request-ID", requestId));
            if (answer.status() / 100 != 2) {
                faults.add(operation + " was refused: " + answer.status() + " " + answer.body());
            } else if (eventsOf(requestId) == 0) {
                faults.add(operation + " left no audit event");
            }
        }

        assertThat(faults).isEmpty();
        assertThat(count("SELECT count(*) FROM audit_events WHERE action = :what", "installation.set-up"))
                .isEqualTo(1);
    }

    private void accounts() {
        scenarios.put(
                "signIn",
                client -> client.post(
                        "/api/v1/session", Map.of("email", people.owner().email(), "password", People.PASSWORD)));
        scenarios.put("signOut", client -> as(client, people.join("viewer")).delete("/api/v1/session"));
        scenarios.put("deleteSession", client -> {
            People.Person person = people.join("viewer");
            people.signIn(haven.anonymous(), person.email(), People.PASSWORD).expect(200);
            Answer sessions = person.client().get("/api/v1/sessions").expect(200);
            String other = "";
            for (JsonNode session : sessions.json().path("items")) {
                other = session.path("current").asBoolean()
                        ? other
                        : session.path("id").asString();
            }
            return as(client, person).delete("/api/v1/sessions/" + other);
        });
        scenarios.put(
                "updateProfile",
                client -> as(client, people.join("viewer")).patch("/api/v1/me", Map.of("name", "Another name")));
        scenarios.put(
                "changePassword",
                client -> as(client, people.join("viewer"))
                        .post(
                                "/api/v1/me/password",
                                Map.of("current", People.PASSWORD, "new", "another horse battery")));
    }

    private void teams() {
        scenarios.put("createTeam", client -> asOwner(client).post("/api/v1/teams", Map.of("name", "Made")));
        scenarios.put(
                "updateTeam",
                client -> asOwner(client)
                        .with("If-Match", "*")
                        .patch("/api/v1/teams/" + people.newTeam("Renamed"), Map.of("name", "Other")));
        scenarios.put("deleteTeam", client -> asOwner(client).delete("/api/v1/teams/" + people.newTeam("Gone")));
        scenarios.put("leaveTeam", client -> as(client, people.join("viewer")).post(team + "/leave"));
        scenarios.put(
                "updateMember",
                client -> asOwner(client).with("If-Match", "*").patch(member(), Map.of("role", "admin")));
        scenarios.put("removeMember", client -> asOwner(client).delete(member()));
        scenarios.put("createInvitation", client -> invite(asOwner(client)));
        scenarios.put(
                "deleteInvitation",
                client -> asOwner(client).delete(invite(owner).expect(201).header("Location")));
        scenarios.put("acceptInvitation", client -> {
            String link = invite(owner).expect(201).text("link");
            return client.post(
                    "/api/v1/invitations/accept",
                    Map.of("token", link.substring(link.indexOf('#') + 1), "name", "New", "password", People.PASSWORD));
        });
        scenarios.put("createToken", client -> token(asOwner(client)));
        scenarios.put(
                "deleteToken",
                client -> asOwner(client)
                        .delete(team + "/tokens/" + token(owner).expect(201).text("id")));
    }

    private void projects() {
        scenarios.put("createProject", client -> asOwner(client).post(team + "/projects", named("P")));
        scenarios.put(
                "updateProject", client -> asOwner(client).with("If-Match", "*").patch(project(), named("P")));
        scenarios.put("deleteProject", client -> asOwner(client).delete(project()));
        scenarios.put("createEnvironment", client -> asOwner(client).post(project() + "/environments", named("e")));
        scenarios.put(
                "updateEnvironment",
                client -> asOwner(client).with("If-Match", "*").patch(environment(), named("e")));
        scenarios.put("deleteEnvironment", client -> asOwner(client).delete(environment()));
    }

    private void sources() {
        scenarios.put("createGitCredential", client -> gitCredential(asOwner(client)));
        scenarios.put(
                "deleteGitCredential",
                client -> asOwner(client)
                        .delete("/api/v1/git-credentials/"
                                + gitCredential(owner).expect(201).text("id")));
        scenarios.put(
                "forgetGitHostKeys",
                client -> asOwner(client)
                        .delete("/api/v1/git-credentials/"
                                + gitCredential(owner).expect(201).text("id") + "/host-keys"));
    }

    private void applications() {
        scenarios.put("createApplication", client -> application(asOwner(client)));
        scenarios.put(
                "updateApplication",
                client -> asOwner(client).with("If-Match", "*").patch(application(), Map.of("port", 8080)));
        scenarios.put("createVariable", client -> variable(asOwner(client), application()));
        scenarios.put("replaceVariable", client -> {
            String application = application();
            String id = variable(owner, application).expect(201).text("id");
            return asOwner(client)
                    .put(application + "/variables/" + id, Map.of("name", "COLOUR", "value", "blue", "kind", "plain"));
        });
        scenarios.put(
                "replaceVariables",
                client -> asOwner(client)
                        .put(
                                application() + "/variables",
                                Map.of("items", List.of(Map.of("name", "SIZE", "value", "1")))));
        scenarios.put("deleteVariable", client -> {
            String application = application();
            String id = variable(owner, application).expect(201).text("id");
            return asOwner(client).delete(application + "/variables/" + id);
        });
    }

    private void domains() {
        scenarios.put("createDomain", client -> domain(asOwner(client)));
        scenarios.put(
                "updateDomain",
                client -> asOwner(client)
                        .with("If-Match", "*")
                        .patch(domain(owner).expect(201).header("Location"), Map.of("compression", false)));
        scenarios.put("uploadDomainCertificate", client -> {
            Answer domain = owner.post(
                            application() + "/domains", Map.of("host", "own.example.com", "certificate", "own"))
                    .expect(201);
            Certificates.Pem certificate = Certificates.selfSigned("own.example.com");
            return asOwner(client)
                    .put(
                            domain.header("Location") + "/certificate",
                            Map.of(
                                    "certificatePem",
                                    certificate.certificate(),
                                    "privateKeyPem",
                                    certificate.privateKey()));
        });
        scenarios.put(
                "deleteDomain",
                client -> asOwner(client).delete(domain(owner).expect(201).header("Location")));
    }

    private void servers() {
        scenarios.put("createServer", client -> server(asOwner(client)));
        scenarios.put(
                "updateServer",
                client -> asOwner(client)
                        .with("If-Match", "*")
                        .patch(server(owner).expect(201).header("Location"), Map.of("port", 2222)));
        scenarios.put(
                "deleteServer",
                client -> asOwner(client).delete(server(owner).expect(201).header("Location")));
    }

    private void deployments() {
        scenarios.put("createDeployment", client -> deployment(asOwner(client)));
        scenarios.put("cancelDeployment", client -> {
            Answer answer = cancelNewDeployment(asOwner(client));
            for (int i = 0; i < 20 && answer.status() == 409; i++) {
                // Without Docker a deployment may have failed before it could be called off.
                answer = cancelNewDeployment(asOwner(client));
            }
            return answer;
        });
        for (String act : List.of("restart", "stop", "start")) {
            scenarios.put(act + "Application", client -> asOwner(client).post(deployedApplication() + "/" + act));
        }
        scenarios.put("deleteApplication", client -> asOwner(client).delete(application()));
    }

    private void realms() {
        scenarios.put("createRealm", client -> realm(asOwner(client)));
        scenarios.put(
                "updateRealm",
                client -> asOwner(client).with("If-Match", "*").patch(realm(), Map.of("displayName", "Renamed")));
        scenarios.put("deleteRealm", client -> asOwner(client).delete(realm()));
        scenarios.put(
                "rotateSigningKey",
                client -> asOwner(client).post(realm() + "/signing-keys", Map.of("algorithm", "ES256")));
        scenarios.put("createClient", client -> webClient(asOwner(client), realm()));
        scenarios.put(
                "updateClient",
                client -> asOwner(client)
                        .with("If-Match", "*")
                        .patch(made(webClient(owner, realm())), Map.of("name", "Renamed")));
        scenarios.put(
                "rotateClientSecret", client -> asOwner(client).post(made(webClient(owner, realm())) + "/secret"));
        scenarios.put("deleteClient", client -> asOwner(client).delete(made(webClient(owner, realm()))));
        scenarios.put("createConnection", client -> connection(asOwner(client), realm()));
        scenarios.put(
                "updateConnection",
                client -> asOwner(client)
                        .with("If-Match", "*")
                        .patch(made(connection(owner, realm())), Map.of("enabled", false)));
        scenarios.put("deleteConnection", client -> asOwner(client).delete(made(connection(owner, realm()))));
        scenarios.put("createUser", client -> user(asOwner(client), realm()));
        scenarios.put(
                "updateUser",
                client -> asOwner(client)
                        .with("If-Match", "*")
                        .patch(made(user(owner, realm())), Map.of("blocked", true)));
        scenarios.put(
                "setUserPassword",
                client -> asOwner(client)
                        .post(made(user(owner, realm())) + "/password", Map.of("password", "eight quiet otters")));
        scenarios.put("endUserSessions", client -> asOwner(client).delete(made(user(owner, realm())) + "/sessions"));
        scenarios.put("deleteUser", client -> asOwner(client).delete(made(user(owner, realm()))));
    }

    private Answer realm(Client client) {
        return client.post(team + "/realms", named("r"));
    }

    private String realm() {
        return made(realm(owner));
    }

    private static Answer webClient(Client client, String realm) {
        return client.post(
                realm + "/clients",
                Map.of("name", "Shop", "kind", "web", "redirectUris", List.of("https://shop.example.com/callback")));
    }

    private static Answer connection(Client client, String realm) {
        return client.post(
                realm + "/connections",
                Map.of("name", "github", "kind", "github", "label", "GitHub", "clientId", "x", "secret", "y"));
    }

    private static Answer user(Client client, String realm) {
        return client.post(realm + "/users", Map.of("email", "ada@example.com", "name", "Ada"));
    }

    private static String made(Answer answer) {
        return answer.expect(201).header("Location");
    }

    private Answer server(Client client) {
        return client.post(
                team + "/servers",
                Map.of("name", "s" + number.incrementAndGet(), "kind", "ssh", "host", "127.0.0.1", "port", 1));
    }

    private Answer deployment(Client client) {
        return client.post(application() + "/deployments", Map.of());
    }

    private Answer cancelNewDeployment(Client client) {
        String deployment = deployment(owner).expect(202).text("id");
        return client.post("/api/v1/deployments/" + deployment + "/cancel");
    }

    /** An application that believes to have gone live, though nothing runs here. */
    private String deployedApplication() {
        String application = application();
        haven.bean(Database.class)
                .write()
                .sql("UPDATE applications SET active_release_id = :release WHERE id = :id")
                .param("release", "0192aaaa-0000-7000-8000-00000000cafe")
                .param("id", application.substring(application.lastIndexOf('/') + 1))
                .update();
        return application;
    }

    private Answer domain(Client client) {
        return client.post(
                application() + "/domains",
                Map.of("host", "d" + number.incrementAndGet() + ".example.com", "certificate", "none"));
    }

    private Client asOwner(Client client) {
        return as(client, people.owner());
    }

    private static Client as(Client client, People.Person person) {
        return person.client().with("X-Request-ID", client.header("X-Request-ID"));
    }

    private Map<String, String> named(String prefix) {
        return Map.of("name", prefix + number.incrementAndGet());
    }

    private String member() {
        String user = people.join("viewer").userId();
        Answer members = owner.get(team + "/members?limit=200").expect(200);
        for (JsonNode member : members.json().path("items")) {
            if (member.toString().contains(user)) {
                return team + "/members/" + member.path("id").asString();
            }
        }
        throw new AssertionError("no member " + user + " in " + members.body());
    }

    private Answer invite(Client client) {
        return client.post(
                team + "/invitations",
                Map.of("email", "invited" + number.incrementAndGet() + "@example.com", "role", "viewer"));
    }

    private Answer token(Client client) {
        return client.post(
                team + "/tokens", Map.of("name", "t" + number.incrementAndGet(), "permissions", List.of("team:read")));
    }

    private String project() {
        return owner.post(team + "/projects", named("P")).expect(201).header("Location");
    }

    private String environment() {
        return owner.post(project() + "/environments", named("e")).expect(201).header("Location");
    }

    private Answer gitCredential(Client client) {
        return client.post(
                team + "/git-credentials", Map.of("name", "g" + number.incrementAndGet(), "kind", "deploy-key"));
    }

    private Answer application(Client client) {
        String server = haven.bean(Database.class)
                .read()
                .sql("SELECT id FROM servers")
                .query(String.class)
                .list()
                .getFirst();
        return client.post(
                environment() + "/applications",
                Map.of(
                        "name",
                        "a" + number.incrementAndGet(),
                        "serverId",
                        server,
                        "port",
                        80,
                        "source",
                        Map.of("kind", "image", "image", "nginx:1.27")));
    }

    private String application() {
        return application(owner).expect(201).header("Location");
    }

    private static Answer variable(Client client, String application) {
        return client.post(application + "/variables", Map.of("name", "COLOUR", "value", "red", "kind", "plain"));
    }

    private int eventsOf(String requestId) {
        return count("SELECT count(*) FROM audit_events WHERE request_id = :what", requestId);
    }

    private int count(String sql, String what) {
        return haven.bean(Database.class)
                .read()
                .sql(sql)
                .param("what", what)
                .query(Integer.class)
                .single();
    }

    private static Set<String> mutations() throws IOException {
        JsonNode document = new JsonMapper().readTree(Files.readString(Path.of("../openapi/havenkeep.json")));
        Set<String> mutations = new TreeSet<>();
        document.path("paths")
                .forEach(path -> path.properties().forEach(operation -> {
                    String id = operation.getValue().path("operationId").asString();
                    if (!operation.getKey().equals("get") && !NOT_HERE.containsKey(id)) {
                        mutations.add(id);
                    }
                }));
        return mutations;
    }
}
