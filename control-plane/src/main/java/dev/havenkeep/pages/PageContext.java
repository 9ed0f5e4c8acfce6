package dev.havenkeep.pages;

import org.jspecify.annotations.Nullable;

/**
 * What every page of one request shares.
 *
 * @param impersonation who is looked after by whom, which every page then says; null as a rule
 * @param notice what has just been done, said once above the page; null when nothing was
 */
public record PageContext(
        Brand brand,
        Language language,
        FormContext forms,
        @Nullable Impersonation impersonation,
        @Nullable Notice notice) {

    /** A context with nothing to say above the page. */
    public static PageContext of(Brand brand, Language language, FormContext forms) {
        return new PageContext(brand, language, forms, null, null);
    }

    /** This context, saying that somebody acts for somebody else. */
    public PageContext impersonated(Impersonation by) {
        return new PageContext(brand, language, forms, by, notice);
    }

    /** This context, saying what has just been done. */
    public PageContext noting(Notice done) {
        return new PageContext(brand, language, forms, impersonation, done);
    }
}
