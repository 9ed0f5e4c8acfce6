package dev.havenkeep.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What of a change of the API document breaks a client that was written for the one before: an operation, a success
 * status or a member of an answer that is gone, an input that is newly required, a type that is another, a choice that
 * a request no longer has.
 */
final class BreakingChanges {

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> found = new ArrayList<>();
    private final Set<String> compared = new TreeSet<>();

    private BreakingChanges(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    static List<String> between(JsonNode before, JsonNode after) {
        BreakingChanges changes = new BreakingChanges(before, after);
        before.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                    JsonNode now = after.path("paths").path(path.getKey()).path(operation.getKey());
                    if (now.isMissingNode()) {
                        changes.found.add(name + ": the operation is gone");
                    } else {
                        changes.operation(name, operation.getValue(), now);
                    }
                }));
        return changes.found;
    }

    private void operation(String name, JsonNode old, JsonNode now) {
        if (!old.path("operationId").equals(now.path("operationId"))) {
            found.add(name + ": the operationId is another");
        }
        for (JsonNode parameter : now.path("parameters")) {
            JsonNode known = parameter(old, parameter);
            if (parameter.path("required").asBoolean()
                    && !known.path("required").asBoolean()) {
                found.add(name + ": the parameter " + parameter.path("name").asString() + " is newly required");
            }
        }
        for (JsonNode parameter : old.path("parameters")) {
            if (parameter(now, parameter).isMissingNode()) {
                found.add(name + ": the parameter " + parameter.path("name").asString() + " is gone");
            }
        }
        old.path("requestBody").path("content").properties().forEach(content -> {
            JsonNode schema = now.path("requestBody")
                    .path("content")
                    .path(content.getKey())
                    .path("schema");
            schema(name + " request", content.getValue().path("schema"), schema, true);
        });
        if (now.path("requestBody").path("required").asBoolean()
                && !old.path("requestBody").path("required").asBoolean()) {
            found.add(name + ": a body is newly required");
        }
        old.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(
                        response -> answer(name, response, now.path("responses").path(response.getKey())));
    }

    private void answer(String name, Map.Entry<String, JsonNode> old, JsonNode now) {
        if (now.isMissingNode()) {
            found.add(name + ": the answer " + old.getKey() + " is gone");
            return;
        }
        old.getValue()
                .path("content")
                .properties()
                .forEach(content -> schema(
                        name + " answer",
                        content.getValue().path("schema"),
                        now.path("content").path(content.getKey()).path("schema"),
                        false));
    }

    private void schema(String place, JsonNode old, JsonNode now, boolean request) {
        if (old.has("$ref") && now.has("$ref") && !compared.add(old.path("$ref").asString() + request)) {
            return;
        }
        JsonNode was = resolve(before, old);
        JsonNode is = resolve(after, now);
        if (is.isMissingNode()) {
            found.add(place + ": it has no such content any more");
            return;
        }
        if (!was.path("type").equals(is.path("type"))) {
            found.add(place + ": the type is another");
        }
        values(place, was.path("enum"), is.path("enum"), request);
        Set<String> requiredBefore = names(was.path("required"));
        Set<String> requiredNow = names(is.path("required"));
        if (request) {
            requiredNow.stream()
                    .filter(member -> !requiredBefore.contains(member))
                    .forEach(member -> found.add(place + ": " + member + " is newly required"));
        } else {
            requiredBefore.stream()
                    .filter(member -> !requiredNow.contains(member)
                            && is.path("properties").has(member))
                    .forEach(member -> found.add(place + ": " + member + " may be absent now"));
        }
        was.path("properties").properties().forEach(member -> {
            JsonNode next = is.path("properties").path(member.getKey());
            if (next.isMissingNode()) {
                found.add(place + ": the member " + member.getKey() + " is gone");
            } else {
                schema(place + "." + member.getKey(), member.getValue(), next, request);
            }
        });
        if (was.has("items")) {
            schema(place + "[]", was.path("items"), is.path("items"), request);
        }
    }

    private void values(String place, JsonNode old, JsonNode now, boolean request) {
        if (request && !old.isMissingNode() && !now.isMissingNode()) {
            Set<String> accepted = names(now);
            names(old).stream()
                    .filter(value -> !accepted.contains(value))
                    .forEach(value -> found.add(place + ": " + value + " is not accepted any more"));
        }
    }

    private static JsonNode parameter(JsonNode operation, JsonNode wanted) {
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("name").equals(wanted.path("name"))
                    && parameter.path("in").equals(wanted.path("in"))) {
                return parameter;
            }
        }
        return operation.path("no such parameter");
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(name -> names.add(name.asString()));
        return names;
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#") ? document.at(reference.substring(1)) : schema;
    }
}
