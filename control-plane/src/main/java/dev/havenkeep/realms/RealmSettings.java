package dev.havenkeep.realms;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a realm behaves and looks. It is kept in the realm's own store.
 *
 * @param displayName what people read on its pages, 1 to 100 characters
 * @param signUp who may make an account
 * @param passwords what a new password must be
 * @param lifetimes how long what it gives out is good for
 * @param branding how its pages look
 * @param language the language of its pages when the browser wants none that they have, for example {@code en}
 * @param algorithm how it signs, unless a client says otherwise
 */
public record RealmSettings(
        String displayName,
        SignUp signUp,
        Passwords passwords,
        Lifetimes lifetimes,
        Branding branding,
        String language,
        SigningAlgorithm algorithm) {

    private static final int LONGEST_DISPLAY_NAME = 100;
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_URL = 2_000;
    private static final int MOST_DOMAINS = 50;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /** @throws ProblemException 422 that names every value that is not accepted */
    public RealmSettings {
        displayName = displayName.strip();
        if (displayName.isEmpty()
                || displayName.codePointCount(0, displayName.length()) > LONGEST_DISPLAY_NAME
                || !StorableText.is(displayName)
                || displayName.codePoints().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    Problem.invalid("displayName", "must be 1 to " + LONGEST_DISPLAY_NAME + " characters on one line"));
        }
        if (!LANGUAGE.matcher(language).matches()) {
            throw new ProblemException(Problem.invalid("language", "must be a language tag such as en or pt-BR"));
        }
    }

    /** What a new realm begins with. */
    public static RealmSettings of(String displayName) {
        return new RealmSettings(
                displayName,
                new SignUp(SignUp.Mode.INVITED, List.of()),
                new Passwords(12),
                Lifetimes.DEFAULT,
                Branding.NONE,
                "en",
                SigningAlgorithm.ES256);
    }

    /**
     * Who may make an account.
     *
     * @param mode how accounts come to be
     * @param domains with the mode {@code domains}: whose addresses may, for example {@code example.com}; at most 50
     */
    public record SignUp(Mode mode, List<String> domains) {

        /** How accounts come to be. */
        public enum Mode {
            /** Anybody may make one. */
            OPEN,
            /** Whoever has an address in one of the domains may. */
            DOMAINS,
            /** Only who is invited. */
            INVITED,
            /** Only operators make accounts. */
            CLOSED;

            /** The form in API and store, in lower case. */
            @JsonValue
            public String text() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        public SignUp {
            domains = domains.stream()
                    .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                    .toList();
            if (domains.size() > MOST_DOMAINS
                    || !domains.stream()
                            .allMatch(domain -> DOMAIN.matcher(domain).matches())) {
                throw new ProblemException(
                        Problem.invalid("signUp.domains", "must be at most 50 domains such as example.com"));
            }
            if (mode == Mode.DOMAINS && domains.isEmpty()) {
                throw new ProblemException(Problem.invalid("signUp.domains", "must name at least one domain"));
            }
        }
    }

    /**
     * What a new password must be.
     *
     * @param shortest how many characters at least, 8 to 64
     */
    public record Passwords(int shortest) {

        public Passwords {
            if (shortest < 8 || shortest > 64) {
                throw new ProblemException(Problem.invalid("passwords.shortest", "must be between 8 and 64"));
            }
        }
    }

    /**
     * How long what a realm gives out is good for, in seconds.
     *
     * @param accessToken 60 to 86,400; 900 by default
     * @param refreshToken 300 to 31,536,000; 86,400 by default
     * @param session a browser's session without "remember me"; 300 to 2,592,000; 43,200 by default
     * @param sessionIdle how long it may go unused; 300 to 2,592,000; 7,200 by default
     * @param remembered a browser's session with "remember me"; 3,600 to 31,536,000; 2,592,000 by default
     */
    public record Lifetimes(int accessToken, int refreshToken, int session, int sessionIdle, int remembered) {

        /** Access 15 minutes, refresh 24 hours, session 12 hours (2 unused), remembered 30 days. */
        public static final Lifetimes DEFAULT = new Lifetimes(900, 86_400, 43_200, 7_200, 2_592_000);

        public Lifetimes {
            List<Problem.Field> wrong = new ArrayList<>();
            between(wrong, "accessToken", accessToken, 60, 86_400);
            between(wrong, "refreshToken", refreshToken, 300, 31_536_000);
            between(wrong, "session", session, 300, 2_592_000);
            between(wrong, "sessionIdle", sessionIdle, 300, 2_592_000);
            between(wrong, "remembered", remembered, 3_600, 31_536_000);
            if (!wrong.isEmpty()) {
                throw new ProblemException(Problem.invalid(wrong));
            }
        }

        private static void between(List<Problem.Field> wrong, String name, int value, int least, int most) {
            if (value < least || value > most) {
                wrong.add(new Problem.Field("lifetimes." + name, "must be between " + least + " and " + most));
            }
        }
    }

    /**
     * How a realm's pages look.
     *
     * @param logoUrl an https address of an image
     * @param primaryColour the colour of what one clicks on, for example {@code #2f6f4f}
     * @param headline what stands above the form, at most 500 characters
     * @param footer what stands below it, at most 500 characters
     * @param termsUrl an https address; who makes an account agrees to it
     * @param privacyUrl an https address
     */
    public record Branding(
            @Nullable String logoUrl,
            @Nullable String primaryColour,
            @Nullable String headline,
            @Nullable String footer,
            @Nullable String termsUrl,
            @Nullable String privacyUrl) {

        /** The product's own look. */
        public static final Branding NONE = new Branding(null, null, null, null, null, null);

        public Branding {
            primaryColour = primaryColour == null ? null : primaryColour.toLowerCase(Locale.ROOT);
            List<Problem.Field> wrong = new ArrayList<>();
            https(wrong, "logoUrl", logoUrl);
            https(wrong, "termsUrl", termsUrl);
            https(wrong, "privacyUrl", privacyUrl);
            text(wrong, "headline", headline);
            text(wrong, "footer", footer);
            if (primaryColour != null && !COLOUR.matcher(primaryColour).matches()) {
                wrong.add(new Problem.Field("branding.primaryColour", "must be a colour such as #2f6f4f"));
            }
            if (!wrong.isEmpty()) {
                throw new ProblemException(Problem.invalid(wrong));
            }
        }

        private static void text(List<Problem.Field> wrong, String name, @Nullable String text) {
            if (text != null
                    && (text.codePointCount(0, text.length()) > LONGEST_TEXT
                            || !StorableText.is(text)
                            || text.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n'))) {
                wrong.add(new Problem.Field(
                        "branding." + name,
                        "must be at most " + LONGEST_TEXT + " characters, without control characters"));
            }
        }

        private static void https(List<Problem.Field> wrong, String name, @Nullable String url) {
            if (url == null) {
                return;
            }
            if (url.length() > LONGEST_URL || !url.chars().allMatch(c -> c > ' ' && c < 0x7F) || !isHttps(url)) {
                wrong.add(new Problem.Field("branding." + name, "must be an https address"));
            }
        }

        private static boolean isHttps(String url) {
            try {
                URI uri = new URI(url);
                return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
