/**
 * The pages that a realm shows to the people who sign in: view-model records in, HTML with its headers out. It knows
 * neither HTTP nor stores; the records say which fields a page posts and where to. Brand, language and forms come in
 * the {@link dev.havenkeep.pages.PageContext}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package dev.havenkeep.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
