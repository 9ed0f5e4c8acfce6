package dev.havenkeep.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document's tags as a browser reads them (HTML, section 13.2.5): the start and end tags in their order, with the
 * names and raw values of their attributes. Whatever does not read like one of our own templates fails.
 */
final class Tags {

    private static final Pattern TAG = Pattern.compile(
            "<(?<name>/?[a-z][a-z0-9]*)(?<attributes>(?:\\s+[a-z:-]+(?:=\"[^\"]*\")?)*)\\s*/?>|<!DOCTYPE html>|(?<other><)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z:-]+)(?:=\"([^\"]*)\")?");

    private Tags() {}

    /**
     * One tag; the name of an end tag begins with a slash.
     *
     * @param text what stands between it and the next, as it is in the source
     */
    record Tag(String name, Map<String, String> attributes, String text) {

        /** Its name and the names of its attributes: what no text may change. */
        String shape() {
            return name + attributes.keySet();
        }
    }

    static List<Tag> of(String html) {
        List<Tag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(html);
        int at = 0;
        while (matcher.find(at)) {
            if (matcher.group("other") != null) {
                throw new AssertionError("Not one of our tags: " + excerpt(html, matcher.start()));
            }
            at = matcher.end();
            String name = matcher.group("name");
            if (name == null) {
                continue;
            }
            // What is within these is text up to the very end tag.
            int end = name.equals("script") || name.equals("style")
                    ? html.indexOf("</" + name + ">", at)
                    : html.indexOf('<', at);
            tags.add(new Tag(
                    name, attributes(matcher.group("attributes")), html.substring(at, end < 0 ? html.length() : end)));
            at = end < 0 ? html.length() : end;
        }
        return tags;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            attributes.put(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
        }
        return attributes;
    }

    private static String excerpt(String html, int at) {
        return html.substring(Math.max(0, at - 60), Math.min(html.length(), at + 60));
    }
}
