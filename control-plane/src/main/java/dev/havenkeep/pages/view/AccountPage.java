package dev.havenkeep.pages.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's own account. Every form posts to its own path below {@link #PATH} and, when all is well, is answered by a
 * redirect to {@link #PATH}:
 *
 * <ul>
 *   <li>{@link #PROFILE_PATH}: {@link #NAME_FIELD}
 *   <li>{@link #EMAIL_PATH}: {@link #EMAIL_FIELD}, which is then verified ({@link VerifyEmailPage})
 *   <li>{@link #PASSWORD_PATH}: {@link #CURRENT_PASSWORD_FIELD} (when there is one), {@link #NEW_PASSWORD_FIELD}
 *   <li>{@link #END_SESSION_PATH}: {@link #ID_FIELD}; {@link #END_OTHER_SESSIONS_PATH}: nothing
 *   <li>{@link #UNLINK_PATH}: {@link #ID_FIELD}; a connection's own path links ({@link ConnectionButton})
 *   <li>{@link #REMOVE_TOTP_PATH}: nothing; {@link #NEW_RECOVERY_CODES_PATH}: nothing
 *   <li>{@link #REMOVE_PASSKEY_PATH}: {@link #ID_FIELD}
 *   <li>{@link #EXPORT_PATH}: nothing; answered with the file
 *   <li>{@link ConfirmSignOutPage#PATH}: {@link ConfirmSignOutPage#DECISION_FIELD}
 * </ul>
 *
 * Links: {@link SetUpTotpPage#path} and {@link PasskeyOfferPage#path} of {@link Occasion#ACCOUNT},
 * {@link DeleteAccountPage#PATH}.
 */
public record AccountPage(
        Profile profile, Security security, List<Session> sessions, Identities identities, FormErrors errors)
        implements Page {

    public static final String PATH = "/account";
    public static final String PROFILE_PATH = "/account/profile";
    public static final String EMAIL_PATH = "/account/email";
    public static final String PASSWORD_PATH = "/account/password";
    public static final String END_SESSION_PATH = "/account/sessions/end";
    public static final String END_OTHER_SESSIONS_PATH = "/account/sessions/end-others";
    public static final String UNLINK_PATH = "/account/identities/unlink";
    public static final String REMOVE_TOTP_PATH = "/account/factors/totp/remove";
    public static final String NEW_RECOVERY_CODES_PATH = "/account/factors/recovery-codes";
    public static final String REMOVE_PASSKEY_PATH = "/account/factors/passkey/remove";
    public static final String EXPORT_PATH = "/account/export";
    public static final String NAME_FIELD = "name";
    public static final String EMAIL_FIELD = "email";
    public static final String CURRENT_PASSWORD_FIELD = "current_password";
    public static final String NEW_PASSWORD_FIELD = "new_password";
    public static final String ID_FIELD = "id";

    /** Who the person is. */
    public record Profile(String name, String email, boolean emailVerified) {}

    /**
     * What the person signs in with.
     *
     * @param password null when the realm has no passwords
     * @param recoveryCodesLeft how many are unused; null when there are none
     */
    public record Security(
            @Nullable Password password,
            boolean totp,
            @Nullable Integer recoveryCodesLeft,
            boolean passkeysOffered,
            List<Passkey> passkeys) {

        public Security {
            passkeys = List.copyOf(passkeys);
        }
    }

    /**
     * The password.
     *
     * @param set whether there is one; else the form adds it
     * @param shortest how many characters a new one needs
     */
    public record Password(boolean set, int shortest) {}

    /** A passkey; never used when {@code lastUsed} is null. */
    public record Passkey(
            String id,
            String label,
            Instant added,
            @Nullable Instant lastUsed) {}

    /**
     * A browser in which the person is signed in.
     *
     * @param device what the browser says that it is
     * @param current whether it is this one
     */
    public record Session(String id, String device, String address, Instant lastSeen, boolean current) {}

    /**
     * Identities at other providers.
     *
     * @param linkable connections to which there is no identity yet
     */
    public record Identities(List<Identity> linked, List<ConnectionButton> linkable) {

        public Identities {
            linked = List.copyOf(linked);
            linkable = List.copyOf(linkable);
        }
    }

    /**
     * One linked identity.
     *
     * @param label whose it is there: an address or a name
     */
    public record Identity(String id, ConnectionButton connection, String label) {}

    public AccountPage {
        sessions = List.copyOf(sessions);
    }
}
