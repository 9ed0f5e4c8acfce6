package dev.havenkeep.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.pages.Tags.Tag;
import dev.havenkeep.pages.view.Page;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that people, clients and operators wrote stays text, wherever a page shows it. */
class HostileTextTest {

    private final Pages pages = new Pages();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</script><script>alert(1)</script>",
                "</style><img src=x onerror=alert(1)>",
                "\"><svg onload=alert(1)>",
                "\" autofocus onfocus=\"alert(1)",
                "' onmouseover='alert(1)",
                "` onmouseover=`alert(1)",
                "</title></main></form><form action=https://evil.example>",
                "<!--",
                "-->",
                "<![CDATA[",
                "javascript:alert(1)",
                "&lt;script&gt;&quot;&#x27;",
                "{client}{realm}{title}",
                "${7*7}#{7*7}@if(true)",
                "\u2028\u2029\u0000\r\n",
                "\ud83d",
                "\u202eevil"
            })
    void hostileTextChangesNoTagAndNoAttribute(String hostile) {
        for (Language language : List.of(Language.ENGLISH, Language.JAPANESE)) {
            // Harmless text in the same places: no page differs but by what it says.
            Map<String, List<String>> harmless = shapes(language, usual -> "x" + usual);

            assertThat(shapes(language, usual -> hostile + usual)).isEqualTo(harmless);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b id=\"x\">&amp;'`"})
    void textIsShownAsItWasWritten(String hostile) {
        SamplePages.all(usual -> hostile + usual).forEach((name, page) -> {
            String html = pages.render(SamplePages.branded(Language.ENGLISH, usual -> hostile + usual), page)
                    .html();

            assertThat(unescaped(html)).as(name).contains(hostile + "Harbour");
        });
    }

    private Map<String, List<String>> shapes(Language language, UnaryOperator<String> written) {
        PageContext context = SamplePages.branded(language, written);
        Map<String, List<String>> shapes = new TreeMap<>();
        for (Map.Entry<String, Page> sample : SamplePages.all(written).entrySet()) {
            RenderedPage rendered = pages.render(context, sample.getValue());
            assertThat(rendered.headers().values())
                    .as(sample.getKey())
                    .allMatch(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7F));
            shapes.put(
                    sample.getKey(),
                    Tags.of(rendered.html()).stream().map(Tag::shape).toList());
        }
        return shapes;
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#96;", "`")
                .replace("&amp;", "&");
    }
}
