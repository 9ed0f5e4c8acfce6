package dev.havenkeep.api;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.web.Answers;
import dev.havenkeep.web.EventStream;
import dev.havenkeep.web.Sends;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document of the controllers: their mappings and types by reflection, their words and answers from the
 * source code, who may use them from the authorization table.
 */
final class OpenApiDocument {

    /** Its operations are found under this name, and what it is about. In this order. */
    private static final Map<String, String> TAGS = tags();

    /** Controllers whose operations are not found under their feature's name. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "SetupController", "installation",
            "SessionController", "account",
            "EventController", "events",
            "TokensController", "tokens",
            "RealmController", "realms",
            "ClientController", "realms",
            "ConnectionController", "realms",
            "RealmUserController", "realms");

    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "PATCH");
    private static final Map<String, String> PATH_VARIABLES = Map.ofEntries(
            Map.entry("team", "The team's id."),
            Map.entry("project", "The project's id."),
            Map.entry("realm", "The realm's id."),
            Map.entry("client", "The client's id."),
            Map.entry("connection", "The connection's id."),
            Map.entry("user", "The user's id."),
            Map.entry("environment", "The environment's id."),
            Map.entry("application", "The application's id."),
            Map.entry("deployment", "The deployment's id."),
            Map.entry("release", "The release's id."),
            Map.entry("domain", "The domain's id."),
            Map.entry("variable", "The variable's id."),
            Map.entry("server", "The server's id."),
            Map.entry("token", "The API token's id."),
            Map.entry("invitation", "The invitation's id."),
            Map.entry("member", "The membership's id."),
            Map.entry("session", "The session's id."),
            Map.entry("credential", "The git credential's id."));
    private static final Map<String, String> QUERY_PARAMETERS = Map.of(
            "limit", "How many items at most, 1 to 200; 50 when absent.",
            "cursor", "Where to go on: the nextCursor of the page before.",
            "lastEventId", "Where to go on, for a client that cannot send Last-Event-ID.");
    private static final String INTRODUCTION = """
            Deploys applications from git and from images to your own servers, with domains, certificates and logs.

            **Credentials.** A browser signs in with `POST /api/v1/session` and sends the cookie, and `X-CSRF-Token` with
            each mutation. Everything else sends an API token: `Authorization: Bearer hkt_…`.

            **Problems** are `application/problem+json` (RFC 9457). `code` is stable and meant for programs; `detail` says
            what was wrong and what to do; `requestId` is what to name when asking about it.

            **Safe repetition.** Send `Idempotency-Key` with a mutation and repeat it freely for 24 hours: the first
            answer comes again, marked `Idempotency-Replayed: true`, and nothing happens twice.

            **Updates** of versioned things need `If-Match` with the `ETag` that was read. A PATCH body is a JSON merge
            patch (RFC 7396): what is absent stays, null clears.

            **Lists** give a page of `items` and, unless it is the last, a `nextCursor` for the next.

            **Streams** are server-sent events; a client that comes back with `Last-Event-ID` goes on where it was.

            **Limits.** Each answer says in `RateLimit` what is left; 429 says in `Retry-After` when to come back.

            **Values.** Ids are UUIDs. Instants are RFC 3339 in UTC with milliseconds, durations whole seconds in members
            named `…Seconds`, sizes bytes in members named `…Bytes`.
            """;

    /** Bodies that are accepted as they are, by operation. */
    static final JsonNode EXAMPLES = examples();

    private final RequestMappingHandlerMapping mappings;
    private final AuthorizationTable table;
    private final JsonMapper json;
    private final SourceCode source = new SourceCode();
    private final Schemas schemas;
    private final Map<String, String> operationIds = new TreeMap<>();

    OpenApiDocument(RequestMappingHandlerMapping mappings, AuthorizationTable table, JsonMapper json) {
        this.mappings = mappings;
        this.table = table;
        this.json = json;
        this.schemas = new Schemas(json, source);
    }

    ObjectNode render() {
        ObjectNode document = json.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Havenkeep")
                .put("version", "1")
                .put("summary", "A platform on your own servers.")
                .put("description", INTRODUCTION.strip());
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        Map<String, Map<String, HandlerMethod>> endpoints = endpoints();
        Set<String> used = new TreeSet<>();
        endpoints.forEach((path, methods) -> {
            ObjectNode item = paths.putObject(path);
            for (String method : METHODS) {
                HandlerMethod handler = methods.get(method);
                if (handler != null) {
                    item.set(method.toLowerCase(Locale.ROOT), operation(method, path, handler));
                    used.add(tag(handler));
                }
            }
        });
        schemas.of(json.constructType(Problem.Field.class));
        ObjectNode components = document.putObject("components");
        ObjectNode named = components.putObject("schemas");
        Map<String, ObjectNode> all = new TreeMap<>(schemas.named());
        OpenApiComponents shared = new OpenApiComponents(json);
        all.put("Problem", shared.problem());
        all.forEach(named::set);
        components.set("responses", shared.problems());
        components.set("headers", shared.headers());
        components.set("securitySchemes", shared.securitySchemes());
        ArrayNode listed = document.putArray("tags");
        TAGS.forEach((tag, about) -> {
            if (used.remove(tag)) {
                listed.addObject().put("name", tag).put("description", about);
            }
        });
        if (!used.isEmpty()) {
            throw new IllegalStateException("What are these tags about? " + used);
        }
        return document;
    }

    private static JsonNode examples() {
        try (InputStream file = OpenApiDocument.class.getResourceAsStream("/openapi/examples.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(file, "openapi/examples.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("projects", "Projects and their environments, in which applications live.");
        tags.put("applications", "What is run: its source, configuration and variables.");
        tags.put("deployments", "Making releases live, watching how it goes, and going back; what containers print.");
        tags.put("domains", "The names that applications answer to, with certificates and who may come through.");
        tags.put("git", "Credentials for private repositories, and the check of a repository.");
        tags.put("servers", "The machines that applications run on.");
        tags.put("teams", "Teams, their members and invitations.");
        tags.put("tokens", "API tokens, for programs.");
        tags.put("realms", "Realms of people who sign in to applications: settings, clients, users, keys, events.");
        tags.put("audit", "Who did what, when and from where.");
        tags.put("events", "What changes, as it changes.");
        tags.put("account", "Signing in and out, and one's own account.");
        tags.put("installation", "The first set-up, health and metrics.");
        return tags;
    }

    private Map<String, Map<String, HandlerMethod>> endpoints() {
        Map<String, Map<String, HandlerMethod>> endpoints = new TreeMap<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> mapping :
                mappings.getHandlerMethods().entrySet()) {
            for (String path : mapping.getKey().getPatternValues()) {
                mapping.getKey()
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method -> endpoints
                                .computeIfAbsent(path, unknown -> new LinkedHashMap<>())
                                .put(method.name(), mapping.getValue()));
            }
        }
        return endpoints;
    }

    private ObjectNode operation(String httpMethod, String path, HandlerMethod handler) {
        Method method = handler.getMethod();
        SourceCode.Doc doc = source.of(method);
        String id = method.getName();
        String other = operationIds.put(id, httpMethod + " " + path);
        if (other != null) {
            throw new IllegalStateException("Two operations are named " + id + ": " + other + " and " + httpMethod + " "
                    + path + ". The name of a controller's method is the operationId of the whole API.");
        }
        Rule rule =
                table.rule(new AuthorizationTable.Endpoint(httpMethod, path)).orElseThrow();
        ObjectNode operation = json.createObjectNode();
        operation.putArray("tags").add(tag(handler));
        operation.put("operationId", id);
        operation.put("summary", doc.text().isEmpty() ? words(id) : doc.summary());
        if (doc.text().length() > doc.summary().length() + 1) {
            operation.put(
                    "description", doc.text().substring(doc.summary().length()).replaceFirst("^[.;:]\\s*", ""));
        }
        security(operation, httpMethod, rule);
        boolean versioned = parameters(operation, httpMethod, method, doc);
        boolean hasBody = requestBody(operation, httpMethod, method);
        responses(operation, httpMethod, path, method, rule, versioned, hasBody);
        return operation;
    }

    private static String tag(HandlerMethod handler) {
        String module = handler.getBeanType().getPackageName();
        String name = module.substring("dev.havenkeep.".length()).split("\\.", 2)[0];
        return ELSEWHERE.getOrDefault(
                handler.getBeanType().getSimpleName(),
                switch (name) {
                    case "api" -> "installation";
                    case "identity" -> "account";
                    case "edge" -> "domains";
                    case "engine" -> "servers";
                    case "sources" -> "git";
                    default -> name;
                });
    }

    private void security(ObjectNode operation, String httpMethod, Rule rule) {
        ArrayNode security = operation.putArray("security");
        switch (rule) {
            case Rule.Public() -> operation.put("x-permission", "public");
            case Rule.LocalOrSignedIn() -> {
                either(security, httpMethod);
                security.addObject();
                operation.put("x-permission", "local-or-signed-in");
            }
            case Rule.SignedIn() -> {
                either(security, httpMethod);
                operation.put("x-permission", "signed-in");
            }
            case Rule.Person() -> {
                session(security, httpMethod);
                operation.put("x-permission", "person");
            }
            case Rule.Insider() -> {
                session(security, httpMethod);
                operation.put("x-permission", "team-member");
            }
            case Rule.Holds holds -> {
                either(security, httpMethod);
                operation.put("x-permission", holds.permission().text());
            }
        }
    }

    private static void either(ArrayNode security, String httpMethod) {
        security.addObject().putArray("token");
        session(security, httpMethod);
    }

    private static void session(ArrayNode security, String httpMethod) {
        ObjectNode both = security.addObject();
        both.putArray("session");
        if (!httpMethod.equals("GET")) {
            both.putArray("csrf");
        }
    }

    /** Adds the parameters; answers whether there is an {@code If-Match}. */
    private boolean parameters(ObjectNode operation, String httpMethod, Method method, SourceCode.Doc doc) {
        ArrayNode parameters = json.createArrayNode();
        boolean versioned = false;
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getType() == EventStream.class) {
                add(
                        parameters,
                        "header",
                        "Last-Event-ID",
                        false,
                        "The id of the last event that was seen.",
                        String.class);
                add(parameters, "query", "lastEventId", false, QUERY_PARAMETERS.get("lastEventId"), String.class);
                continue;
            }
            PathVariable variable = parameter.getAnnotation(PathVariable.class);
            RequestParam query = parameter.getAnnotation(RequestParam.class);
            RequestHeader header = parameter.getAnnotation(RequestHeader.class);
            if (variable != null) {
                String name = named(variable.value(), variable.name(), parameter);
                ObjectNode added = add(
                        parameters,
                        "path",
                        name,
                        true,
                        doc.parameters().getOrDefault(parameter.getName(), PATH_VARIABLES.get(name)),
                        parameter.getParameterizedType());
                ((ObjectNode) added.get("schema")).remove("description");
                if (parameter.getType() == String.class) {
                    ((ObjectNode) added.get("schema")).put("format", "uuid");
                }
            } else if (query != null) {
                String name = named(query.value(), query.name(), parameter);
                add(
                        parameters,
                        "query",
                        name,
                        query.required()
                                && query.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                                && !nullable(parameter),
                        doc.parameters().getOrDefault(parameter.getName(), QUERY_PARAMETERS.get(name)),
                        parameter.getParameterizedType());
            } else if (header != null) {
                String name = named(header.value(), header.name(), parameter);
                boolean ifMatch = name.equalsIgnoreCase(HttpHeaders.IF_MATCH);
                versioned |= ifMatch;
                add(
                        parameters,
                        "header",
                        name,
                        ifMatch || (header.required() && !nullable(parameter)),
                        ifMatch ? "The ETag of the version that the change was made for." : null,
                        parameter.getParameterizedType());
            }
        }
        if (!httpMethod.equals("GET")) {
            add(
                    parameters,
                    "header",
                    "Idempotency-Key",
                    false,
                    "Makes the request safe to repeat for 24 hours; a UUID, for example.",
                    String.class);
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        return versioned;
    }

    private static boolean nullable(Parameter parameter) {
        return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String named(String value, String name, Parameter parameter) {
        return !value.isEmpty() ? value : !name.isEmpty() ? name : parameter.getName();
    }

    private ObjectNode add(
            ArrayNode parameters,
            String in,
            String name,
            boolean required,
            @Nullable String description,
            java.lang.reflect.Type type) {
        ObjectNode parameter =
                parameters.addObject().put("name", name).put("in", in).put("required", required);
        if (description != null && !description.isEmpty()) {
            parameter.put("description", Schemas.sentence(description));
        }
        parameter.set("schema", schemas.of(json.constructType(type)));
        return parameter;
    }

    private boolean requestBody(ObjectNode operation, String httpMethod, Method method) {
        for (Parameter parameter : method.getParameters()) {
            RequestBody body = parameter.getAnnotation(RequestBody.class);
            if (body == null) {
                continue;
            }
            JavaType type = json.constructType(parameter.getParameterizedType());
            ObjectNode schema = JsonNode.class.isAssignableFrom(type.getRawClass())
                    ? schemas.mergePatchOf(patched(method))
                    : schemas.of(type);
            ObjectNode content = operation
                    .putObject("requestBody")
                    .put("required", body.required() && !nullable(parameter))
                    .putObject("content")
                    .putObject(httpMethod.equals("PATCH") ? "application/merge-patch+json" : "application/json");
            content.set("schema", schema);
            JsonNode example = EXAMPLES.path(method.getName());
            if (!example.isMissingNode()) {
                content.set("example", example);
            }
            return true;
        }
        return false;
    }

    /** A controller that merges JSON itself names the type of the result in its method. */
    private JavaType patched(Method method) {
        for (String literal : source.classLiteralsIn(method)) {
            String name = literal.replace(".class", "");
            try {
                return json.constructType(
                        Class.forName(method.getDeclaringClass().getPackageName() + "." + name.replace('.', '$')));
            } catch (ClassNotFoundException _) {
                // A type of another package: not what is patched.
            }
        }
        throw new IllegalStateException("What " + method + " reads cannot be told from its source");
    }

    private void responses(
            ObjectNode operation,
            String httpMethod,
            String path,
            Method method,
            Rule rule,
            boolean versioned,
            boolean hasBody) {
        ObjectNode responses = operation.putObject("responses");
        JavaType answered = json.constructType(method.getGenericReturnType());
        if (answered.getRawClass() == ResponseEntity.class) {
            answered = answered.containedTypeOrUnknown(0);
        }
        boolean streams = Arrays.asList(method.getParameterTypes()).contains(EventStream.class);
        Map<Integer, JavaType> declared = declaredAnswers(method);
        if (answered.getRawClass() == Object.class && declared.isEmpty()) {
            throw new IllegalStateException(method + " answers anything: say what with @Answers");
        }
        for (int status : declared.isEmpty() ? statuses(method) : declared.keySet()) {
            JavaType answer = declared.getOrDefault(status, answered);
            ObjectNode response = responses.putObject(String.valueOf(status)).put("description", meaning(status));
            if (status == 201 || status == 202) {
                header(
                        response,
                        "Location",
                        status == 201 ? "Where the new thing is." : "Where to see how it goes on.");
            }
            if (versioned || builds(method, "eTag")) {
                header(response, "ETag", "The version, for If-Match.");
            }
            String type = producedType(method, streams, answer);
            if (status != 204 && type != null) {
                ObjectNode content = response.putObject("content").putObject(type);
                content.set(
                        "schema",
                        streams
                                ? event(method)
                                : type.equals("application/json")
                                        ? schemas.of(answer)
                                        : json.createObjectNode().put("type", "string"));
            }
        }
        if (hasBody || method.getParameterCount() > 0) {
            responses.putObject("400").put("$ref", "#/components/responses/Malformed");
        }
        if (!(rule instanceof Rule.Public)) {
            responses.putObject("401").put("$ref", "#/components/responses/Unauthenticated");
            responses.putObject("403").put("$ref", "#/components/responses/Forbidden");
        }
        if (path.contains("{") || (rule instanceof Rule.Holds holds && holds.queryParameter() != null)) {
            responses.putObject("404").put("$ref", "#/components/responses/NotFound");
        }
        if (!httpMethod.equals("GET")) {
            responses.putObject("409").put("$ref", "#/components/responses/Conflict");
        }
        if (versioned) {
            responses.putObject("412").put("$ref", "#/components/responses/PreconditionFailed");
            responses.putObject("428").put("$ref", "#/components/responses/PreconditionRequired");
        }
        if (hasBody) {
            responses.putObject("413").put("$ref", "#/components/responses/BodyTooLarge");
            responses.putObject("415").put("$ref", "#/components/responses/UnsupportedMediaType");
        }
        if (hasBody || method.getParameterCount() > 0) {
            responses.putObject("422").put("$ref", "#/components/responses/Invalid");
        }
        responses.putObject("429").put("$ref", "#/components/responses/TooManyRequests");
        responses.putObject("default").put("$ref", "#/components/responses/Problem");
    }

    /** One event of a stream, as the events of its text are read. */
    private ObjectNode event(Method method) {
        Map<String, ObjectNode> events = new LinkedHashMap<>();
        for (Sends sent : method.getAnnotationsByType(Sends.class)) {
            events.put(sent.event(), schemas.of(json.constructType(sent.with())));
        }
        if (events.isEmpty()) {
            throw new IllegalStateException(method + " streams anything: say what with @Sends");
        }
        events.put("problem", json.createObjectNode().put("$ref", "#/components/schemas/Problem"));
        ObjectNode schema = json.createObjectNode()
                .put("description", "One event of the stream; `data` is JSON. After `problem` nothing follows.");
        ArrayNode oneOf = schema.putArray("oneOf");
        events.forEach((name, data) -> {
            ObjectNode event = oneOf.addObject().put("type", "object");
            ObjectNode members = event.putObject("properties");
            members.putObject("event").put("const", name);
            if (!name.equals("problem")) {
                members.putObject("id")
                        .put("type", "string")
                        .put("description", "What to send as `Last-Event-ID` to go on after it.");
            }
            members.set("data", data);
            event.putArray("required").add("event").add("data");
        });
        return schema;
    }

    private @Nullable String producedType(Method method, boolean streams, JavaType answered) {
        if (streams) {
            return "text/event-stream";
        }
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (mapping != null && mapping.produces().length > 0) {
            return mapping.produces()[0];
        }
        Class<?> raw = answered.getRawClass();
        if (raw == void.class || raw == Void.class) {
            boolean writes = Arrays.asList(method.getParameterTypes()).contains(HttpServletResponse.class)
                    && !Arrays.asList(method.getParameterTypes()).contains(HttpServletRequest.class);
            return writes ? "application/x-ndjson" : null;
        }
        return "application/json";
    }

    private Map<Integer, JavaType> declaredAnswers(Method method) {
        Map<Integer, JavaType> declared = new TreeMap<>();
        for (Answers answers : method.getAnnotationsByType(Answers.class)) {
            declared.put(answers.status(), json.constructType(answers.with()));
        }
        return declared;
    }

    private List<Integer> statuses(Method method) {
        ResponseStatus status = AnnotatedElementUtils.findMergedAnnotation(method, ResponseStatus.class);
        if (status != null) {
            return List.of(status.code().value());
        }
        Set<String> built = source.answersBuiltIn(method);
        List<Integer> statuses = new ArrayList<>();
        if (builds(built, "ok")) {
            statuses.add(200);
        }
        if (builds(built, "created")) {
            statuses.add(201);
        }
        if (builds(built, "accepted")) {
            statuses.add(202);
        }
        if (builds(built, "noContent")) {
            statuses.add(204);
        }
        return statuses.isEmpty() ? List.of(200) : statuses;
    }

    private boolean builds(Method method, String name) {
        return builds(source.answersBuiltIn(method), name);
    }

    private static boolean builds(Set<String> built, String name) {
        return built.contains(name);
    }

    private static void header(ObjectNode response, String name, String description) {
        ObjectNode headers =
                response.has("headers") ? (ObjectNode) response.get("headers") : response.putObject("headers");
        headers.putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", "string");
    }

    private static String meaning(int status) {
        return switch (status) {
            case 201 -> "Made.";
            case 202 -> "Accepted; it goes on by itself.";
            case 204 -> "Done.";
            case 503 -> "It cannot do its work now.";
            default -> "As asked.";
        };
    }

    /** {@code listProjects} as "List projects", for a method that nobody has described. */
    private static String words(String name) {
        String spaced = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
