package dev.havenkeep.pages.view;

/**
 * The offer of a passkey. Posts {@link PasskeyCeremony#CREDENTIAL_FIELD} and {@link #LABEL_FIELD} to {@link #path};
 * when it may be skipped, {@link #SKIP_FIELD} to the same.
 *
 * @param label a suggested name for it, for example the browser's and system's
 */
public record PasskeyOfferPage(
        Occasion occasion, PasskeyCeremony ceremony, String label, boolean skippable, FormErrors errors)
        implements Page {

    public static final String LABEL_FIELD = "label";
    public static final String SKIP_FIELD = "skip";

    /** Where it posts to: {@code /sign-in/set-up/passkey} or {@code /account/factors/passkey}. */
    public String path() {
        return path(occasion);
    }

    public static String path(Occasion occasion) {
        return occasion.path() + "/passkey";
    }
}
