package dev.havenkeep.pages;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An opaque colour as {@code #rrggbb}, and the arithmetic that keeps text readable (WCAG 2.2, section 1.4.3). */
public record Colour(String value) {

    /** The least contrast of text (WCAG level AA). */
    public static final double TEXT_CONTRAST = 4.5;

    private static final Pattern FORM = Pattern.compile("#[0-9a-f]{6}");
    private static final double STEP = 0.04;
    private static final double SRGB_KNEE = 0.04045;

    /** @throws IllegalArgumentException when it is not {@code #rrggbb} in lower case */
    public Colour {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a colour");
        }
    }

    /**
     * Reads a colour that a person typed.
     *
     * @param path the input field, for the problem
     * @throws ProblemException 422 when it is not {@code #rrggbb}
     */
    public static Colour parse(String path, @Nullable String text) {
        String colour = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        if (!FORM.matcher(colour).matches()) {
            throw new ProblemException(Problem.invalid(path, "must be a colour such as #146171"));
        }
        return new Colour(colour);
    }

    /** The contrast ratio with another colour, from 1 to 21. */
    public double contrast(Colour other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    /** This colour, mixed with another just so much that it has the contrast on the background. */
    public Colour readableOn(Colour background, Colour towards, double contrast) {
        for (double part = 0; part < 1; part += STEP) {
            Colour mixed = mix(towards, part);
            if (mixed.contrast(background) >= contrast) {
                return mixed;
            }
        }
        return towards;
    }

    /** This colour with a part, 0 to 1, of another. */
    public Colour mix(Colour other, double part) {
        return new Colour(String.format(
                Locale.ROOT, "#%02x%02x%02x", mixed(other, part, 1), mixed(other, part, 3), mixed(other, part, 5)));
    }

    @Override
    public String toString() {
        return value;
    }

    private long mixed(Colour other, double part, int at) {
        return Math.round(channel(at) * (1 - part) + other.channel(at) * part);
    }

    private double luminance() {
        return 0.2126 * linear(channel(1)) + 0.7152 * linear(channel(3)) + 0.0722 * linear(channel(5));
    }

    private int channel(int at) {
        return Integer.parseInt(value, at, at + 2, 16);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= SRGB_KNEE ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
