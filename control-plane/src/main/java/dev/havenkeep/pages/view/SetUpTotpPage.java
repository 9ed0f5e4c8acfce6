package dev.havenkeep.pages.view;

import dev.havenkeep.kernel.Secret;

/**
 * Where an authenticator app is set up (RFC 6238): the key as QR code and as text. Posts {@link #CODE_FIELD}, the
 * app's first code, to {@link #path}; when it may be skipped, {@link #SKIP_FIELD} to the same.
 *
 * @param uri the {@code otpauth} address in the QR code
 * @param key the key in Base32, for typing
 * @param skippable whether the realm leaves it to the person
 */
public record SetUpTotpPage(Occasion occasion, Secret uri, Secret key, boolean skippable, FormErrors errors)
        implements Page {

    public static final String CODE_FIELD = "code";
    public static final String SKIP_FIELD = "skip";

    /** Where it posts to: {@code /sign-in/set-up/totp} or {@code /account/factors/totp}. */
    public String path() {
        return path(occasion);
    }

    public static String path(Occasion occasion) {
        return occasion.path() + "/totp";
    }
}
