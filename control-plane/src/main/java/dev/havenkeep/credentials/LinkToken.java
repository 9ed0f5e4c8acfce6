package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Secret;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The unguessable part of a mailed link: 256 bits. It is kept as its {@link #hash}; whoever keeps it says until when it
 * is good, and uses it once. A mail scanner opens links too: opening one shows a page, and only its button uses it.
 */
public final class LinkToken {

    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{43}");

    private final Secret text;

    private LinkToken(String text) {
        this.text = Secret.of(text);
    }

    /** A new token. */
    public static LinkToken next() {
        return new LinkToken(RandomText.next());
    }

    /** Reads a token of a link that somebody opened. */
    public static Optional<LinkToken> tryParse(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new LinkToken(text)) : Optional.empty();
    }

    /** The token as it stands in the link; it needs no encoding there. */
    public Secret text() {
        return text;
    }

    /**
     * What is kept of it, and what it is found by: a SHA-256 that is good for one purpose only, so that no link to
     * confirm an address ever resets a password.
     *
     * @param purpose what the link does, such as {@code recovery}
     */
    public String hash(String purpose) {
        return RandomText.hash("link-token\n" + purpose + "\n" + text.reveal());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
