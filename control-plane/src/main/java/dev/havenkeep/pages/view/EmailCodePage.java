package dev.havenkeep.pages.view;

/**
 * Where a code from an e-mail is typed to sign in; shown alike whether the address has an account or not. Posts
 * {@link #CODE_FIELD} to {@link #PATH}; nothing to {@link #RESEND_PATH} for another one.
 *
 * @param address as it was typed
 */
public record EmailCodePage(String address, FormErrors errors) implements Page {

    public static final String PATH = "/sign-in/code/check";
    public static final String RESEND_PATH = "/sign-in/code/resend";
    public static final String CODE_FIELD = "code";
}
