package dev.havenkeep.connections;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of upstream provider, each with rules of its own. */
public enum ConnectionKind {
    GOOGLE,
    GITHUB,
    MICROSOFT,
    APPLE,
    /** Any provider of OpenID Connect, by its discovery document. */
    OIDC,
    /** Any provider of OAuth 2.0 that says who somebody is at an address of its own. */
    OAUTH2;

    /** The name in the API and in stores, such as {@code google}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the name in the API and in stores. */
    @JsonCreator
    public static ConnectionKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
