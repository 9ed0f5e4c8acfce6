package dev.havenkeep.pages.view;

/**
 * Says that a code is on its way if there is such an account, and takes it. Posts {@link #CODE_FIELD} to {@link #PATH};
 * nothing to {@link #RESEND_PATH} for another one.
 *
 * @param identifier as it was typed
 */
public record RecoverySentPage(String identifier, FormErrors errors) implements Page {

    public static final String PATH = "/recovery/code";
    public static final String RESEND_PATH = "/recovery/resend";
    public static final String CODE_FIELD = "code";
}
