package dev.havenkeep.pages.view;

import org.jspecify.annotations.Nullable;

/**
 * Says that the person is signed out, with a link to {@link SignInPage#PATH}.
 *
 * @param client the application to go back to, by its home; null when there is none
 */
public record SignedOutPage(@Nullable ClientSummary client) implements Page {}
