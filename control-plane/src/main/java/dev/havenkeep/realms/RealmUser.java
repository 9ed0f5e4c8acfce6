package dev.havenkeep.realms;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in to a realm.
 *
 * @param email their address; absent when an upstream provider gave none
 * @param emailVerified whether somebody who reads mail at this address has proven so
 * @param name what others call them
 * @param profile what else is known of them
 * @param blocked whether they are kept out
 * @param lastSignInAt when they last signed in, if ever
 */
public record RealmUser(
        UserId id,
        @Nullable EmailAddress email,
        boolean emailVerified,
        String name,
        Profile profile,
        boolean blocked,
        long version,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant lastSignInAt) {

    /**
     * What else is known of somebody, in the terms of OpenID Connect Core section 5.1.
     *
     * @param givenName the given name or names
     * @param familyName the family name or names
     * @param picture the address of an image
     * @param locale for example {@code pt-BR}
     * @param zone for example {@code Europe/Lisbon}
     */
    public record Profile(
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String picture,
            @Nullable String locale,
            @Nullable String zone) {

        /** Nothing is known. */
        public static final Profile EMPTY = new Profile(null, null, null, null, null);
    }
}
