package dev.havenkeep.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-             | -                          | GERMAN",
                "fr            | ja                         | FRENCH",
                "fr-CA fr en   | ja                         | FRENCH",
                "tlh ja        | fr                         | JAPANESE",
                "tlh           | fr                         | FRENCH",
                "''            | fr                         | FRENCH",
                "-             | es-MX,es;q=0.9,en;q=0.8    | SPANISH",
                "-             | nl, pt-BR;q=0.5, en;q=0.4  | PORTUGUESE",
                "-             | en;q=0.2, zh-TW;q=0.9      | CHINESE",
                "-             | zh-Hans-CN                 | CHINESE",
                "-             | en;q=0, fr;q=0.1           | FRENCH",
                "-             | *                          | GERMAN",
                "-             | ;;q=x,,                    | GERMAN",
                "%00<script>   | <script>                   | GERMAN",
                "EN            | -                          | ENGLISH",
            })
    void clientsWishGoesBeforeTheBrowsersAndThatBeforeTheRealms(
            @Nullable String uiLocales, @Nullable String acceptLanguage, Language expected) {
        assertThat(Language.choose(uiLocales, acceptLanguage, Language.GERMAN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"501", "100000"})
    void wishesThatAreTooLongArePassedOver(int length) {
        String wish = "fr," + "x".repeat(length);

        assertThat(Language.choose(wish, wish, Language.GERMAN)).isEqualTo(Language.GERMAN);
    }
}
