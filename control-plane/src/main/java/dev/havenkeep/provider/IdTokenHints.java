package dev.havenkeep.provider;

import dev.havenkeep.realms.RealmKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads ID tokens that come back as a hint (OpenID Connect Core 1.0 section 3.1.2.1, RP-Initiated Logout 1.0 section 2):
 * signed by the realm, whether they have expired or not.
 */
@Component
class IdTokenHints {

    private final RealmKeys keys;
    private final Jws jws;

    IdTokenHints(RealmKeys keys, Jws jws) {
        this.keys = keys;
        this.jws = jws;
    }

    /** Who somebody is or was. */
    record Hint(String subject, String clientId, @Nullable String session) {}

    Optional<Hint> read(RealmContext context, String token) {
        return jws.parse(token)
                .filter(parsed -> "JWT".equals(parsed.header().get("typ")))
                .filter(parsed -> context.issuer().equals(parsed.claims().get("iss")))
                .filter(parsed -> keys.published(context.id()).stream()
                        .filter(key -> key.id().equals(parsed.keyId()))
                        .anyMatch(key -> parsed.verifiedBy(key.algorithm(), key.publicKey())))
                .filter(parsed -> parsed.claims().get("sub") instanceof String
                        && parsed.claims().get("aud") instanceof String)
                .map(parsed -> new Hint(
                        String.valueOf(parsed.claims().get("sub")),
                        String.valueOf(parsed.claims().get("aud")),
                        parsed.claims().get("sid") instanceof String sid ? sid : null));
    }
}
