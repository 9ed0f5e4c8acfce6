package dev.havenkeep.pages;

import java.util.Map;

/**
 * A page to answer with. The status is the answerer's.
 *
 * @param html the whole document, for UTF-8
 * @param headers each to be set as it is: Content-Type, Content-Language, Content-Security-Policy, which allows this very page's
 *     style and scripts and no others, and those that keep the page out of caches and frames
 */
public record RenderedPage(String html, Map<String, String> headers) {

    public RenderedPage {
        headers = Map.copyOf(headers);
    }
}
