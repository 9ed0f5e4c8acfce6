package dev.havenkeep.connections;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wishes for the provider's own page. A provider that does not know a wish does not get it.
 *
 * @param loginHint who will probably sign in
 * @param prompt what the provider must ask
 * @param maxAge how long ago the person may have signed in there at most; honoured and checked with generic OpenID
 *     providers
 * @param locales languages, best first (BCP 47)
 */
public record AuthorizationHints(
        @Nullable String loginHint,
        @Nullable Prompt prompt,
        @Nullable Duration maxAge,
        List<String> locales) {

    /** What the provider must ask (OpenID Connect Core section 3.1.2.1). */
    public enum Prompt {
        LOGIN,
        SELECT_ACCOUNT,
        CONSENT
    }

    public AuthorizationHints {
        locales = List.copyOf(locales);
    }

    /** No wishes. */
    public static AuthorizationHints none() {
        return new AuthorizationHints(null, null, null, List.of());
    }
}
