package dev.havenkeep.pages.view;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second step of signing in. Posts {@link #METHOD_FIELD} ({@link Method#code}) with {@link #CODE_FIELD}, or with
 * {@link PasskeyCeremony#CREDENTIAL_FIELD} for a passkey, to {@link #PATH}; nothing to {@link #SEND_PATH} to be e-mailed
 * a code. Links to the other methods: {@link #PATH}, with the method in the query as {@link #METHOD_FIELD}.
 *
 * @param shown the method that is asked for now
 * @param offered all that the account has, the shown one among them
 * @param passkey the ceremony; needed when a passkey is shown
 */
public record SecondFactorPage(
        Method shown, Set<Method> offered, @Nullable PasskeyCeremony passkey, FormErrors errors) implements Page {

    public static final String PATH = "/sign-in/factor";
    public static final String SEND_PATH = "/sign-in/factor/send";
    public static final String METHOD_FIELD = "method";
    public static final String CODE_FIELD = "code";

    /** What a second factor is. */
    public enum Method {
        TOTP("totp"),
        PASSKEY("passkey"),
        EMAIL_CODE("email-code"),
        RECOVERY_CODE("recovery-code");

        private final String code;

        Method(String code) {
            this.code = code;
        }

        /** As the form posts it. */
        public String code() {
            return code;
        }
    }

    /** @throws IllegalArgumentException when a passkey is shown without its ceremony */
    public SecondFactorPage {
        offered = Set.copyOf(offered);
        if (shown == Method.PASSKEY && passkey == null) {
            throw new IllegalArgumentException("A passkey needs its ceremony");
        }
    }
}
