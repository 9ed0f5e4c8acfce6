package dev.havenkeep.engine;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The engine's JSON: members in upper camel case, and unknown ones ignored, since each version adds some. */
final class EngineJson {

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    String text(Object value) {
        return mapper.writeValueAsString(value);
    }

    <T> T read(byte[] bytes, Class<T> type) {
        try {
            return mapper.readValue(bytes, type);
        } catch (JacksonException e) {
            throw EngineProblems.garbled(e);
        }
    }

    <T> T read(byte[] bytes, TypeReference<T> type) {
        try {
            return mapper.readValue(bytes, type);
        } catch (JacksonException e) {
            throw EngineProblems.garbled(e);
        }
    }

    /** What came as one JSON text per line. */
    <T> List<T> lines(byte[] bytes, Class<T> type) {
        try (MappingIterator<T> values = mapper.readerFor(type).readValues(bytes)) {
            return values.readAll();
        } catch (JacksonException e) {
            throw EngineProblems.garbled(e);
        }
    }

    /** The message of an error answer. */
    String message(byte[] body) {
        try {
            JsonNode node = mapper.readTree(body);
            String message = node.path("message").asString("");
            return message.isEmpty() ? "no reason given" : message;
        } catch (JacksonException e) {
            String text = new String(body, java.nio.charset.StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "no reason given" : text;
        }
    }

    /** The {@code filters} parameter: this action of one container. */
    String eventFilter(ContainerId container, String action) {
        return text(Map.of(
                "type", List.of("container"), "container", List.of(container.value()), "event", List.of(action)));
    }

    /** The {@code filters} parameter: everything that has all of these labels. */
    String labelFilter(Map<String, String> labels) {
        return text(Map.of(
                "label",
                labels.entrySet().stream()
                        .map(entry ->
                                entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .toList()));
    }
}
