package dev.havenkeep.edge.haproxy;

import java.util.regex.Pattern;

/**
 * Writes a value as one word of HAProxy's configuration (configuration manual section 2.2, "Quoting and escaping").
 * The only place where data becomes configuration.
 */
final class Quoter {

    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:-]+");

    private Quoter() {}

    /**
     * The word that HAProxy reads as exactly this text.
     *
     * @throws IllegalArgumentException for control characters, which no quoting can carry
     */
    static String text(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("A control character cannot be written into the configuration");
        }
        return BARE.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    /** The word that HAProxy reads as a log-format (section 8.2.6) which gives exactly this text. */
    static String format(String value) {
        return text(value.replace("%", "%%"));
    }
}
