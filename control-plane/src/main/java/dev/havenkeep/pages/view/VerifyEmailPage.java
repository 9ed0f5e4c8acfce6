package dev.havenkeep.pages.view;

/**
 * Where the code is typed that proves an address. Posts {@link #CODE_FIELD} to {@link Reason#path}; nothing to
 * {@link Reason#resendPath} for another code.
 */
public record VerifyEmailPage(Reason reason, String address, FormErrors errors) implements Page {

    public static final String CODE_FIELD = "code";

    /** Whose address it is. */
    public enum Reason {
        /** Of a new account. */
        SIGN_UP("/sign-up/verify"),
        /** Of an account that signs in and has not proved its address yet. */
        SIGN_IN("/sign-in/verify"),
        /** A new address of an account. */
        CHANGE("/account/email/verify");

        private final String path;

        Reason(String path) {
            this.path = path;
        }

        public String path() {
            return path;
        }

        public String resendPath() {
            return path + "/resend";
        }
    }
}
