package dev.havenkeep.pages;

import dev.havenkeep.pages.rendering.Renderer;
import dev.havenkeep.pages.view.Page;
import org.springframework.stereotype.Component;

/** Turns a page's record into its HTML. Pure and thread-safe; the templates were compiled with the product. */
@Component
public class Pages {

    private final Renderer renderer = new Renderer();

    /** The page in the realm's brand and the reader's language, with the headers that it must be answered with. */
    public RenderedPage render(PageContext context, Page page) {
        return renderer.render(context, page);
    }
}
