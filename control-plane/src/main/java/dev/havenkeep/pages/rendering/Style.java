package dev.havenkeep.pages.rendering;

import dev.havenkeep.pages.Colour;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The look of the pages: one style sheet, and a realm's colour worked out for both themes. */
public final class Style {

    private static final Inline SHEET = Inline.resource("page.css");
    /** Of realms that have not chosen one. */
    static final Colour OWN = new Colour("#146171");

    private static final Colour WHITE = new Colour("#ffffff");
    private static final Colour INK = new Colour("#10191a");
    private static final Colour BLACK = new Colour("#000000");
    /** The card's surface in the dark theme, as in the sheet. */
    private static final Colour NIGHT = new Colour("#162022");
    /** The least contrast of a control with what is around it (WCAG 2.2, section 1.4.11). */
    private static final double CONTROL_CONTRAST = 3;

    private final Colour colour;
    private final Inline variables;

    Style(Colour colour) {
        this.colour = colour;
        this.variables = Inline.of(variables(colour));
    }

    /** What each style element holds. */
    public List<String> contents() {
        return List.of(SHEET.content(), variables.content());
    }

    /** As the policy names them. */
    List<String> sources() {
        return List.of(SHEET.source(), variables.source());
    }

    /** A small sign for the browser's tab: the initial in the realm's colour. */
    public String icon(String name) {
        String letter = initial(name).replace("&", "&amp;").replace("<", "&lt;");
        String svg =
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='"
                        + colour + "'/><text x='16' y='22' font-size='18' font-weight='600' text-anchor='middle'"
                        + " font-family='system-ui,sans-serif' fill='" + text(colour) + "'>" + letter + "</text></svg>";
        return "data:image/svg+xml,"
                + URLEncoder.encode(svg, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The first character as people see it, in upper case. */
    static String initial(String text) {
        String name = text.strip();
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(name);
        int end = characters.next();
        return end == BreakIterator.DONE ? "" : name.substring(0, end).toUpperCase(Locale.ROOT);
    }

    private static String variables(Colour colour) {
        return ":root{" + theme(colour, WHITE, BLACK) + "}@media(prefers-color-scheme:dark){:root{"
                + theme(colour, NIGHT, WHITE) + "}}";
    }

    private static String theme(Colour colour, Colour surface, Colour away) {
        return "--brand:" + colour + ";--on-brand:" + text(colour) + ";--brand-hover:"
                + colour.mix(text(colour).equals(WHITE) ? BLACK : WHITE, 0.12)
                + ";--brand-edge:" + colour.readableOn(surface, away, CONTROL_CONTRAST)
                + ";--link:" + colour.readableOn(surface, away, Colour.TEXT_CONTRAST + 1);
    }

    /** White wherever it can be read; one of the others always can. */
    private static Colour text(Colour background) {
        return Stream.of(WHITE, INK)
                .filter(text -> text.contrast(background) >= Colour.TEXT_CONTRAST)
                .findFirst()
                .orElse(BLACK);
    }
}
