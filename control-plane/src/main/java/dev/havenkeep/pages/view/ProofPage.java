package dev.havenkeep.pages.view;

import org.jspecify.annotations.Nullable;

/**
 * Where somebody proves that an account is theirs: before an identity of another provider is linked to it, or before
 * something that cannot be taken back. Posts {@link #PASSWORD_FIELD} or {@link #CODE_FIELD} to {@link #PATH}; nothing
 * to {@link #SEND_PATH} to be e-mailed a code.
 *
 * @param connection the provider's name for people; null when nothing is to be linked
 * @param identifier the account's
 * @param password whether a password will do
 * @param code whether a code by e-mail will, and whether it has been sent
 */
public record ProofPage(@Nullable String connection, String identifier, boolean password, Code code, FormErrors errors)
        implements Page {

    public static final String PATH = "/sign-in/proof";
    public static final String SEND_PATH = "/sign-in/proof/send";
    public static final String PASSWORD_FIELD = "password";
    public static final String CODE_FIELD = "code";

    /** The code by e-mail. */
    public enum Code {
        NOT_OFFERED,
        OFFERED,
        SENT
    }
}
