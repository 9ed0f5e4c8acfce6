package dev.havenkeep.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A member of a request's body, and the option that sets it.
 *
 * @param option without its dashes
 * @param pointer where in the body it goes (RFC 6901)
 * @param constants what else the option sets, such as a kind that goes with it
 */
record Field(
        String option, String pointer, Type type, String description, boolean required, Map<String, String> constants) {

    private static final Pattern BYTES = Pattern.compile("([0-9]+)([kKmMgG]?)[iI]?[bB]?");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

    /** How the option's text becomes a value. */
    enum Type {
        TEXT,
        NUMBER,
        DECIMAL,
        BYTES,
        FLAG,
        /** Several values: the option again and again, or commas. */
        LIST,
        /** A command's arguments: words, with quotes around those that hold spaces. No shell reads them. */
        WORDS,
        /** {@code NAME:/PATH[:ro]}, again and again. */
        VOLUMES,
        /** {@code Name: value}, again and again. */
        HEADERS,
        /** The text itself, {@code @FILE}, {@code -} for standard input, or nothing to be asked. */
        SECRET,
        JSON,
        /** The name of a server. */
        SERVER,
        /** The name of a git credential. */
        CREDENTIAL,
        /** Names of projects. */
        PROJECTS
    }

    static Field text(String option, String pointer, String description) {
        return new Field(option, pointer, Type.TEXT, description, false, Map.of());
    }

    static Field of(Type type, String option, String pointer, String description) {
        return new Field(option, pointer, type, description, false, Map.of());
    }

    Field needed() {
        return new Field(option, pointer, type, description, true, constants);
    }

    /** The same, setting another text member too. */
    Field with(String otherPointer, String value) {
        Map<String, String> more = new LinkedHashMap<>(constants);
        more.put(otherPointer, value);
        return new Field(option, pointer, type, description, required, more);
    }

    boolean repeats() {
        return type == Type.LIST || type == Type.VOLUMES || type == Type.HEADERS || type == Type.PROJECTS;
    }

    /** Puts what was given into the body. */
    void put(ObjectNode body, List<String> given, References references, JsonMapper json) {
        constants.forEach((at, value) -> set(body, at, JsonNodeFactory.instance.stringNode(value)));
        set(body, pointer, value(given, references, json));
    }

    /** Clears the member, which in a merge patch (RFC 7396) is to set it to null. */
    void clear(ObjectNode body) {
        set(body, pointer, JsonNodeFactory.instance.nullNode());
    }

    private JsonNode value(List<String> given, References references, JsonMapper json) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        String text = given.getFirst();
        return switch (type) {
            case TEXT -> nodes.stringNode(text);
            case NUMBER -> nodes.numberNode(number(text));
            case DECIMAL -> nodes.numberNode(decimal(text));
            case BYTES -> nodes.numberNode(bytes(text));
            case FLAG -> nodes.booleanNode(Boolean.parseBoolean(text));
            case LIST -> list(split(given));
            case WORDS -> list(words(text));
            case VOLUMES -> volumes(given);
            case HEADERS -> headers(given);
            case SECRET -> nodes.stringNode(secret(text, option));
            case JSON -> json(text, json);
            case SERVER -> nodes.stringNode(references.id("server", text, Map.of()));
            case CREDENTIAL -> nodes.stringNode(references.id("credential", text, Map.of()));
            case PROJECTS ->
                list(split(given).stream()
                        .map(name -> references.id("project", name, Map.of()))
                        .toList());
        };
    }

    /** A secret that is given as itself, as a file, on standard input, or typed where nobody sees it. */
    static String secret(String given, String what) {
        try {
            if (given.equals("-")) {
                return stripped(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            }
            if (given.startsWith("@")) {
                return stripped(Files.readString(Path.of(given.substring(1))));
            }
        } catch (IOException e) {
            throw Failure.of("A file cannot be read", given + ": " + e.getMessage());
        }
        if (!given.isEmpty()) {
            return given;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s: ", what);
        if (typed == null) {
            throw Failure.usage(
                    "There is no terminal to ask for the " + what + "; give it as - on standard input or as @FILE.");
        }
        return new String(typed);
    }

    static JsonNode json(String text, JsonMapper json) {
        try {
            if (text.equals("-")) {
                try (InputStream in = System.in) {
                    return json.readTree(in.readAllBytes());
                }
            }
            return json.readTree(text.startsWith("@") ? Files.readString(Path.of(text.substring(1))) : text);
        } catch (IOException e) {
            throw Failure.of("A file cannot be read", text + ": " + e.getMessage());
        } catch (JacksonException e) {
            throw Failure.usage("This is not JSON: " + e.getOriginalMessage());
        }
    }

    private static void set(ObjectNode body, String pointer, JsonNode value) {
        String[] names = pointer.substring(1).split("/");
        ObjectNode at = body;
        for (int i = 0; i < names.length - 1; i++) {
            at = at.path(names[i]).isObject() ? (ObjectNode) at.get(names[i]) : at.putObject(names[i]);
        }
        at.set(names[names.length - 1], value);
    }

    private long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Failure.usage("--" + option + " must be a whole number, not " + text);
        }
    }

    private double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Failure.usage("--" + option + " must be a number, not " + text);
        }
    }

    private long bytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            throw Failure.usage("--" + option + " must be a size such as 512M or 2G, not " + text);
        }
        long unit = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1L;
        };
        return number(matcher.group(1)) * unit;
    }

    private static List<String> split(List<String> given) {
        List<String> parts = new ArrayList<>();
        for (String text : given) {
            for (String part : text.split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            words.add(
                    quoted != null
                            ? quoted.replaceAll("\\\\(.)", "$1")
                            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        return words;
    }

    private static ArrayNode list(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private ArrayNode volumes(List<String> given) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (String text : split(given)) {
            String[] parts = text.split(":", -1);
            if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !parts[2].equals("ro"))) {
                throw Failure.usage("--" + option + " must be NAME:/PATH or NAME:/PATH:ro, not " + text);
            }
            array.addObject().put("name", parts[0]).put("mountPath", parts[1]).put("readOnly", parts.length == 3);
        }
        return array;
    }

    private ObjectNode headers(List<String> given) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String text : given) {
            int colon = text.indexOf(':');
            if (colon <= 0) {
                throw Failure.usage("--" + option + " must be 'Name: value', not " + text);
            }
            object.put(
                    text.substring(0, colon).strip(), text.substring(colon + 1).strip());
        }
        return object;
    }

    private static String stripped(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1).replaceFirst("\r$", "") : text;
    }
}
