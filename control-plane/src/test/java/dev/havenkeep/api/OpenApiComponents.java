package dev.havenkeep.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What all operations of the API document refer to. */
final class OpenApiComponents {

    private final JsonMapper json;

    OpenApiComponents(JsonMapper json) {
        this.json = json;
    }

    /** The schema of a problem. */
    ObjectNode problem() {
        ObjectNode schema = json.createObjectNode()
                .put("type", "object")
                .put("description", "What went wrong (RFC 9457). Further members depend on the code.");
        ObjectNode properties = schema.putObject("properties");
        text(properties, "type", "The code as a URI.").put("format", "uri");
        text(properties, "title", "A short sentence that is the same for every occurrence.");
        properties
                .putObject("status")
                .put("type", "integer")
                .put("format", "int32")
                .put("description", "The HTTP status.");
        text(properties, "detail", "What happened this time and what to do about it.");
        text(properties, "code", "Stable and machine-readable. There may be new ones; `status` says what kind it is.");
        text(properties, "requestId", "What to name when asking about it; also in `X-Request-ID`.");
        ObjectNode fields = properties.putObject("fields").put("type", "array");
        fields.put("description", "The input fields at fault, if any.");
        fields.putObject("items").put("$ref", "#/components/schemas/ProblemField");
        ArrayNode required = schema.putArray("required");
        List.of("type", "title", "status", "detail", "code", "requestId").forEach(required::add);
        schema.put("additionalProperties", true);
        return schema;
    }

    private static ObjectNode text(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }

    /** The answers that every operation may give when it does not do what it is asked. */
    ObjectNode problems() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("Malformed", "The request could not be read.");
        meanings.put("Unauthenticated", "Nobody is signed in, or the credentials are not valid.");
        meanings.put("Forbidden", "The caller may see the thing but not do this to it.");
        meanings.put("NotFound", "There is no such thing, or the caller may not know of it.");
        meanings.put("Conflict", "The request conflicts with what is there.");
        meanings.put("PreconditionFailed", "It has changed since it was read.");
        meanings.put("PreconditionRequired", "If-Match is missing.");
        meanings.put("BodyTooLarge", "The body is larger than is accepted.");
        meanings.put("UnsupportedMediaType", "The body is in another form than the one that is accepted.");
        meanings.put("Invalid", "Some values are not accepted; `fields` names them.");
        meanings.put("TooManyRequests", "Too many requests; `Retry-After` says when to come back.");
        meanings.put("Problem", "Anything else that went wrong.");
        ObjectNode responses = json.createObjectNode();
        meanings.forEach((name, meaning) -> responses
                .putObject(name)
                .put("description", meaning)
                .putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem"));
        ((ObjectNode) responses.get("TooManyRequests"))
                .putObject("headers")
                .putObject("Retry-After")
                .put("$ref", "#/components/headers/RetryAfter");
        return responses;
    }

    /** The headers of answers. */
    ObjectNode headers() {
        ObjectNode headers = json.createObjectNode();
        headers.putObject("RetryAfter")
                .put("description", "After how many seconds to come back.")
                .putObject("schema")
                .put("type", "integer");
        return headers;
    }

    /** How a caller says who they are. */
    ObjectNode securitySchemes() {
        ObjectNode schemes = json.createObjectNode();
        schemes.putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API token, made by `POST /api/v1/teams/{team}/tokens`.");
        schemes.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "haven_session")
                .put(
                        "description",
                        "A browser's session, made by `POST /api/v1/session`; mutations need `X-CSRF-Token` as well.");
        schemes.putObject("csrf")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-CSRF-Token")
                .put("description", "The `csrfToken` that signing in answered.");
        return schemes;
    }
}
