package dev.havenkeep.pages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The languages that the pages speak, and which of them a person reads. */
public enum Language {
    ENGLISH("en", "en"),
    GERMAN("de", "de"),
    FRENCH("fr", "fr"),
    SPANISH("es", "es"),
    PORTUGUESE("pt", "pt-BR"),
    JAPANESE("ja", "ja"),
    CHINESE("zh", "zh-Hans");

    private static final int LONGEST_WISH = 500;

    private final String code;
    private final String tag;

    Language(String code, String tag) {
        this.code = code;
        this.tag = tag;
    }

    /** The ISO 639-1 code: what settings and files name the language by. */
    public String code() {
        return code;
    }

    /** The BCP 47 tag of what the pages say, for {@code lang} and Content-Language. */
    public String tag() {
        return tag;
    }

    /** The language with a code. */
    public static Optional<Language> of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /**
     * The language to answer in. What a client asks for goes before what the browser prefers, and that before the
     * realm's default; whatever is not understood is passed over.
     *
     * @param uiLocales the request's {@code ui_locales}: BCP 47 tags separated by spaces, the preferred first (OpenID Connect Core 1.0,
     *     section 3.1.2.1)
     * @param acceptLanguage the request's header (RFC 9110 section 12.5.4)
     */
    public static Language choose(@Nullable String uiLocales, @Nullable String acceptLanguage, Language realmsDefault) {
        return asked(uiLocales).or(() -> preferred(acceptLanguage)).orElse(realmsDefault);
    }

    private static Optional<Language> asked(@Nullable String uiLocales) {
        if (uiLocales == null || uiLocales.length() > LONGEST_WISH) {
            return Optional.empty();
        }
        return Arrays.stream(uiLocales.strip().split(" +"))
                .flatMap(tag -> matching(tag).stream())
                .findFirst();
    }

    private static Optional<Language> preferred(@Nullable String header) {
        if (header == null || header.isBlank() || header.length() > LONGEST_WISH) {
            return Optional.empty();
        }
        List<Locale.LanguageRange> ranges;
        try {
            ranges = Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return ranges.stream()
                .filter(range -> range.getWeight() > 0)
                .flatMap(range -> matching(range.getRange()).stream())
                .findFirst();
    }

    private static Optional<Language> matching(String tag) {
        String primary = tag.split("[-_]", 2)[0];
        return of(primary.toLowerCase(Locale.ROOT));
    }
}
