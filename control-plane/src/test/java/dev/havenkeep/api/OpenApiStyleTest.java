package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed API document is one that a person and a program like to read. */
class OpenApiStyleTest {

    private static final int LONGEST_SUMMARY = 80;

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    OpenApiStyleTest() throws IOException {
        document = new JsonMapper().readTree(Files.readString(Path.of("../openapi/havenkeep.json")));
    }

    @Test
    void everyOperationSaysWhatItDoesInOneLine() {
        Set<String> ids = new HashSet<>();
        Set<String> summaries = new HashSet<>();
        operations((name, operation) -> {
            String id = operation.path("operationId").asString();
            String summary = operation.path("summary").asString();
            check(id.matches("[a-z]+([A-Z][a-z]+)*") && ids.add(id), name + " has the operationId " + id);
            check(
                    summary.length() <= LONGEST_SUMMARY
                            && summary.matches("[A-Z][a-z]+s?\\b.*[^.;:,\\s]")
                            && summaries.add(summary),
                    name + " has the summary " + summary);
            check(!operation.path("description").asString("").startsWith(summary), name + " says its summary twice");
        });
        assertThat(faults).isEmpty();
        assertThat(ids).hasSizeGreaterThan(70);
    }

    @Test
    void everyTagIsDescribedAndUsed() {
        Set<String> described = new HashSet<>();
        document.path("tags").forEach(tag -> {
            check(!tag.path("description").asString("").isEmpty(), tag + " is not described");
            described.add(tag.path("name").asString());
        });
        Set<String> used = new HashSet<>();
        operations((name, operation) -> {
            check(operation.path("tags").size() == 1, name + " has not one tag");
            operation.path("tags").forEach(tag -> used.add(tag.asString()));
        });
        assertThat(faults).isEmpty();
        assertThat(used).isEqualTo(described);
    }

    @Test
    void everyParameterAndMemberIsDescribed() {
        operations((name, operation) -> operation
                .path("parameters")
                .forEach(parameter -> check(
                        isSentence(parameter.path("description")),
                        name + ": the parameter " + parameter.path("name").asString())));
        document.path("components").path("schemas").properties().forEach(schema -> {
            check(isSentence(schema.getValue().path("description")), schema.getKey());
            schema.getValue()
                    .path("properties")
                    .properties()
                    .forEach(member -> check(
                            member.getValue().has("const")
                                    || isSentence(member.getValue().path("description"))
                                    || isSentence(member.getValue()
                                            .path("anyOf")
                                            .path(0)
                                            .path("description")),
                            schema.getKey() + "." + member.getKey()));
        });
        assertThat(faults).as("not described").isEmpty();
    }

    @Test
    void everyBodyHasAnExampleOfMembersThatItHas() {
        operations((name, operation) -> operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(content -> {
                    JsonNode example = content.getValue().path("example");
                    check(example.isObject(), name + " has no example");
                    compare(name, example, content.getValue().path("schema"));
                }));
        assertThat(faults).isEmpty();
    }

    @Test
    void everyOperationSaysHowItFailsAndWhoMay() {
        operations((name, operation) -> {
            JsonNode responses = operation.path("responses");
            check(responses.has("429") && responses.has("default"), name + " does not say how it fails");
            boolean open = operation.path("security").isEmpty();
            check(open || (responses.has("401") && responses.has("403")), name + " refuses nobody");
            check(
                    open == operation.path("x-permission").asString().equals("public"),
                    name + " is public in one place only");
            check(
                    !operation.has("requestBody")
                            || List.of("400", "413", "415", "422").stream().allMatch(responses::has),
                    name + " refuses no body");
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyStreamSaysWhatItsEventsAre() {
        List<String> streams = new ArrayList<>();
        operations((name, operation) -> {
            JsonNode schema = operation
                    .path("responses")
                    .path("200")
                    .path("content")
                    .path("text/event-stream")
                    .path("schema");
            if (!schema.isMissingNode()) {
                streams.add(name);
                check(schema.path("oneOf").size() > 1, name + " names no events");
                schema.path("oneOf").forEach(event -> {
                    check(event.at("/properties/event").has("const"), name + " has an event without a type");
                    check(event.at("/properties/data").has("$ref"), name + " has an event without data");
                });
            }
        });
        assertThat(faults).isEmpty();
        assertThat(streams).hasSize(3);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValues("$ref")
                .forEach(reference -> check(
                        !document.at(reference.asString().substring(1)).isMissingNode(), reference + " leads nowhere"));
        assertThat(faults).isEmpty();
    }

    private void compare(String place, JsonNode example, JsonNode schema) {
        JsonNode real = resolve(schema);
        if (example.isObject() && real.has("properties")) {
            real.path("required")
                    .forEach(member -> check(
                            example.has(member.asString()), place + " lacks " + member.asString() + " in its example"));
            example.properties().forEach(member -> {
                JsonNode known = real.path("properties").path(member.getKey());
                check(!known.isMissingNode(), place + " has no member " + member.getKey());
                compare(place + "." + member.getKey(), member.getValue(), known);
            });
        }
        if (example.isArray()) {
            example.forEach(item -> compare(place + "[]", item, real.path("items")));
        }
    }

    private JsonNode resolve(JsonNode schema) {
        JsonNode one = schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
        return one.has("$ref") ? document.at(one.path("$ref").asString().substring(1)) : one;
    }

    private void operations(BiConsumer<String, JsonNode> each) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                each.accept(operation.getKey() + " " + path.getKey(), operation.getValue())));
    }

    private static boolean isSentence(JsonNode text) {
        return text.asString("").matches("(?s)[A-Z0-9`\\p{Lu}].*[.!?]");
    }

    private void check(boolean good, String fault) {
        if (!good) {
            faults.add(fault);
        }
    }
}
