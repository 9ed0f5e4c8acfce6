/** How a page becomes HTML: what the templates (src/main/jte) see, their words, style, scripts and policy. */
@NullMarked
package dev.havenkeep.pages.rendering;

import org.jspecify.annotations.NullMarked;
