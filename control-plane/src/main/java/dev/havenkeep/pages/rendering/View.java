package dev.havenkeep.pages.rendering;

import dev.havenkeep.pages.Brand;
import dev.havenkeep.pages.FormContext;
import dev.havenkeep.pages.PageContext;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.FormError;
import dev.havenkeep.pages.view.Page;
import dev.havenkeep.pages.view.RequestedScope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a template sees: the page, and everything around it in the reader's language. */
public final class View<P extends Page> {

    /** The id of what says what is wrong with the form as a whole. */
    public static final String GENERAL_ERROR_ID = "error";

    private final PageContext context;
    private final P page;
    private final String name;
    private final Words words;
    private final Style style;

    View(PageContext context, P page, String name, Words words, Style style) {
        this.context = context;
        this.page = page;
        this.name = name;
        this.words = words;
        this.style = style;
    }

    public P page() {
        return page;
    }

    public PageContext context() {
        return context;
    }

    public Brand brand() {
        return context.brand();
    }

    public Style style() {
        return style;
    }

    /** The template's name, which its words begin with. */
    public String name() {
        return name;
    }

    /** BCP 47. */
    public String language() {
        return context.language().tag();
    }

    /** The document's title: what the page is, and whose. */
    public String title() {
        String heading = page instanceof ErrorPage error ? t("error-page." + key(error.kind())) : t(name + ".title");
        String text = page.errors().isEmpty() ? heading : t("title.error", "title", heading);
        return t("title", "title", text, "realm", brand().displayName());
    }

    public String t(String key) {
        return words.text(key);
    }

    public String t(String key, String name, @Nullable String value) {
        return words.text(key, Map.of(name, value == null ? "" : value));
    }

    public String t(String key, String name1, String value1, String name2, String value2) {
        return words.text(key, Map.of(name1, value1, name2, value2));
    }

    /** A constant's part of a key: {@code WRONG_CREDENTIALS} is {@code wrong-credentials}. */
    public String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where a form posts to; what is carried is in its fields. */
    public String action(String path) {
        return context.forms().prefix() + path;
    }

    /** Where a link within the realm leads to, with what is carried. */
    public String link(String path) {
        return link(path, Map.of());
    }

    /** A link with one more parameter. */
    public String link(String path, String name, String value) {
        return link(path, Map.of(name, value));
    }

    public FormContext forms() {
        return context.forms();
    }

    /** What is wrong with a field, or null. */
    public @Nullable String error(String field) {
        return page.errors().of(field).map(this::sentence).orElse(null);
    }

    /** What is wrong with the form as a whole, or null. */
    public @Nullable String generalError() {
        return page.errors().general().map(this::sentence).orElse(null);
    }

    /**
     * Whether a field has the focus when the page opens: the first at fault, or else the one that the page says.
     *
     * @param first whether the page says so
     */
    public boolean focused(String field, boolean first) {
        for (FormError error : page.errors().all()) {
            if (error.field() != null) {
                return error.field().equals(field);
            }
        }
        return first;
    }

    /** The ids of what describes a field, or null when nothing does. */
    public @Nullable String describedBy(String field, boolean hint, boolean first) {
        StringJoiner ids = new StringJoiner(" ");
        if (page.errors().of(field).isPresent()) {
            ids.add(field + "-error");
        }
        if (first && page.errors().general().isPresent()) {
            ids.add(GENERAL_ERROR_ID);
        }
        if (hint) {
            ids.add(field + "-hint");
        }
        return ids.length() == 0 ? null : ids.toString();
    }

    /** What a scope allows, in the reader's language where it is a standard one. */
    public String scope(RequestedScope scope) {
        String key = "scope." + scope.name();
        if (words.has(key)) {
            return words.text(key);
        }
        return scope.description() == null ? scope.name() : scope.description();
    }

    /** A moment as people read it; in UTC, since nobody told where they are. */
    public String when(Instant moment) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(Locale.forLanguageTag(language()))
                        .withZone(ZoneOffset.UTC)
                        .format(moment)
                + " UTC";
    }

    /** What a client's or realm's name begins with, for where there is no picture. */
    public String initial(String text) {
        return Style.initial(text);
    }

    /** The page's scripts; empty when it has none. */
    public Script script() {
        return Script.of(page);
    }

    private String sentence(FormError error) {
        return words.text("form-error." + key(error.kind()), error.values());
    }

    private String link(String path, Map<String, String> more) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        context.forms().carried().forEach((name, value) -> query.add(encoded(name) + "=" + encoded(value)));
        more.forEach((name, value) -> query.add(encoded(name) + "=" + encoded(value)));
        return context.forms().prefix() + path + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
