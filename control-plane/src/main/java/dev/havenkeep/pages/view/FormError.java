package dev.havenkeep.pages.view;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a form was not accepted, in the reader's language.
 *
 * @param field the form's field at fault; null when it is the whole form's
 * @param values what the sentence names, by placeholder
 */
public record FormError(Kind kind, @Nullable String field, Map<String, String> values) {

    /** What is wrong. The sentences of those that could tell whether an account exists do not. */
    public enum Kind {
        /** The identifier or the password: which one, nobody is told. */
        WRONG_CREDENTIALS,
        /** Only after the right credentials. */
        ACCOUNT_BLOCKED,
        /** {@code minutes} to wait. */
        TOO_MANY_ATTEMPTS,
        CODE_WRONG,
        CODE_EXPIRED,
        LINK_EXPIRED,
        FORM_EXPIRED,
        PASSKEY_FAILED,
        /** Another person signs in than the client asked for. */
        OTHER_ACCOUNT_EXPECTED,
        FIELD_REQUIRED,
        EMAIL_INVALID,
        EMAIL_DOMAIN_NOT_ALLOWED,
        NAME_INVALID,
        /** {@code least} characters. */
        PASSWORD_TOO_SHORT,
        /** {@code most} characters. */
        PASSWORD_TOO_LONG,
        PASSWORD_COMMON,
        PASSWORD_BREACHED,
        PASSWORD_IS_ABOUT_YOU,
        PASSWORD_REUSED,
        TERMS_REQUIRED,
        /** {@code connection} did not answer as it should. */
        CONNECTION_FAILED,
        /** The person declined at {@code connection}. */
        CONNECTION_DECLINED,
        /** {@code connection} does not vouch for the address. */
        CONNECTION_EMAIL_UNVERIFIED,
        /** The identity at {@code connection} is somebody else's here. */
        IDENTITY_TAKEN,
        /** It is the last way to sign in. */
        LAST_METHOD,
        /** The realm demands it. */
        FACTOR_REQUIRED,
        UNAVAILABLE
    }

    public FormError {
        values = Map.copyOf(values);
    }

    /** The whole form's. */
    public static FormError of(Kind kind) {
        return new FormError(kind, null, Map.of());
    }

    /** The whole form's, with one value that the sentence names. */
    public static FormError of(Kind kind, String name, String value) {
        return new FormError(kind, null, Map.of(name, value));
    }

    /** One field's. */
    public static FormError in(String field, Kind kind) {
        return new FormError(kind, field, Map.of());
    }

    /** One field's, with one value that the sentence names. */
    public static FormError in(String field, Kind kind, String name, String value) {
        return new FormError(kind, field, Map.of(name, value));
    }
}
