package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tries bad requests on every operation of the committed API document that reads a body, and its examples. */
@OnBothDatabases
class RefusalsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Their values are looked at only behind a secret or an address that an example cannot have. */
    private static final Set<String> BEHIND_SOMETHING = Set.of(
            "completeSetup",
            "signIn",
            "previewInvitation",
            "acceptInvitation",
            "changePassword",
            "checkGitRepository",
            "uploadDomainCertificate",
            "createDeployment");

    private final JsonNode document;
    private final Client owner;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    private record Operation(
            String id, String method, String path, String contentType, ObjectNode example, JsonNode schema) {}

    RefusalsTest(Havenkeep haven) throws IOException {
        document = JSON.readTree(Files.readString(Path.of("../openapi/havenkeep.json")));
        People people = People.of(haven);
        owner = people.owner().client().with("If-Match", "*");
        String team = "/api/v1/teams/" + made("team", "/api/v1/teams", Map.of("name", "Refusals"));
        String project = "/api/v1/projects/" + made("project", team + "/projects", Map.of("name", "Refused"));
        String environment =
                "/api/v1/environments/" + made("environment", project + "/environments", Map.of("name", "e"));
        made("server", team + "/servers", Map.of("name", "s", "kind", "ssh", "host", "127.0.0.1", "port", 1));
        Map<String, Object> source = Map.of("kind", "image", "image", "nginx:1.27");
        String application = "/api/v1/applications/"
                + made(
                        "application",
                        environment + "/applications",
                        Map.of(
                                "name",
                                "a",
                                "serverId",
                                String.valueOf(ids.get("server")),
                                "port",
                                80,
                                "source",
                                source));
        made("variable", application + "/variables", Map.of("name", "COLOUR", "value", "red"));
        made(
                "domain",
                application + "/domains",
                Map.of("host", UUID.randomUUID() + ".example.com", "certificate", "none"));
        made("credential", team + "/git-credentials", Map.of("name", "g", "kind", "deploy-key"));
        String realm = "/api/v1/realms/" + made("realm", team + "/realms", Map.of("name", "r" + UUID.randomUUID()));
        made(
                "client",
                realm + "/clients",
                Map.of("name", "c", "kind", "web", "redirectUris", List.of("https://c.example.com/cb")));
        made(
                "connection",
                realm + "/connections",
                Map.of("name", "hub", "kind", "github", "label", "GitHub", "clientId", "x", "secret", "y"));
        made("user", realm + "/users", Map.of("email", "u@example.com", "name", "u"));
        String user = people.join(people.owner(), String.valueOf(ids.get("team")), "viewer", List.of())
                .userId();
        owner.get(team + "/members").json().path("items").forEach(member -> {
            if (member.path("userId").asString().equals(user)) {
                ids.put("member", member.path("id").asString());
            }
        });
    }

    @Test
    void bodyThatCannotBeReadIsRefusedWithItsPlace() {
        operations().forEach(operation -> {
            Answer broken = send(operation, "{\"name\":\n tru}");
            check(operation, "not JSON", broken, 400, "malformed-request", "line 2");
            Answer list = send(operation, "[]");
            boolean merged = operation.id().equals("updateApplication");
            check(
                    operation,
                    "a list",
                    list,
                    merged ? 400 : 422,
                    merged ? "malformed-request" : "invalid-input",
                    "object");
            Answer text = owner.send(operation.method(), address(operation), "text/plain", "name=x");
            check(operation, "text/plain", text, 415, "unsupported-media-type", "json");
            Answer large = send(operation, "{\"name\":\"" + "x".repeat(1_100_000) + "\"}");
            check(operation, "too large", large, 413, "body-too-large", "bytes");
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void unknownMemberIsRefusedByName() {
        operations().forEach(operation -> {
            ObjectNode body = operation.example().deepCopy().put("nonsense", 1);
            check(operation, "unknown member", send(operation, body.toString()), 422, "invalid-input", "nonsense");
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void memberOfAnotherTypeIsRefusedByName() {
        operations()
                .forEach(operation -> operation.example().propertyNames().forEach(member -> {
                    for (String wrong : List.of("[[]]", "true", "3.5")) {
                        String type = operation
                                .schema()
                                .path("properties")
                                .path(member)
                                .toString();
                        if ((wrong.equals("true") && type.contains("boolean"))
                                || (wrong.equals("3.5") && type.contains("\"number\""))) {
                            continue;
                        }
                        ObjectNode body = operation.example().deepCopy();
                        body.set(member, JSON.readTree(wrong));
                        check(
                                operation,
                                member + ": " + wrong,
                                send(operation, body.toString()),
                                422,
                                "invalid-input",
                                member);
                    }
                }));
        assertThat(faults).isEmpty();
    }

    @Test
    void missingMemberIsRefusedByName() {
        operations()
                .forEach(operation -> operation.schema().path("required").forEach(required -> {
                    String member = required.asString();
                    ObjectNode body = operation.example().deepCopy();
                    body.remove(member);
                    check(
                            operation,
                            "without " + member,
                            send(operation, body.toString()),
                            422,
                            "invalid-input",
                            member);
                }));
        assertThat(faults).isEmpty();
    }

    /** The limits of the document are those of the code. */
    @Test
    void valueBeyondALimitIsRefusedByName() {
        int[] tried = new int[1];
        operations()
                .filter(operation -> !BEHIND_SOMETHING.contains(operation.id()))
                .forEach(operation -> operation
                        .schema()
                        .path("properties")
                        .properties()
                        .forEach(member -> {
                            for (JsonNode beyond : beyond(member.getValue())) {
                                ObjectNode body = operation.example().deepCopy();
                                body.set(member.getKey(), beyond);
                                tried[0]++;
                                check(
                                        operation,
                                        member.getKey() + " beyond its limit",
                                        send(operation, body.toString()),
                                        422,
                                        "invalid-input",
                                        member.getKey());
                            }
                        }));
        assertThat(faults).isEmpty();
        assertThat(tried[0]).isGreaterThan(20);
    }

    @Test
    void exampleIsAccepted() {
        // Backwards, since replacing all variables would take the one away that is to be replaced.
        operations().toList().reversed().stream()
                .filter(operation -> !BEHIND_SOMETHING.contains(operation.id()))
                .forEach(operation -> {
                    Answer answer = send(operation, operation.example().toString());
                    if (answer.status() / 100 != 2) {
                        faults.add(operation.id() + ": " + answer.status() + " " + answer.body());
                    }
                });
        assertThat(faults).isEmpty();
    }

    @Test
    void badCursorVersionAcceptAndMethodAreRefusedWithAdvice() {
        String team = "/api/v1/teams/" + ids.get("team");
        Client plain = owner.with("If-Match", "\"999\"");
        assertProblem(owner.get(team + "/projects?cursor=%25"), 422, "invalid-input", "cursor");
        assertProblem(owner.get(team + "/projects?cursor=bm9uc2Vuc2U"), 422, "invalid-input", "cursor");
        assertProblem(owner.get(team + "/projects?limit=201"), 422, "invalid-input", "limit");
        assertProblem(owner.get(team + "/projects?limit=many"), 422, "invalid-input", "limit");
        assertProblem(plain.patch(team, Map.of("name", "x")), 412, "precondition-failed", "Read it again");
        assertProblem(
                owner.with("If-Match", "nonsense").patch(team, Map.of("name", "x")),
                412,
                "precondition-failed",
                "Read");
        assertProblem(
                owner.with("If-Match", " ").patch(team, Map.of("name", "x")), 428, "precondition-required", "If-Match");
        assertProblem(owner.with("Accept", "image/png").get(team), 406, "not-acceptable", "json");
        assertProblem(owner.put(team, Map.of()), 405, "method-not-allowed", "PATCH");
        assertProblem(owner.get("/api/v1/tems"), 404, "not-found", "openapi.json");
        assertProblem(owner.get("/api/v2/teams"), 404, "not-found", "openapi.json");
        assertProblem(owner.get("/api/v1/teams/not-an-id"), 404, "not-found", "");
        assertProblem(
                owner.with("Idempotency-Key", "x".repeat(300)).post("/api/v1/teams", Map.of("name", "x")),
                422,
                "invalid-input",
                "Idempotency-Key");
    }

    private static void assertProblem(Answer answer, int status, String code, String advice) {
        answer.expectProblem(status, code);
        assertThat(answer.text("detail")).contains(advice);
    }

    private Stream<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operation
                                .getValue()
                                .path("requestBody")
                                .path("content")
                                .properties()
                                .forEach(content -> operations.add(new Operation(
                                        operation.getValue().path("operationId").asString(),
                                        operation.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey(),
                                        content.getKey(),
                                        example(content.getValue().path("example")),
                                        resolve(content.getValue().path("schema")))))));
        assertThat(operations).hasSizeGreaterThan(25);
        return operations.stream();
    }

    private ObjectNode example(JsonNode example) {
        String text = example.toString()
                .replace("0192f1a0-0000-7000-8000-000000000010", String.valueOf(ids.get("project")))
                .replace("0192f1a0-0000-7000-8000-000000000020", String.valueOf(ids.get("environment")))
                .replace("0192f1a0-0000-7000-8000-000000000030", String.valueOf(ids.get("server")))
                .replace("shop.example.com", UUID.randomUUID() + ".example.com");
        return (ObjectNode) JSON.readTree(text);
    }

    private JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
    }

    private static List<JsonNode> beyond(JsonNode member) {
        List<JsonNode> values = new ArrayList<>();
        if (member.has("maximum")) {
            values.add(JSON.valueToTree(member.path("maximum").asInt() + 1));
        }
        if (member.has("minimum")) {
            values.add(JSON.valueToTree(member.path("minimum").asInt() - 1));
        }
        if (member.has("maxLength")) {
            values.add(JSON.valueToTree("x".repeat(member.path("maxLength").asInt() + 1)));
        }
        if (member.has("minLength")) {
            values.add(JSON.valueToTree("x".repeat(member.path("minLength").asInt() - 1)));
        }
        return values;
    }

    private Answer send(Operation operation, String body) {
        return owner.send(operation.method(), address(operation), operation.contentType(), body);
    }

    private String address(Operation operation) {
        String address = operation.path();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            address = address.replace("{" + id.getKey() + "}", id.getValue());
        }
        return address;
    }

    private void check(Operation operation, String what, Answer answer, int status, String code, String mentioned) {
        boolean good = answer.status() == status
                && answer.text("code").equals(code)
                && !answer.text("requestId").isEmpty()
                && (answer.text("detail") + answer.json().path("fields")).contains(mentioned);
        if (!good) {
            faults.add(operation.id() + ", " + what + ": " + answer.status() + " " + answer.body());
        }
    }

    private String made(String kind, String path, Object body) {
        String id = owner.post(path, body).expect(201).text("id");
        ids.put(kind, id);
        return id;
    }
}
