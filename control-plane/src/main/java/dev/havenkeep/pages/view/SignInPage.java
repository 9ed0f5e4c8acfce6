package dev.havenkeep.pages.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where people sign in. Posts {@link #IDENTIFIER_FIELD}, {@link #PASSWORD_FIELD} and {@link #REMEMBER_FIELD}
 * ({@code on} or absent) to {@link #PATH}; the same fields to {@link #CODE_PATH} to be e-mailed a code; a passkey's
 * {@link PasskeyCeremony#CREDENTIAL_FIELD} and {@link #REMEMBER_FIELD} to {@link #PASSKEY_PATH}. A connection is a link
 * ({@link ConnectionButton}).
 *
 * @param client whom the person goes on to; null when it is the account page
 * @param identifier filled in: the {@code login_hint} or what was typed; may be empty
 * @param offers what the realm and the client allow
 */
public record SignInPage(
        @Nullable ClientSummary client,
        String identifier,
        Offers offers,
        List<ConnectionButton> connections,
        FormErrors errors)
        implements Page {

    public static final String PATH = "/sign-in";
    public static final String CODE_PATH = "/sign-in/code";
    public static final String PASSKEY_PATH = "/sign-in/passkey";
    public static final String IDENTIFIER_FIELD = "identifier";
    public static final String PASSWORD_FIELD = "password";
    public static final String REMEMBER_FIELD = "remember";

    /**
     * Ways to sign in.
     *
     * @param userNames whether the identifier may be a user name too, and not only an e-mail address
     * @param emailCode whether a code by e-mail will do instead of a password
     * @param passkey null when passkeys are off
     */
    public record Offers(
            boolean userNames,
            boolean password,
            boolean emailCode,
            @Nullable PasskeyCeremony passkey,
            boolean remember,
            Links links) {}

    /**
     * Ways elsewhere.
     *
     * @param signUp whether {@link SignUpPage#PATH} is open
     * @param recovery whether {@link RecoveryStartPage#PATH} is
     */
    public record Links(boolean signUp, boolean recovery) {}

    public SignInPage {
        connections = List.copyOf(connections);
    }
}
