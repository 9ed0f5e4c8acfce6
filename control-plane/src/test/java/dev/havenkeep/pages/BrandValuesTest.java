package dev.havenkeep.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.pages.view.FormPostPage;
import dev.havenkeep.pages.view.OnwardPage;
import dev.havenkeep.pages.view.SignedOutPage;
import java.util.LinkedHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that a brand and a form are made of: what is let in, and that colours stay readable. */
class BrandValuesTest {

    private static final Colour WHITE = new Colour("#ffffff");
    private static final Colour BLACK = new Colour("#000000");
    private static final Colour NIGHT = new Colour("#162022");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "java\nscript:alert(1)",
                "data:text/html,x",
                "http://example.com/terms",
                "//example.com/terms",
                "/terms",
                "https:example.com",
                "https://",
                "https://user@example.com/",
                "https://example.com/\"onclick=alert(1)",
                "https://example.com/ x",
                "https://exa;mple.com/",
                "https://exämple.com/",
                "https://example.com/\r\nSet-Cookie: a=b",
                ""
            })
    void linksThatAreNotPlainHttpsAreRefused(String text) {
        assertThatThrownBy(() -> WebLink.parse("termsUrl", text)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new WebLink(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linkKnowsItsOrigin() {
        WebLink link = WebLink.parse("logoUrl", " https://cdn.example:8443/a;b/logo.svg?v=1 ");

        assertThat(link.value()).isEqualTo("https://cdn.example:8443/a;b/logo.svg?v=1");
        assertThat(link.origin()).isEqualTo("https://cdn.example:8443");
        assertThat(link.host()).isEqualTo("cdn.example");
    }

    @ParameterizedTest
    @CsvSource({
        "https://Shop.example/callback?a=b, https://shop.example",
        "https://shop.example:8443/callback, https://shop.example:8443",
        "http://127.0.0.1:53100/callback, http://127.0.0.1:53100",
        "http://[::1]:53100/callback, http://[::1]:53100",
        "com.example.app:/callback, com.example.app:",
        "com.example.app://callback, com.example.app:"
    })
    void destinationIsAnOriginOrAnApplicationsScheme(String redirectUri, String source) {
        assertThat(FormDestination.of(redirectUri).source()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "blob:https://a.example/1",
                "about:blank",
                "file:///etc/passwd",
                "https:///x",
                "https://a.example;script-src/x",
                "/callback",
                "callback",
                "https://a b/",
                ""
            })
    void destinationsThatAreNoneAreRefused(String redirectUri) {
        assertThatThrownBy(() -> FormDestination.of(redirectUri)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new OnwardPage(redirectUri)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new FormPostPage(redirectUri, new LinkedHashMap<>()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void noFormIsPostedToAnApplicationsScheme() {
        assertThatThrownBy(() -> new FormPostPage("com.example.app:/callback", new LinkedHashMap<>()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/realms/../x\"", "realms/shop", "/realms/shop/", "/a b", "https://x"})
    void prefixesThatAreNoPathAreRefused(String prefix) {
        assertThatThrownBy(() -> FormContext.of(prefix, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "#fff", "#gggggg", "#12345", "#1234567", "#146171;}", "rgb(0,0,0)", ""})
    void coloursThatAreNotSixHexDigitsAreRefused(String text) {
        assertThatThrownBy(() -> Colour.parse("colour", text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void coloursAreReadInAnyCase() {
        assertThat(Colour.parse("colour", " #FFCC00 ").value()).isEqualTo("#ffcc00");
    }

    @Test
    void contrastIsThatOfTheGuidelines() {
        assertThat(WHITE.contrast(BLACK)).isEqualTo(21);
        assertThat(WHITE.contrast(new Colour("#767676"))).isBetween(4.5, 4.6);
    }

    @Test
    void textIsReadableInEveryColourAndBothThemes() {
        Pages pages = new Pages();
        IntStream.range(0, 216).forEach(i -> {
            Colour colour = new Colour("#%02x%02x%02x".formatted(i / 36 * 51, i / 6 % 6 * 51, i % 6 * 51));
            Brand brand = new Brand("Harbour", null, colour, new Brand.Texts(null, null), new Brand.Links(null, null));
            String html = pages.render(
                            PageContext.of(brand, Language.ENGLISH, FormContext.of("", "")), new SignedOutPage(null))
                    .html();

            MatchResult light = variables(html, 0);
            MatchResult dark = variables(html, 1);
            for (MatchResult theme : new MatchResult[] {light, dark}) {
                Colour onBrand = new Colour(theme.group(2));
                assertThat(new Colour(theme.group(1)).contrast(onBrand))
                        .as(colour + " text")
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(new Colour(theme.group(3)).contrast(onBrand))
                        .as(colour + " hover")
                        .isGreaterThanOrEqualTo(4.5);
            }
            assertThat(new Colour(light.group(4)).contrast(WHITE))
                    .as(colour + " edge")
                    .isGreaterThanOrEqualTo(3);
            assertThat(new Colour(dark.group(4)).contrast(NIGHT))
                    .as(colour + " edge")
                    .isGreaterThanOrEqualTo(3);
            assertThat(new Colour(light.group(5)).contrast(WHITE))
                    .as(colour + " link")
                    .isGreaterThanOrEqualTo(4.5);
            assertThat(new Colour(dark.group(5)).contrast(NIGHT))
                    .as(colour + " link")
                    .isGreaterThanOrEqualTo(4.5);
        });
    }

    private static MatchResult variables(String html, int theme) {
        return Pattern.compile(
                        "--brand:(#\\w+);--on-brand:(#\\w+);--brand-hover:(#\\w+);--brand-edge:(#\\w+);--link:(#\\w+)")
                .matcher(html)
                .results()
                .skip(theme)
                .findFirst()
                .orElseThrow();
    }
}
