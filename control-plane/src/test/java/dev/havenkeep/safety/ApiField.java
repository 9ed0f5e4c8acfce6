package dev.havenkeep.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A string that a caller of the API may write, as the committed document has it.
 *
 * @param operation the operation's id
 * @param method the HTTP method
 * @param address the operation's path, with its variables in braces
 * @param in {@code body}, {@code query}, {@code header} or {@code path}
 * @param name the parameter, or the way through the body: {@code source.url}, {@code items[].name}; {@code *} is the value
 *     of any member and {@code {name}} its name
 * @param closed whether the document itself says which texts are good: by a list, a format or a type that is no text
 */
record ApiField(String operation, String method, String address, String in, String name, boolean closed) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> CLOSED_FORMATS = Set.of("uuid", "date-time");

    /** As {@code writable-fields.txt} names it; a parameter is the same in every operation. */
    String id() {
        return in.equals("body") ? operation + " " + name : in + " " + name;
    }

    boolean inBody() {
        return in.equals("body");
    }

    /** The last part of its name, which is what a problem must speak of. */
    String leaf() {
        String last = name.substring(name.lastIndexOf('.') + 1).replace("[]", "");
        return last.equals("*") || last.equals("{name}") ? name.substring(0, name.lastIndexOf('.')) : last;
    }

    static JsonNode document() {
        try {
            return JSON.readTree(Files.readString(Path.of("../openapi/havenkeep.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every one, in the document's order. */
    static List<ApiField> all() {
        JsonNode document = document();
        List<ApiField> fields = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> new Reading(
                                        document,
                                        operation.getValue().path("operationId").asString(),
                                        operation.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey())
                                .read(operation.getValue(), fields)));
        return fields;
    }

    /** One operation's. */
    private record Reading(JsonNode document, String operation, String method, String address) {

        void read(JsonNode description, List<ApiField> fields) {
            for (JsonNode parameter : description.path("parameters")) {
                fields.add(field(
                        parameter.path("in").asString(),
                        parameter.path("name").asString(),
                        closed(parameter.path("schema"))));
            }
            Map<String, Boolean> found = new LinkedHashMap<>();
            for (JsonNode content : description.path("requestBody").path("content")) {
                walk(content.path("schema"), "", found, Set.of());
            }
            found.forEach((name, closed) -> fields.add(field("body", name, closed)));
        }

        private ApiField field(String in, String name, boolean closed) {
            return new ApiField(operation, method, address, in, name, closed);
        }

        private void walk(JsonNode given, String name, Map<String, Boolean> found, Set<String> within) {
            JsonNode schema = given;
            Set<String> seen = within;
            if (given.has("$ref")) {
                String reference = given.get("$ref").asString();
                if (within.contains(reference)) {
                    throw new IllegalStateException(reference + " contains itself");
                }
                seen = new HashSet<>(within);
                seen.add(reference);
                schema = document.at(reference.substring(1));
            }
            for (String choice : List.of("oneOf", "anyOf", "allOf")) {
                for (JsonNode one : schema.path(choice)) {
                    walk(one, name, found, seen);
                }
            }
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                walk(
                        property.getValue(),
                        name.isEmpty() ? property.getKey() : name + "." + property.getKey(),
                        found,
                        seen);
            }
            if (schema.path("additionalProperties").isObject()) {
                found.put(name + ".{name}", false);
                walk(schema.path("additionalProperties"), name + ".*", found, seen);
            }
            if (schema.has("items")) {
                walk(schema.path("items"), name + "[]", found, seen);
            }
            boolean scalar = !schema.has("properties")
                    && !schema.has("additionalProperties")
                    && !schema.has("items")
                    && !schema.has("oneOf")
                    && !schema.has("anyOf")
                    && !schema.has("allOf");
            if (scalar && !schema.path("type").asString("").equals("null")) {
                found.merge(name, closed(schema), Boolean::logicalAnd);
            }
        }

        private static boolean closed(JsonNode schema) {
            JsonNode type = schema.path("type");
            // What has no type takes anything.
            boolean text = type.isMissingNode() || type.toString().contains("\"string\"");
            return schema.has("enum")
                    || schema.has("const")
                    || !text
                    || CLOSED_FORMATS.contains(schema.path("format").asString(""));
        }
    }
}
