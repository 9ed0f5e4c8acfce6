package dev.havenkeep.pages.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where people make an account. Posts {@link #EMAIL_FIELD}, {@link #NAME_FIELD}, {@link #PASSWORD_FIELD} and
 * {@link #TERMS_FIELD} ({@code on} or absent) to {@link #PATH}. What comes next looks the same when the address has an
 * account already ({@link VerifyEmailPage}).
 *
 * @param email filled in; fixed when there is an invitation
 * @param invitation who invited; null when sign-up is open
 * @param rules what the form asks for
 */
public record SignUpPage(
        String email,
        String name,
        @Nullable Invitation invitation,
        Rules rules,
        List<ConnectionButton> connections,
        FormErrors errors)
        implements Page {

    public static final String PATH = "/sign-up";
    public static final String EMAIL_FIELD = "email";
    public static final String NAME_FIELD = "name";
    public static final String PASSWORD_FIELD = "password";
    public static final String TERMS_FIELD = "terms";

    /**
     * An invitation; what proves it is carried by the form context.
     *
     * @param organization where to; null when it is to the realm alone
     */
    public record Invitation(@Nullable String organization) {}

    /**
     * What the form asks for.
     *
     * @param password whether a password is chosen, of {@code shortest} characters at least
     * @param terms whether the brand's terms must be agreed to
     */
    public record Rules(boolean password, int shortest, boolean terms) {}

    public SignUpPage {
        connections = List.copyOf(connections);
    }
}
