package dev.havenkeep.connections;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is at an upstream provider. Provider and subject together are the key of an identity and never change;
 * everything else may be another at the next sign-in.
 *
 * @param provider the issuer, or the site of a provider that has none
 * @param subject the provider's own key: GitHub's numeric id, Microsoft's {@code tid/oid}, else {@code sub}
 * @param claims the few claims that are worth keeping beside: {@code hd}, {@code tid}, {@code is_private_email}
 */
public record UpstreamIdentity(
        String provider,
        String subject,
        UpstreamEmail email,
        Profile profile,
        Authentication authentication,
        Map<String, String> claims) {

    public UpstreamIdentity {
        claims = Map.copyOf(claims);
    }

    /**
     * What the provider tells of the person; cut to length and without control characters, proving nothing. Apple sends
     * the name at the first authorization only, so it must be kept then.
     *
     * @param picture over TLS only
     */
    public record Profile(
            @Nullable String displayName,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String username,
            @Nullable URI picture,
            @Nullable String locale) {

        static Profile named(@Nullable String displayName, @Nullable String givenName, @Nullable String familyName) {
            return new Profile(displayName, givenName, familyName, null, null, null);
        }
    }

    /**
     * How the person signed in there, if the provider says (OpenID Connect Core section 2).
     *
     * @param methods {@code amr}
     * @param context {@code acr}
     * @param at {@code auth_time}
     */
    public record Authentication(
            List<String> methods,
            @Nullable String context,
            @Nullable Instant at) {

        public Authentication {
            methods = List.copyOf(methods);
        }

        static Authentication unsaid() {
            return new Authentication(List.of(), null, null);
        }
    }
}
