/**
 * One record per page: what the page shows, and as constants which fields it posts and to which path. Paths are below
 * the realm's prefix ({@link dev.havenkeep.pages.FormContext#prefix}).
 */
@NullMarked
@NamedInterface("view")
package dev.havenkeep.pages.view;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
