package dev.havenkeep.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Id;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.web.Patch;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (2020-12, as OpenAPI 3.1 has them) of the API's types, by what Jackson really reads and writes. A record
 * becomes a named schema; its components that are not {@code @Nullable} are required; a value type is the text that it
 * is written as.
 */
final class Schemas {

    /** Names that say nothing without the feature that they belong to. */
    private static final Set<String> ANYTHINGS = Set.of("Kind", "State", "Status", "Target");

    /** What these are wherever they are. */
    private static final Map<String, String> EVERYWHERE = Map.of(
            "id", "its id",
            "version", "counts its changes; the ETag",
            "createdAt", "when it was created",
            "changedAt", "when it was last changed");

    private static final Pattern RANGE = Pattern.compile("\\b([\\d.,]+) to ([\\d.,]*\\d)( characters)?");
    private static final Pattern AT_LEAST = Pattern.compile("\\bat least ([\\d,]*\\d) characters");
    private static final Pattern AT_MOST = Pattern.compile("\\bat most ([\\d,]*\\d)( characters)?");
    private static final Pattern DEFAULT = Pattern.compile("; `?([\\w.-]+)`? when absent(?! and)");

    private final JsonMapper json;
    private final SourceCode source;
    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();

    Schemas(JsonMapper json, SourceCode source) {
        this.json = json;
        this.source = source;
    }

    /** Every schema that was referred to, by name. */
    Map<String, ObjectNode> named() {
        return named;
    }

    /** The schema of a type, or a reference to it. */
    ObjectNode of(JavaType type) {
        Class<?> raw = type.getRawClass();
        ObjectNode schema = json.createObjectNode();
        if (raw == Secret.class) {
            return schema.put("type", "string").put("format", "password").put("writeOnly", true);
        }
        if (raw == Optional.class || raw == Patch.class) {
            return of(type.containedTypeOrUnknown(0));
        }
        if (raw == String.class || raw == char.class || CharSequence.class.isAssignableFrom(raw)) {
            return schema.put("type", "string");
        }
        if (raw == int.class || raw == Integer.class) {
            return schema.put("type", "integer").put("format", "int32");
        }
        if (raw == long.class || raw == Long.class) {
            return schema.put("type", "integer").put("format", "int64");
        }
        if (raw == double.class || raw == Double.class || raw == BigDecimal.class) {
            return schema.put("type", "number").put("format", "double");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (raw == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        }
        if (raw == URI.class) {
            return schema.put("type", "string").put("format", "uri");
        }
        if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
            return schema;
        }
        if (Map.class.isAssignableFrom(raw)) {
            schema.put("type", "object");
            schema.set("additionalProperties", of(type.containedTypeOrUnknown(1)));
            return schema;
        }
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            schema.put("type", "array");
            schema.set("items", of(type.getContentType()));
            return schema;
        }
        if (raw.isEnum()) {
            return reference(name(type), () -> enumeration(raw));
        }
        if (Id.class.isAssignableFrom(raw)) {
            return described(
                    schema.put("type", "string").put("format", "uuid"),
                    source.of(raw).summary());
        }
        Optional<JavaType> value = valueType(raw);
        if (value.isPresent()) {
            return described(of(value.get()), source.of(raw).text());
        }
        if (raw.isAnnotationPresent(JsonTypeInfo.class)) {
            return reference(name(type), () -> choice(raw));
        }
        if (raw.isRecord()) {
            return reference(name(type), () -> object(type, false));
        }
        throw new IllegalStateException("The API document does not know how " + type.toCanonical() + " is written");
    }

    /** The schema of a JSON merge patch (RFC 7396) of a type: nothing is required and null clears. */
    ObjectNode mergePatchOf(JavaType type) {
        return reference(name(type) + "Patch", () -> object(type, true));
    }

    private ObjectNode reference(String name, java.util.function.Supplier<ObjectNode> schema) {
        if (!named.containsKey(name)) {
            named.put(name, json.createObjectNode());
            named.put(name, schema.get());
        }
        return json.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    /**
     * The type's name without {@code View}, {@code Info} or {@code Form}, what it is generic in before it, and its
     * outer type's if that is data too. A name that could be anything's has its feature's before it. It does not depend
     * on what other types there are.
     */
    private String name(JavaType type) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < type.containedTypeCount(); i++) {
            name.append(name(type.containedType(i)));
        }
        String full = name.append(name(type.getRawClass())).toString();
        String owner = owners.computeIfAbsent(full, unknown -> type.toCanonical());
        if (!owner.equals(type.toCanonical())) {
            throw new IllegalStateException(
                    "Two schemas are named " + full + ": rename " + owner + " or " + type.toCanonical());
        }
        return full;
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        String own = type.getSimpleName().replaceAll("(?<=.)(?:View|Info|Form)$", "");
        boolean data = outer != null && (outer.isRecord() || outer.isInterface() || outer.isEnum());
        if (data && !own.endsWith("Spec")) {
            return name(outer) + own;
        }
        return ANYTHINGS.contains(own) ? module(type) + own : own;
    }

    /** The feature that a type belongs to, in the singular. */
    private static String module(Class<?> type) {
        String module =
                type.getPackageName().substring("dev.havenkeep.".length()).split("\\.", 2)[0];
        return capitalised(module.endsWith("s") ? module.substring(0, module.length() - 1) : module);
    }

    static String sentence(String text) {
        String capital = Character.isLowerCase(text.charAt(0)) ? capitalised(text) : text;
        return capital.matches("(?s).*[.!?]") ? capital : capital + ".";
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private ObjectNode enumeration(Class<?> type) {
        StringBuilder description = new StringBuilder(source.of(type).text());
        for (Object constant : type.getEnumConstants()) {
            String meaning = source.of((Enum<?>) constant).text();
            if (!meaning.isEmpty()) {
                description
                        .append(" `")
                        .append(json.valueToTree(constant).asString())
                        .append("`: ")
                        .append(meaning);
            }
        }
        ObjectNode schema = described(json.createObjectNode().put("type", "string"), description.toString());
        ArrayNode values = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            values.add(json.valueToTree(constant));
        }
        return schema;
    }

    private ObjectNode choice(Class<?> type) {
        JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
        ObjectNode schema = described(json.createObjectNode(), source.of(type).text());
        ArrayNode oneOf = schema.putArray("oneOf");
        ObjectNode mapping = json.createObjectNode();
        for (JsonSubTypes.Type kind : type.getAnnotation(JsonSubTypes.class).value()) {
            JavaType subtype = json.constructType(kind.value());
            String name = capitalised(type.getSimpleName()) + kind.value().getSimpleName();
            ObjectNode reference = reference(name, () -> {
                ObjectNode object = object(subtype, false);
                ObjectNode properties = json.createObjectNode();
                properties.set(info.property(), json.createObjectNode().put("const", kind.name()));
                object.path("properties")
                        .properties()
                        .forEach(entry -> properties.set(entry.getKey(), entry.getValue()));
                object.set("properties", properties);
                ArrayNode required = json.createArrayNode().add(info.property());
                object.path("required").forEach(required::add);
                object.set("required", required);
                return object;
            });
            oneOf.add(reference);
            mapping.set(kind.name(), reference.get("$ref"));
        }
        ObjectNode discriminator = schema.putObject("discriminator").put("propertyName", info.property());
        discriminator.set("mapping", mapping);
        return schema;
    }

    private ObjectNode object(JavaType type, boolean mergePatch) {
        Class<?> raw = type.getRawClass();
        SourceCode.Doc doc = source.of(raw);
        ObjectNode schema = described(json.createObjectNode().put("type", "object"), doc.text());
        ObjectNode properties = schema.putObject("properties");
        List<String> required = new ArrayList<>();
        for (BeanPropertyDefinition property : properties(type)) {
            RecordComponent component = component(raw, property);
            JavaType propertyType = property.getPrimaryType();
            boolean nullable = component != null && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean patch = propertyType.getRawClass() == Patch.class;
            String name = property.getName();
            String words = doc.parameters().getOrDefault(property.getInternalName(), EVERYWHERE.getOrDefault(name, ""));
            ObjectNode member = of(propertyType);
            String meaning = Id.class.isAssignableFrom(propertyType.getRawClass()) || words.isEmpty()
                    ? ""
                    : member.path("description").asString("");
            described(member, words.isEmpty() ? words : (sentence(words) + " " + meaning).strip());
            limited(member, words);
            if (mergePatch || patch) {
                // What is absent from a change stays as it is.
                member.remove("default");
            }
            properties.set(name, mergePatch || patch ? orNull(member) : member);
            if (!nullable && !patch && !mergePatch && !mayBeLeftOut(raw, name)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        return schema;
    }

    /** Says to programs which values are accepted, as the description says to people. */
    private static void limited(ObjectNode member, String words) {
        String type = member.path("type").asString("");
        Matcher range = RANGE.matcher(words);
        Matcher least = AT_LEAST.matcher(words);
        Matcher most = AT_MOST.matcher(words);
        boolean ranged = range.find();
        switch (type) {
            case "integer", "number" -> {
                if (ranged) {
                    number(member, "minimum", range.group(1));
                    number(member, "maximum", range.group(2));
                }
            }
            case "string" -> {
                if (ranged && range.group(3) != null) {
                    number(member, "minLength", range.group(1));
                    number(member, "maxLength", range.group(2));
                }
                if (least.find()) {
                    number(member, "minLength", least.group(1));
                }
                if (most.find() && most.group(2) != null) {
                    number(member, "maxLength", most.group(1));
                }
            }
            case "array" -> {
                if (ranged) {
                    number(member, "minItems", range.group(1));
                    number(member, "maxItems", range.group(2));
                } else if (most.find()) {
                    number(member, "maxItems", most.group(1));
                }
            }
            default -> {}
        }
        Matcher absent = DEFAULT.matcher(words);
        if (absent.find()) {
            String value = absent.group(1);
            switch (type) {
                case "integer" -> number(member, "default", value);
                case "boolean" -> member.put("default", Boolean.parseBoolean(value));
                case "string", "" -> member.put("default", value);
                default -> {}
            }
        }
    }

    private static void number(ObjectNode member, String keyword, String digits) {
        BigDecimal value = new BigDecimal(digits.replace(",", ""));
        if (value.scale() <= 0) {
            member.put(keyword, value.longValueExact());
        } else {
            member.put(keyword, value);
        }
    }

    /** A type that is read by a factory of its own says in its parameters what must be there. */
    private static boolean mayBeLeftOut(Class<?> type, String member) {
        for (Method factory : type.getDeclaredMethods()) {
            if (factory.isAnnotationPresent(JsonCreator.class)) {
                for (java.lang.reflect.Parameter parameter : factory.getParameters()) {
                    JsonProperty named = parameter.getAnnotation(JsonProperty.class);
                    if (named != null && named.value().equals(member)) {
                        return !named.required();
                    }
                }
            }
        }
        return false;
    }

    /** What is read and what is written is the same, but for a secret that is read and never written. */
    private List<BeanPropertyDefinition> properties(JavaType type) {
        ClassIntrospector writing = json.serializationConfig().classIntrospectorInstance();
        ClassIntrospector reading = json.deserializationConfig().classIntrospectorInstance();
        Map<String, BeanPropertyDefinition> properties = new LinkedHashMap<>();
        writing.introspectForSerialization(type, writing.introspectClassAnnotations(type)).findProperties().stream()
                .filter(BeanPropertyDefinition::couldSerialize)
                .forEach(property -> properties.put(property.getName(), property));
        reading.introspectForDeserialization(type, reading.introspectClassAnnotations(type)).findProperties().stream()
                .filter(property -> property.getPrimaryType().getRawClass() == Secret.class)
                .forEach(property -> properties.putIfAbsent(property.getName(), property));
        return List.copyOf(properties.values());
    }

    private static @Nullable RecordComponent component(Class<?> type, BeanPropertyDefinition property) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getName().equals(property.getInternalName()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isString()) {
            ArrayNode types =
                    json.createArrayNode().add(schema.get("type").asString()).add("null");
            schema.set("type", types);
            return schema;
        }
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = json.createObjectNode();
        either.putArray("anyOf").add(schema).add(json.createObjectNode().put("type", "null"));
        return either;
    }

    private static ObjectNode described(ObjectNode schema, String description) {
        if (!description.isEmpty()) {
            schema.put("description", sentence(description));
        }
        return schema;
    }

    private Optional<JavaType> valueType(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (isValue(method)) {
                return Optional.of(json.constructType(method.getGenericReturnType()));
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isValue(field)) {
                return Optional.of(json.constructType(field.getGenericType()));
            }
        }
        return Optional.empty();
    }

    private static boolean isValue(AnnotatedElement element) {
        JsonValue value = element.getAnnotation(JsonValue.class);
        return value != null && value.value();
    }
}
