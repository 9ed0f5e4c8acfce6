package dev.havenkeep.pages.rendering;

import dev.havenkeep.pages.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the pages say in one language: plain text by key, with placeholders such as {@code {client}}. */
final class Words {

    private final Map<String, String> texts;

    private Words(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    static Words in(Language language) {
        String file = "/pages/words_" + language.code() + ".properties";
        Properties properties = new Properties();
        try (InputStream stream = Words.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("No " + file);
            }
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return new Words(texts);
    }

    Set<String> keys() {
        return texts.keySet();
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    String text(String key) {
        @Nullable String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("No words for " + key);
        }
        return text;
    }

    /** The text with its placeholders filled, in one pass: a value is never itself read for placeholders. */
    String text(String key, Map<String, String> values) {
        String text = text(key);
        StringBuilder filled = new StringBuilder(text.length() + 32);
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String value = values.get(text.substring(open + 1, close));
            filled.append(text, at, open).append(value == null ? text.substring(open, close + 1) : value);
            at = close + 1;
        }
        return filled.append(text, at, text.length()).toString();
    }
}
