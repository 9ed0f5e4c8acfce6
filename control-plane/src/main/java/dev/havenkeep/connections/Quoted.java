package dev.havenkeep.connections;

import dev.havenkeep.kernel.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a stranger wrote, made fit to be kept and shown: one line, no control characters, no longer than it may be. */
final class Quoted {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_REASON = 300;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_ADDRESS = 2048;

    private Quoted() {}

    /** A reason for a log. */
    static String reason(@Nullable String text) {
        return text == null ? "" : line(text, LONGEST_REASON);
    }

    /** A name of a person; null when nothing is left of it. */
    static @Nullable String name(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String name = line(text, LONGEST_NAME).strip();
        return name.isEmpty() ? null : name;
    }

    /** Whether it can be the key of a person (OpenID Connect Core section 2): not too long, and nothing that is not shown. */
    static boolean isKey(@Nullable String text) {
        return text != null
                && !text.isBlank()
                && text.length() <= LONGEST_KEY
                && text.codePoints().allMatch(Quoted::shown);
    }

    /** A picture's address, over TLS; null when it is none. */
    static @Nullable URI picture(@Nullable String text) {
        if (text == null || text.length() > LONGEST_ADDRESS) {
            return null;
        }
        try {
            URI address = new URI(text);
            boolean secure = "https".equals(address.getScheme() == null ? "" : lower(address.getScheme()));
            return secure && address.getHost() != null && address.getUserInfo() == null ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String line(String text, int longest) {
        StringBuilder line = new StringBuilder();
        text.codePoints().filter(Quoted::shown).limit(longest).forEach(line::appendCodePoint);
        return StorableText.is(line.toString()) ? line.toString() : "";
    }

    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Some scripts and emoji are joined by these; the rest of the format characters only mislead.
            case Character.FORMAT -> character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
