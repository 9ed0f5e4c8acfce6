package dev.havenkeep.pages;

import org.jspecify.annotations.Nullable;

/**
 * How a realm presents itself.
 *
 * @param displayName the realm's name for people
 * @param logo shown instead of the name; null shows the name
 * @param colour of buttons and links; null is Havenkeep's own
 */
public record Brand(
        String displayName, @Nullable Logo logo, @Nullable Colour colour, Texts texts, Links links) {

    /** A realm that nobody has branded yet. */
    public static Brand plain(String displayName) {
        return new Brand(displayName, null, null, new Texts(null, null), new Links(null, null));
    }

    /**
     * A picture for each theme.
     *
     * @param dark for dark backgrounds; null shows the other there too
     */
    public record Logo(WebLink light, @Nullable WebLink dark) {}

    /**
     * The realm's own words, each as plain text in the language that it was written in.
     *
     * @param headline shown beneath the logo of the sign-in and sign-up pages
     * @param footer shown at the foot of every page
     */
    public record Texts(@Nullable String headline, @Nullable String footer) {}

    /** What the realm's people agree to. */
    public record Links(@Nullable WebLink terms, @Nullable WebLink privacy) {}
}
