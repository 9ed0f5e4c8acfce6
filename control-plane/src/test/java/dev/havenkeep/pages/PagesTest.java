package dev.havenkeep.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.pages.view.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files of every page: headers, then the document without its style sheet and scripts, which are files of their own.
 * With {@code -Dhavenkeep.golden=write} they are written anew instead, to be read before they are committed.
 */
class PagesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/pages/golden");
    private static final SequencedMap<String, Page> SAMPLES = SamplePages.all();

    private final Pages pages = new Pages();

    static Stream<String> names() {
        return SAMPLES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPageInEnglish(String name) throws IOException {
        assertGolden(name + ".html", SamplePages.plain(Language.ENGLISH), name);
    }

    @Test
    void signInInJapanese() throws IOException {
        assertGolden("sign-in.ja.html", SamplePages.plain(Language.JAPANESE), "sign-in");
    }

    @Test
    void brandedPageWithBannerAndNotice() throws IOException {
        assertGolden(
                "sign-in.branded.html", SamplePages.branded(Language.ENGLISH, UnaryOperator.identity()), "sign-in");
    }

    @Test
    void everyKindOfPageHasASample() {
        assertThat(SAMPLES.values().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Page.class.getPermittedSubclasses());
    }

    private RenderedPage page(String name, PageContext context) {
        Page page = SAMPLES.get(name);
        if (page == null) {
            throw new IllegalArgumentException(name);
        }
        return pages.render(context, page);
    }

    private void assertGolden(String file, PageContext context, String name) throws IOException {
        RenderedPage rendered = page(name, context);
        StringBuilder text = new StringBuilder();
        new TreeMap<>(rendered.headers())
                .forEach((header, value) ->
                        text.append(header).append(": ").append(value).append('\n'));
        text.append('\n').append(rendered.html());
        String shown = text.toString()
                .replaceFirst("(?s)<style>.*?</style>", "<style>…</style>")
                .replaceAll("(?s)<script>.*?</script>", "<script>…</script>")
                .replaceAll("'sha256-[^']+'", "'sha256-…'");
        if ("write".equals(System.getProperty("havenkeep.golden"))) {
            Files.writeString(GOLDEN.resolve(file), shown);
        }
        assertThat(shown).isEqualTo(Files.readString(GOLDEN.resolve(file)));
    }
}
