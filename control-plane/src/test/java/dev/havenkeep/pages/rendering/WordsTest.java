package dev.havenkeep.pages.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.pages.Language;
import dev.havenkeep.pages.Notice;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.FormError;
import dev.havenkeep.pages.view.SecondFactorPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {

    private static final Words ENGLISH = Words.in(Language.ENGLISH);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
    /** Keys that are put together: their beginnings, and the constants that end them. */
    private static final Map<String, Enum<?>[]> FAMILIES = Map.of(
            "form-error.", FormError.Kind.values(),
            "notice.", Notice.values(),
            "error-page.", ErrorPage.Kind.values(),
            "second-factor.lead.", SecondFactorPage.Method.values(),
            "second-factor.instead.", SecondFactorPage.Method.values());

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyLanguageSaysTheSameThingsAboutTheSameValues(Language language) {
        Words words = Words.in(language);

        assertThat(words.keys()).containsExactlyInAnyOrderElementsOf(ENGLISH.keys());
        for (String key : words.keys()) {
            assertThat(placeholders(words.text(key))).as(key).isEqualTo(placeholders(ENGLISH.text(key)));
            assertThat(words.text(key))
                    .as(key)
                    .isEqualTo(words.text(key).strip())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Language.class, mode = EnumSource.Mode.EXCLUDE, names = "ENGLISH")
    void nothingIsLeftInEnglish(Language language) {
        Words words = Words.in(language);
        Set<String> alike = words.keys().stream()
                .filter(key -> words.text(key).equals(ENGLISH.text(key)))
                .collect(Collectors.toCollection(TreeSet::new));

        // Words that two languages share.
        assertThat(alike).isSubsetOf("title", "title.error", "code", "device-code.code", "name", "account.passkeys");
    }

    @Test
    void everyConstantHasItsWords() {
        FAMILIES.forEach((prefix, constants) -> assertThat(ENGLISH.keys())
                .containsAll(Arrays.stream(constants)
                        .map(constant -> prefix
                                + constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList()));
    }

    @Test
    void templatesUseEveryTextAndNoOthers() {
        String sources = sources();
        Set<String> named = Pattern.compile("\"([a-z]+(?:[.-][a-z]+)*)\"")
                .matcher(sources)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());

        assertThat(ENGLISH.keys())
                .allMatch(key -> named.contains(key)
                        || key.startsWith("scope.")
                        || key.endsWith(".title")
                        || FAMILIES.keySet().stream().anyMatch(key::startsWith));
        Stream<String> used = Pattern.compile("[.]t\\(\"([^\"]+[^.\"])\"")
                .matcher(sources)
                .results()
                .map((MatchResult result) -> result.group(1));
        assertThat(used).isNotEmpty().allMatch(ENGLISH.keys()::contains);
    }

    @Test
    void valuesAreNotReadForPlaceholders() {
        String text = ENGLISH.text("title", Map.of("title", "{realm}", "realm", "{title}$1\\"));

        assertThat(text).isEqualTo("{realm} · {title}$1\\");
    }

    @Test
    void unknownKeyIsAnError() {
        assertThatThrownBy(() -> ENGLISH.text("no-such-thing")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static String sources() {
        try (Stream<Path> templates = Files.walk(Path.of("src/main/jte"));
                Stream<Path> classes = Files.walk(Path.of("src/main/java/dev/havenkeep/pages/rendering"))) {
            return Stream.concat(templates, classes)
                    .filter(Files::isRegularFile)
                    .map(WordsTest::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
