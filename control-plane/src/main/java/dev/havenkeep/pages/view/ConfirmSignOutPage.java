package dev.havenkeep.pages.view;

import org.jspecify.annotations.Nullable;

/**
 * Whether to sign out (OpenID Connect RP-Initiated Logout 1.0, section 2). Posts {@link #DECISION_FIELD}
 * ({@link #SIGN_OUT} or {@link #STAY}) to {@link #PATH}.
 *
 * @param client who asks; null when the person does
 */
public record ConfirmSignOutPage(
        AccountSummary account, @Nullable ClientSummary client) implements Page {

    public static final String PATH = "/sign-out";
    public static final String DECISION_FIELD = "decision";
    public static final String SIGN_OUT = "sign-out";
    public static final String STAY = "stay";
}
