package dev.havenkeep.pages.view;

/**
 * Where a new password is chosen. Posts {@link #PASSWORD_FIELD} and {@link #END_SESSIONS_FIELD} ({@code on} or absent)
 * to {@link Reason#path}.
 *
 * @param identifier whose password, so that the browser keeps it for the right account
 * @param shortest how many characters it needs
 */
public record NewPasswordPage(Reason reason, String identifier, int shortest, FormErrors errors) implements Page {

    public static final String PASSWORD_FIELD = "password";
    public static final String END_SESSIONS_FIELD = "end_sessions";

    /** Why. */
    public enum Reason {
        RECOVERY("/recovery/password"),
        /** The realm's policy or an operator wants a new one before the person goes on. */
        REQUIRED("/sign-in/password");

        private final String path;

        Reason(String path) {
            this.path = path;
        }

        public String path() {
            return path;
        }
    }
}
