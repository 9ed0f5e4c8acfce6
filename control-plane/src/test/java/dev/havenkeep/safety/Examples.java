package dev.havenkeep.safety;

import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.servers.Servers;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Certificates;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.People;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A good request for each operation that takes a body, so that one text in it can be exchanged for a bad one. */
final class Examples {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNode DOCUMENT = ApiField.document();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final String APPLICATION = """
            {"name": "app-{unique}", "serverId": "{server}", "port": 3000, "releaseCommand": ["true", "x"],
             "command": ["node", "x"], "volumes": [{"name": "data", "mountPath": "/data", "readOnly": false}], "strategy": "rolling",
             "resources": {"cpus": 1, "memoryBytes": 100000000}, "replicas": 1, "keptReleases": 5, "drainSeconds": 1,
             "stopGraceSeconds": 1, """;
    private static final String GIT = APPLICATION + """
             "healthCheck": {"path": "/", "intervalSeconds": 5, "timeoutSeconds": 5, "startPeriodSeconds": 5, "retries": 3},
             "source": {"kind": "git", "url": "https://127.0.0.1:9/x.git", "branch": "main", "credentialId": "{credential}",
                "dockerfile": "Dockerfile", "contextDir": "."}}""";
    private static final String IMAGE = APPLICATION + """
             "healthCheck": {"command": ["true", "x"]},
             "source": {"kind": "image", "image": "nginx:1", "username": "u", "password": "p"}}""";
    private static final String DOMAIN = """
            {"host": "h{unique}.example.com", "pathPrefix": "/p{unique}", "stripPrefix": false, "certificate": "none",
             "redirectTo": null, "forceHttps": false, "requestHeaders": {"x-a": "b"}, "responseHeaders": {"x-a": "b"},
             "accessPolicy": {"kind": "ip-allowlist", "networks": ["10.0.0.0/8"]}, "compression": true}""";
    private static final String VARIABLE = """
            {"name": "V_{unique}", "value": "v", "kind": "plain", "availability": "both"}""";
    private static final String GRANTS = """
            [{"role": "viewer", "scope": {"projectId": "{project}", "environmentId": "{environment}"}}]""";
    private static final String SERVER = """
            {"name": "s-{unique}", "kind": "ssh", "host": "127.0.0.1", "port": 9, "user": "root", "privateKey": null,
             "hostKey": null}""";

    private static final String CONNECTION = """
            {"name": "k{unique}", "kind": "KIND", "label": "L", "enabled": true, "clientId": "c", "secret": "s", "scopes": ["email"], """;
    private static final String OIDC = CONNECTION.replace("KIND", "oidc") + """
            "issuer": "https://op.example.com", "trustedDomains": ["example.com"]}""";
    private static final String MICROSOFT = CONNECTION.replace("KIND", "microsoft") + """
            "tenant": "common", "trustedTenants": ["x"]}""";
    private static final String APPLE = CONNECTION.replace("KIND", "apple") + """
            "teamId": "T", "keyId": "K"}""";
    private static final String GOOGLE = CONNECTION.replace("KIND", "google") + """
            "hostedDomain": "example.com"}""";

    /** By operation; the first that has the field is used. */
    private static final Map<String, List<String>> BODIES = Map.ofEntries(
            Map.entry("createApplication", List.of(GIT, IMAGE)),
            Map.entry("updateApplication", List.of(GIT, IMAGE)),
            Map.entry("createDeployment", List.of("""
                    {"commit": "abcdef1", "reason": "x", "build": "auto"}""", """
                    {"releaseId": null}""")),
            Map.entry("createDomain", List.of(DOMAIN)),
            Map.entry("updateDomain", List.of(DOMAIN)),
            Map.entry("uploadDomainCertificate", List.of("""
                    {"certificatePem": "{certificate}", "privateKeyPem": "x"}""")),
            Map.entry("createVariable", List.of(VARIABLE)),
            Map.entry("replaceVariable", List.of(VARIABLE)),
            Map.entry("replaceVariables", List.of("{\"items\": [" + VARIABLE + "]}")),
            Map.entry("acceptInvitation", List.of("""
                    {"token": "{invitation}", "name": "N", "password": "correct horse battery staple"}""")),
            Map.entry("previewInvitation", List.of("{\"token\": \"x\"}")),
            Map.entry(
                    "createInvitation",
                    List.of("{\"email\": \"p{unique}@example.com\", \"role\": \"viewer\", \"grants\": " + GRANTS
                            + "}")),
            Map.entry("updateMember", List.of("{\"role\": \"viewer\", \"grants\": " + GRANTS + "}")),
            Map.entry("completeSetup", List.of("""
                    {"token": "{setup}", "email": "o@example.com", "name": "O", "password": "short", "teamName": "T"}""")),
            Map.entry("signIn", List.of("{\"email\": \"nobody@example.com\", \"password\": \"not the one\"}")),
            Map.entry("updateProfile", List.of("{\"name\": \"N\"}")),
            Map.entry("changePassword", List.of("{\"current\": \"not the one\", \"new\": \"a new one that is long\"}")),
            Map.entry("createTeam", List.of("{\"name\": \"T\"}")),
            Map.entry("updateTeam", List.of("{\"name\": \"T\"}")),
            Map.entry("createProject", List.of("{\"name\": \"P {unique}\", \"description\": \"D\"}")),
            Map.entry("updateProject", List.of("{\"name\": \"P {unique}\", \"description\": \"D\"}")),
            Map.entry("createEnvironment", List.of("{\"name\": \"e-{unique}\"}")),
            Map.entry("updateEnvironment", List.of("{\"name\": \"e-{unique}\"}")),
            Map.entry("createGitCredential", List.of("""
                    {"name": "C {unique}", "kind": "token", "username": "u", "secret": "s"}""")),
            Map.entry("checkGitRepository", List.of("""
                    {"url": "https://127.0.0.1:9/x.git", "credentialId": null}""")),
            Map.entry("createServer", List.of(SERVER)),
            Map.entry("updateServer", List.of(SERVER.replace("\"kind\": \"ssh\", ", ""))),
            Map.entry("createRealm", List.of("""
                    {"name": "r{unique}", "displayName": "R", "host": "a{unique}.example.com"}""", """
                    {"name": "r{unique}", "database": {"url": "jdbc:postgresql://127.0.0.1:1/x", "user": "u", "password": "p"}}""")),
            Map.entry("updateRealm", List.of("""
                    {"displayName": "R", "host": "b{unique}.example.com", "language": "en", "algorithm": "ES256",
                     "passwords": {"shortest": 12},
                     "lifetimes": {"accessToken": 900, "refreshToken": 86400, "session": 43200, "sessionIdle": 7200,
                        "remembered": 2592000},
                     "signUp": {"mode": "domains", "domains": ["example.com"]},
                     "branding": {"logoUrl": "https://example.com/l.png", "primaryColour": "#2f6f4f", "headline": "H",
                        "footer": "F", "termsUrl": "https://example.com/t", "privacyUrl": "https://example.com/p"}}""")),
            Map.entry("createClient", List.of("""
                    {"name": "C", "kind": "web", "clientId": "c{unique}", "redirectUris": ["https://example.com/cb"]}""")),
            Map.entry("updateClient", List.of("""
                    {"name": "C", "redirectUris": ["https://example.com/cb"], "afterLogoutUris": ["https://example.com/"],
                     "backChannelLogoutUri": "https://example.com/out", "scopes": ["email"], "keys": "{}",
                     "keysUrl": "https://example.com/jwks", "certificateSubject": "CN=x", "connections": ["google"],
                     "logoUrl": "https://example.com/l.png", "grants": ["authorization_code"], "consent": false,
                     "pkce": true, "pushed": false, "proofs": ["client_secret_basic"], "algorithm": "ES256",
                     "tokenFormat": "jwt", "accessSeconds": 900, "refreshSeconds": 900, "bound": false}""")),
            Map.entry("createConnection", List.of(OIDC, MICROSOFT, APPLE, GOOGLE)),
            Map.entry(
                    "updateConnection",
                    List.of(
                            changed(OIDC, "oidc"),
                            changed(MICROSOFT, "microsoft"),
                            changed(APPLE, "apple"),
                            changed(GOOGLE, "google"))),
            Map.entry("rotateSigningKey", List.of("""
                    {"algorithm": "ES256"}""")),
            Map.entry("createUser", List.of("""
                    {"email": "u{unique}@example.com", "emailVerified": true, "name": "U", "password": "seven quiet otters"}""")),
            Map.entry("updateUser", List.of("""
                    {"email": "v{unique}@example.com", "emailVerified": true, "name": "U", "blocked": false}""")),
            Map.entry("setUserPassword", List.of("""
                    {"password": "eight quiet otters"}""")),
            Map.entry("createToken", List.of("""
                    {"name": "t", "permissions": ["projects:read"], "projectIds": ["{project}"], "expiresAt": null,
                     "allowedNetworks": ["10.0.0.0/8"], "readOnly": false}""")));

    private Client api;
    private final Map<String, String> ids = new HashMap<>();
    private final People people;

    Examples(Havenkeep haven) {
        people = People.of(haven);
        api = people.owner().client();
        String team = people.team();
        ids.put("team", team);
        ids.put(
                "server",
                haven.bean(Servers.class).createLocal(new TeamId(team)).id().value());
        // As a string of JSON has it.
        ids.put(
                "certificate",
                Certificates.selfSigned("h.example.com").certificate().replace("\n", "\\n"));
        ids.put("credential", made("createGitCredential"));
        ids.put("project", made("createProject"));
        ids.put("environment", made("createEnvironment"));
        ids.put("application", made("createApplication"));
        ids.put("image application", made("createApplication", 1));
        ids.put("domain", made("createDomain"));
        ids.put("ssh server", made("createServer"));
        people.join("viewer");
        ids.put(
                "member",
                api.get("/api/v1/teams/" + team + "/members").expect(200).text("/items/1/id"));
        ids.put("deployment", made("createDeployment"));
        ids.put("token", made("createToken"));
        ids.put("invitation", made("createInvitation"));
        ids.put("session", api.get("/api/v1/sessions").expect(200).text("/items/0/id"));
        ids.put(
                "variable",
                api.post(address("createVariable"), body("createVariable", 0))
                        .expect(201)
                        .text("id"));
        ids.put("realm", made("createRealm"));
        ids.put("client", made("createClient"));
        ids.put("connection", made("createConnection", 0));
        ids.put("microsoft connection", made("createConnection", 1));
        ids.put("apple connection", made("createConnection", 2));
        ids.put("google connection", made("createConnection", 3));
        ids.put("user", made("createUser"));
        ids.put("release", "0192aaaa-0000-7000-8000-00000000cafe");
    }

    /** The change that says everything that making it says, but for what never changes. */
    private static String changed(String connection, String kind) {
        return connection.replace("\"name\": \"k{unique}\", \"kind\": \"" + kind + "\", ", "");
    }

    Client api() {
        return api;
    }

    /** After something that may have ended the owner's session. */
    void signInAgain() {
        api = people.owner().client();
    }

    String id(String what) {
        return Objects.requireNonNull(ids.get(what), what);
    }

    /** Where to send a field's request to, and what; the body is absent for a parameter. */
    record Request(String address, @Nullable ObjectNode body, Map<String, String> headers) {}

    /** A good request that has this field. */
    Request with(ApiField field) {
        int variant = field.inBody() ? variant(field) : 0;
        ObjectNode body = field.inBody() ? body(field.operation(), variant) : null;
        Map<String, String> own = fresh(field, variant, body);
        String address = field.address();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            address = address.replace("{" + id.getKey() + "}", own.getOrDefault(id.getKey(), id.getValue()));
        }
        Map<String, String> headers = field.method().equals("PATCH") && field.inBody()
                ? Map.of("If-Match", Objects.requireNonNullElse(etag(address), "*"))
                : Map.of();
        return new Request(address, body, headers);
    }

    /** Which body of its operation has the field; -1 when none has. */
    static int variant(ApiField field) {
        List<String> bodies = BODIES.getOrDefault(field.operation(), List.of());
        for (int i = 0; i < bodies.size(); i++) {
            if (has(JSON.readTree(bodies.get(i)), field.name())) {
                return i;
            }
        }
        return -1;
    }

    /** What a request needs that it uses up. */
    private Map<String, String> fresh(ApiField field, int variant, @Nullable ObjectNode body) {
        return switch (field.operation()) {
            case "updateApplication" -> Map.of("application", id(variant == 0 ? "application" : "image application"));
            case "deleteApplication" ->
                Map.of("application", field.in().equals("path") ? "x" : made("createApplication"));
            case "updateConnection" ->
                Map.of(
                        "connection",
                        id(List.of("connection", "microsoft connection", "apple connection", "google connection")
                                .get(Math.max(0, variant))));
            case "updateServer" -> Map.of("server", id("ssh server"));
            case "createVariable" -> {
                api.put(variables(), "{\"items\": []}").expect(200);
                yield Map.of();
            }
            case "replaceVariable" -> Map.of("variable", field.inBody() ? variable() : "x");
            case "acceptInvitation" -> {
                if (body != null && !field.name().equals("token")) {
                    String link = api.post(address("createInvitation"), body("createInvitation", 0))
                            .expect(201)
                            .text("link");
                    body.put("token", link.substring(link.indexOf('#') + 1));
                }
                yield Map.of();
            }
            default -> Map.of();
        };
    }

    private String variables() {
        return "/api/v1/applications/" + id("application") + "/variables";
    }

    private String variable() {
        return api.put(variables(), "{\"items\": [" + filled(VARIABLE) + "]}")
                .expect(200)
                .text("/items/0/id");
    }

    private @Nullable String etag(String address) {
        Answer answer = api.get(address);
        return answer.headers().firstValue("ETag").orElse(null);
    }

    private String made(String operation) {
        return made(operation, 0);
    }

    private String made(String operation, int variant) {
        Answer answer = api.post(address(operation), body(operation, variant));
        return answer.expect(answer.status() == 202 ? 202 : 201).text("id");
    }

    private String address(String operation) {
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (method.getValue().path("operationId").asString("").equals(operation)) {
                    return filled(path.getKey());
                }
            }
        }
        throw new IllegalStateException(operation);
    }

    private ObjectNode body(String operation, int variant) {
        return (ObjectNode) JSON.readTree(
                filled(Objects.requireNonNull(BODIES.get(operation)).get(variant)));
    }

    private String filled(String text) {
        String result = text.replace("{unique}", Integer.toString(NUMBER.incrementAndGet()));
        for (Map.Entry<String, String> id : ids.entrySet()) {
            result = result.replace("{" + id.getKey() + "}", id.getValue());
        }
        return result;
    }

    /** Bodies before there is anybody: of the operation that sets the installation up. */
    static ObjectNode setup(String token) {
        return (ObjectNode) JSON.readTree(
                Objects.requireNonNull(BODIES.get("completeSetup")).getFirst().replace("{setup}", token));
    }

    private static boolean has(JsonNode body, String name) {
        return !body.at(pointer(body, name)).isMissingNode();
    }

    /** Exchanges the text of a field: the last element of a list, the first member of a map. */
    static void set(ObjectNode body, String name, String text) {
        String pointer = pointer(body, name);
        int slash = pointer.lastIndexOf('/');
        String last = pointer.substring(slash + 1);
        switch (body.at(pointer.substring(0, slash))) {
            case ArrayNode array -> array.set(Integer.parseInt(last), array.stringNode(text));
            case ObjectNode object
            when name.endsWith("{name}") -> {
                JsonNode value = object.get(last);
                object.remove(last);
                object.set(text, value);
            }
            case ObjectNode object -> object.put(last, text);
            default -> throw new IllegalStateException(name);
        }
    }

    /** A field's text in an answer; absent when it is not there. */
    static @Nullable String get(JsonNode answer, String name) {
        JsonNode node = answer.at(pointer(answer, name));
        if (name.endsWith("{name}")) {
            String pointer = pointer(answer, name);
            return node.isMissingNode() ? null : pointer.substring(pointer.lastIndexOf('/') + 1);
        }
        return node.isString() ? node.asString() : null;
    }

    private static String pointer(JsonNode body, String name) {
        StringBuilder pointer = new StringBuilder();
        for (String part : name.split("\\.")) {
            String member = part.replace("[]", "");
            if (member.equals("*") || member.equals("{name}")) {
                JsonNode map = body.at(pointer.toString());
                member = map.propertyNames().stream().findFirst().orElse("none");
            }
            pointer.append('/').append(member.replace("~", "~0").replace("/", "~1"));
            if (part.endsWith("[]")) {
                int size = body.at(pointer.toString()).size();
                pointer.append('/').append(Math.max(0, size - 1));
            }
        }
        return pointer.toString();
    }
}
