package dev.havenkeep.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.pages.Tags.Tag;
import dev.havenkeep.pages.view.FormPostPage;
import dev.havenkeep.pages.view.Page;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page: its policy fits it, its forms are protected and its fields are labelled. */
class DocumentTest {

    private static final Map<String, Page> SAMPLES = SamplePages.all();

    private final Pages pages = new Pages();

    static Stream<String> names() {
        return SAMPLES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void policyAllowsThePagesOwnStyleAndScriptsAndNothingElse(String name) throws GeneralSecurityException {
        for (PageContext context : contexts()) {
            RenderedPage rendered = render(name, context);
            List<Tag> tags = Tags.of(rendered.html());

            assertThat(directive(rendered, "default-src")).containsExactly("'none'");
            assertThat(directive(rendered, "base-uri")).containsExactly("'none'");
            assertThat(directive(rendered, "frame-ancestors")).containsExactly("'none'");
            assertThat(directive(rendered, "style-src")).containsExactlyInAnyOrderElementsOf(hashes(tags, "style"));
            assertThat(directive(rendered, "script-src")).containsExactlyInAnyOrderElementsOf(hashes(tags, "script"));
            assertThat(tags)
                    .allSatisfy(tag -> assertThat(tag.attributes().keySet())
                            .noneMatch(attribute -> attribute.startsWith("on") || attribute.equals("style")));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void formsPostWithinTheRealmAndCarryTheTokenAndTheInteraction(String name) {
        RenderedPage rendered = render(name, SamplePages.plain(Language.ENGLISH));
        if (SAMPLES.get(name) instanceof FormPostPage) {
            assertThat(rendered.html()).doesNotContain("csrf-1", "7f3");
            return;
        }

        assertThat(directive(rendered, "form-action")).containsExactly("'self'");
        String[] forms = rendered.html().split("<form ", -1);
        for (int i = 1; i < forms.length; i++) {
            assertThat(forms[i])
                    .startsWith("method=\"post\" action=\"/realms/shop/")
                    .contains("name=\"_csrf\" value=\"csrf-1\"", "name=\"interaction\" value=\"7f3\"");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void idsAreUniqueAndWhatRefersToThemFindsThem(String name) {
        List<Tag> tags =
                Tags.of(render(name, SamplePages.plain(Language.ENGLISH)).html());
        Set<String> ids = new HashSet<>();
        for (Tag tag : tags) {
            String id = tag.attributes().get("id");
            assertThat(id == null || ids.add(id)).as("id " + id).isTrue();
        }

        for (Tag tag : tags) {
            for (String attribute : List.of("for", "form", "aria-describedby", "aria-labelledby", "data-reveals")) {
                String references = tag.attributes().getOrDefault(attribute, "");
                if (!references.isEmpty()) {
                    assertThat(ids).as(attribute).containsAll(List.of(references.split(" ")));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void atMostOneFieldHasTheFocusAndItIsTheFirstAtFault(String name) {
        List<Tag> tags =
                Tags.of(render(name, SamplePages.plain(Language.ENGLISH)).html());
        List<Tag> focused = tags.stream()
                .filter(tag -> tag.attributes().containsKey("autofocus"))
                .toList();
        List<Tag> faulty = tags.stream()
                .filter(tag -> tag.attributes().containsKey("aria-invalid"))
                .toList();

        assertThat(focused).hasSizeLessThanOrEqualTo(1);
        if (!faulty.isEmpty()) {
            assertThat(focused).containsExactly(faulty.getFirst());
            assertThat(faulty).allSatisfy(tag -> assertThat(tag.attributes()).containsKey("aria-describedby"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void headersKeepThePageOutOfCachesAndFramesAndNameItsLanguage(String name) {
        RenderedPage rendered = render(name, SamplePages.plain(Language.CHINESE));

        assertThat(rendered.headers())
                .containsEntry("Content-Type", "text/html;charset=UTF-8")
                .containsEntry("Content-Language", "zh-Hans")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Referrer-Policy", SAMPLES.get(name) instanceof FormPostPage ? "origin" : "same-origin");
        assertThat(rendered.html()).contains("<html lang=\"zh-Hans\">");
    }

    private RenderedPage render(String name, PageContext context) {
        Page page = SAMPLES.get(name);
        if (page == null) {
            throw new IllegalArgumentException(name);
        }
        return pages.render(context, page);
    }

    private static List<PageContext> contexts() {
        return List.of(
                SamplePages.plain(Language.GERMAN), SamplePages.branded(Language.ENGLISH, UnaryOperator.identity()));
    }

    private static List<String> directive(RenderedPage page, String name) {
        String policy = page.headers().getOrDefault("Content-Security-Policy", "");
        return Pattern.compile("; ")
                .splitAsStream(policy)
                .map(directive -> List.of(directive.split(" ")))
                .filter(words -> words.getFirst().equals(name))
                .flatMap(words -> words.stream().skip(1))
                .toList();
    }

    private static List<String> hashes(List<Tag> tags, String name) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return tags.stream()
                .filter(tag -> tag.name().equals(name))
                .map(tag -> "'sha256-"
                        + Base64.getEncoder()
                                .encodeToString(digest.digest(tag.text().getBytes(StandardCharsets.UTF_8)))
                        + "'")
                .toList();
    }
}
