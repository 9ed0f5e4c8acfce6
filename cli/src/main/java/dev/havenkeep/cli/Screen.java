package dev.havenkeep.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints answers, as a table for people or as JSON for programs. */
final class Screen {

    private static final int WIDEST = 60;
    /** Control sequences of terminals (ECMA-48 section 5.4), which programs colour their output with. */
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]");

    private final JsonMapper json;
    private final PrintStream out;
    private final Format format;

    /** How answers are printed. */
    enum Format {
        table,
        json
    }

    Screen(JsonMapper json, PrintStream out, Format format) {
        this.json = json;
        this.out = out;
        this.format = format;
    }

    boolean isJson() {
        return format == Format.json;
    }

    void list(List<JsonNode> items, List<Column> columns) {
        if (isJson()) {
            out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(items));
            return;
        }
        if (items.isEmpty()) {
            out.println("(none)");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream()
                .map(column -> column.title().toUpperCase(java.util.Locale.ROOT))
                .toList());
        for (JsonNode item : items) {
            rows.add(columns.stream()
                    .map(column -> cut(text(item.at(column.pointer()))))
                    .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell);
                if (i < widths.length - 1) {
                    line.repeat(' ', widths[i] - cell.codePointCount(0, cell.length()) + 2);
                }
            }
            out.println(line);
        }
    }

    /** One thing: its members one below the other. */
    void show(JsonNode item) {
        if (isJson()) {
            out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(item));
            return;
        }
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        flatten("", item, lines);
        int width =
                lines.stream().mapToInt(line -> line.getKey().length()).max().orElse(0);
        lines.forEach(line ->
                out.println(line.getKey() + " ".repeat(width - line.getKey().length() + 2) + line.getValue()));
    }

    /** A sentence for a person; nothing for a program. */
    void say(String text) {
        if (!isJson()) {
            out.println(text);
        }
    }

    /** A line as it is. */
    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Bytes as they came, at once. */
    void bytes(byte[] piece, int length) {
        out.write(piece, 0, length);
        out.flush();
    }

    private static void flatten(String prefix, JsonNode node, List<Map.Entry<String, String>> lines) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(member -> flatten(
                            prefix.isEmpty() ? member.getKey() : prefix + "." + member.getKey(),
                            member.getValue(),
                            lines));
        } else {
            lines.add(Map.entry(prefix, text(node)));
        }
    }

    static String text(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return "";
        }
        if (node.isArray()) {
            List<String> parts = new ArrayList<>();
            node.forEach(part -> parts.add(part.isContainer() ? part.toString() : text(part)));
            return String.join(", ", parts);
        }
        String text = node.isContainer() ? node.toString() : node.asString();
        return plain(text).replace("\n", "⏎");
    }

    /** What others typed or printed must not steer the terminal. */
    static String plain(String text) {
        return COLOURS.matcher(text).replaceAll("").replaceAll("[\\p{Cc}&&[^\n\t]]", "�");
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= WIDEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }
}
