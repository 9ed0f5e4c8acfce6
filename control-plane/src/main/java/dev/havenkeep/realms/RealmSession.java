package dev.havenkeep.realms;

import dev.havenkeep.kernel.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A browser that is signed in to a realm.
 *
 * @param id what tokens say as {@code sid}
 * @param authenticatedAt when the user last proved who they are: {@code auth_time}
 * @param authentication how they did
 * @param impersonator the operator who acts as the user, if one does
 * @param remembered whether the user asked to be remembered
 * @param device the browser that it is in
 * @param lastSeenAt when it was last used, to the minute
 * @param expiresAt when it ends at the latest
 */
public record RealmSession(
        String id,
        UserId user,
        Instant authenticatedAt,
        Authentication authentication,
        @Nullable String impersonator,
        boolean remembered,
        Device device,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt) {

    /**
     * How somebody proved who they are.
     *
     * @param acr the authentication context class that this amounts to (OpenID Connect Core section 2)
     * @param amr the methods (RFC 8176), for example {@code pwd} and {@code otp}
     * @param connection the upstream provider that vouched for them, if one did
     */
    public record Authentication(
            String acr, List<String> amr, @Nullable String connection) {

        public Authentication {
            amr = List.copyOf(amr);
        }
    }

    /**
     * The browser that it is in.
     *
     * @param address where it was when the session began
     * @param userAgent what it says that it is
     */
    public record Device(String address, String userAgent) {}
}
