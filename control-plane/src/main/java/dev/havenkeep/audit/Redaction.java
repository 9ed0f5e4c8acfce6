package dev.havenkeep.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The last line of defence before something is written down for good: whoever publishes an event leaves secrets out,
 * and this replaces what is a secret by its type, its name or its form nevertheless.
 */
final class Redaction {

    static final String REDACTED = "[secret]";

    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_ENTRIES = 200;
    private static final int DEEPEST = 8;

    /** Names of fields whose values are secrets, whatever they hold. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(password|passwd|passphrase|secret|privatekey|credential|authorization|cookie|apikey|accesskey|token)");
    /** Secrets that can be told by their form, wherever they stand in a text. */
    private static final Pattern SECRET_FORM = Pattern.compile(String.join(
            "|",
            "hkt_[0-9a-f]{32}_[0-9A-Za-z]{43}",
            "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)",
            "gh[pousr]_[0-9A-Za-z]{20,}",
            "github_pat_[0-9A-Za-z_]{20,}",
            "glpat-[0-9A-Za-z_-]{20,}",
            "AKIA[0-9A-Z]{16}",
            "eyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]*",
            "(?<=://)[^/@\\s]*:[^/@\\s]*(?=@)"));

    private Redaction() {}

    /** The changes, a tree of JSON values, as they may be kept; a {@code null} in it says nothing and is left out. */
    static Map<String, Object> of(Map<String, ?> changes) {
        return map(changes, 0);
    }

    /** A text as it may be kept. */
    static String of(String text) {
        String shown = SECRET_FORM.matcher(text).replaceAll(REDACTED);
        return shown.length() > LONGEST_TEXT ? shown.substring(0, LONGEST_TEXT) + "…" : shown;
    }

    private static Map<String, Object> map(Map<?, ?> values, int depth) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (kept.size() == MOST_ENTRIES) {
                kept.put("…", values.size() - MOST_ENTRIES + " more");
                break;
            }
            if (entry.getValue() == null) {
                continue;
            }
            String name = of(String.valueOf(entry.getKey()));
            kept.put(name, isSecretName(name) ? hidden(entry.getValue()) : value(entry.getValue(), depth + 1));
        }
        return kept;
    }

    private static Object value(Object value, int depth) {
        return switch (value) {
            case String text -> of(text);
            case Map<?, ?> map -> depth > DEEPEST ? "…" : map(map, depth);
            case List<?> items -> depth > DEEPEST ? "…" : list(items, depth);
            default -> value;
        };
    }

    private static List<Object> list(List<?> items, int depth) {
        List<Object> kept = new ArrayList<>();
        for (Object item : items) {
            if (kept.size() == MOST_ENTRIES) {
                kept.add("…");
                break;
            }
            if (item != null) {
                kept.add(value(item, depth + 1));
            }
        }
        return kept;
    }

    /** What it is, never; a number, a yes or a no is none. */
    private static Object hidden(Object value) {
        return value instanceof String || value instanceof Map || value instanceof List ? REDACTED : value;
    }

    private static boolean isSecretName(String name) {
        return SECRET_NAME
                .matcher(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""))
                .matches();
    }
}
