package dev.havenkeep.connections;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object that an upstream sent, read with suspicion: a member is only ever taken as what it must be. Dots in a
 * name lead into objects.
 */
final class Claims {

    /** A member that is missing or of another type is this. */
    private static final int MOST_VALUES = 100;

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonNode object;

    /** What a claim that says yes or no says. */
    enum Truth {
        YES,
        NO,
        UNSAID
    }

    private Claims(JsonNode object) {
        this.object = object;
    }

    /** Reads an object; empty when it is anything else, or has a member twice. */
    static Optional<Claims> parse(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(new ByteArrayInputStream(json));
            return node != null && node.isObject() ? Optional.of(new Claims(node)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Reads an array of objects; empty when it is anything else. */
    static Optional<List<Claims>> parseList(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(new ByteArrayInputStream(json));
            return node != null && node.isArray() ? objects(node) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The text of a member; null when it is none, empty, or no text. */
    @Nullable
    String text(String name) {
        JsonNode node = find(name);
        return node != null && node.isString() && !node.stringValue().isEmpty() ? node.stringValue() : null;
    }

    /** A text, or a whole number as text: the forms that keys of people come in. */
    @Nullable
    String key(String name) {
        JsonNode node = find(name);
        return node != null && node.isIntegralNumber() ? node.bigIntegerValue().toString() : text(name);
    }

    /** A whole number. */
    @Nullable
    BigInteger number(String name) {
        JsonNode node = find(name);
        return node != null && node.isIntegralNumber() ? node.bigIntegerValue() : null;
    }

    /**
     * Yes or no: a boolean, or what providers send instead ({@code "true"}, {@code "1"}, {@code 1}). Anything else says
     * nothing that could be trusted, and is no.
     */
    Truth truth(String name) {
        JsonNode node = find(name);
        if (node == null || node.isNull()) {
            return Truth.UNSAID;
        }
        boolean yes = (node.isBoolean() && node.booleanValue())
                || (node.isString()
                        && (node.stringValue().toLowerCase(Locale.ROOT).equals("true")
                                || node.stringValue().equals("1")))
                || (node.isIntegralNumber() && node.bigIntegerValue().equals(BigInteger.ONE));
        return yes ? Truth.YES : Truth.NO;
    }

    /** An instant in seconds since 1970 (RFC 7519 section 2, NumericDate); null when it is none. */
    @Nullable
    Instant instant(String name) {
        JsonNode node = find(name);
        if (node == null || !node.isNumber()) {
            return null;
        }
        double seconds = node.doubleValue();
        return seconds >= 0 && seconds <= LAST_SECOND ? Instant.ofEpochSecond((long) seconds) : null;
    }

    /** The texts of an array, or the one text. */
    List<String> texts(String name) {
        JsonNode node = find(name);
        List<String> texts = new ArrayList<>();
        if (node != null && node.isString()) {
            texts.add(node.stringValue());
        } else if (node != null && node.isArray()) {
            for (JsonNode element : node) {
                if (element.isString() && texts.size() < MOST_VALUES) {
                    texts.add(element.stringValue());
                }
            }
        }
        return List.copyOf(texts);
    }

    /** The objects of an array; empty when it is none. */
    Optional<List<Claims>> list(String name) {
        JsonNode node = find(name);
        return node != null && node.isArray() ? objects(node) : Optional.empty();
    }

    /** Whether there is such a member, whatever it holds. */
    boolean has(String name) {
        return find(name) != null;
    }

    /** The object as JSON. */
    String json() {
        return object.toString();
    }

    private static Optional<List<Claims>> objects(JsonNode array) {
        List<Claims> all = new ArrayList<>();
        for (JsonNode element : array) {
            if (element.isObject()) {
                all.add(new Claims(element));
            }
        }
        return Optional.of(List.copyOf(all));
    }

    private @Nullable JsonNode find(String name) {
        JsonNode whole = object.get(name);
        if (whole != null) {
            return whole;
        }
        JsonNode node = object;
        for (String part : name.split("\\.", -1)) {
            node = node == null ? null : node.get(part);
        }
        return node;
    }
}
