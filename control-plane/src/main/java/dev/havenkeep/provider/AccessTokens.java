package dev.havenkeep.provider;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.realms.RealmDatabase;
import dev.havenkeep.realms.RealmKeys;
import dev.havenkeep.realms.Realms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says whether an access token is good: one that is signed by the realm's own keys, or one that is looked up. It asks
 * nobody over the network, the realm's own public address least of all.
 */
@Component
class AccessTokens {

    /** What the header of a signed access token says that it is (RFC 9068 section 2.1). */
    static final String TYPE = "at+jwt";

    private static final char SEPARATOR = '.';

    private final Realms realms;
    private final RealmKeys keys;
    private final GrantStore store;
    private final Jws jws;
    private final InstantSource clock;

    AccessTokens(Realms realms, RealmKeys keys, GrantStore store, Jws jws, InstantSource clock) {
        this.realms = realms;
        this.keys = keys;
        this.store = store;
        this.jws = jws;
        this.clock = clock;
    }

    /**
     * A good access token.
     *
     * @param client the client's {@code client_id}
     * @param grant the grant that it stands for; absent when a client acts on its own behalf
     */
    record Good(
            Map<String, Object> claims,
            String client,
            @Nullable String grant,
            Instant expiresAt) {

        Optional<String> subject() {
            return Optional.ofNullable(claims.get("sub")).map(String::valueOf);
        }

        java.util.Set<String> scopes() {
            return claims.get("scope") instanceof String scope && !scope.isEmpty()
                    ? java.util.Set.of(scope.split(" "))
                    : java.util.Set.of();
        }
    }

    /** A new {@code jti}, which names the grant that the token stands for. */
    static String newId(@Nullable String grant) {
        String random = RandomText.next().substring(0, 22);
        return grant == null ? random : grant + SEPARATOR + random;
    }

    /** What a token says, if it is good now. */
    Optional<Good> verify(RealmContext context, String token) {
        return token.indexOf('.') < 0 ? opaque(context, token) : signed(context, token);
    }

    /** Takes a token back before its time. */
    void revoke(RealmContext context, String token, Good good) {
        RealmDatabase realm = realms.database(context.realm().id());
        if (token.indexOf('.') < 0) {
            store.deleteOpaque(realm, RandomText.hash(token));
        } else {
            store.revokeAccessToken(realm, String.valueOf(good.claims().get("jti")), good.expiresAt());
        }
    }

    private Optional<Good> signed(RealmContext context, String token) {
        Jws.Parsed parsed = jws.parse(token).orElse(null);
        if (parsed == null
                || !TYPE.equals(parsed.header().get("typ"))
                || !context.issuer().equals(parsed.claims().get("iss"))
                || !(parsed.claims().get("exp") instanceof Number expires)
                || !(parsed.claims().get("jti") instanceof String id)
                || !(parsed.claims().get("client_id") instanceof String client)) {
            return Optional.empty();
        }
        Instant expiresAt = Instant.ofEpochSecond(expires.longValue());
        boolean signed = keys.published(context.realm().id()).stream()
                .filter(key -> key.id().equals(parsed.keyId()))
                .anyMatch(key -> parsed.verifiedBy(key.algorithm(), key.publicKey()));
        if (!signed || !clock.instant().isBefore(expiresAt)) {
            return Optional.empty();
        }
        RealmDatabase realm = realms.database(context.realm().id());
        String grant = id.indexOf(SEPARATOR) < 0 ? null : id.substring(0, id.indexOf(SEPARATOR));
        if (store.isAccessTokenRevoked(realm, id) || (grant != null && store.isRevoked(realm, grant))) {
            return Optional.empty();
        }
        return Optional.of(new Good(new LinkedHashMap<>(parsed.claims()), client, grant, expiresAt));
    }

    private Optional<Good> opaque(RealmContext context, String token) {
        RealmDatabase realm = realms.database(context.realm().id());
        return store.opaque(realm, RandomText.hash(token))
                .filter(known -> clock.instant().isBefore(known.expiresAt()))
                .filter(known -> known.grant() == null || !store.isRevoked(realm, known.grant()))
                .map(known -> new Good(
                        known.claims(),
                        String.valueOf(known.claims().get("client_id")),
                        known.grant(),
                        known.expiresAt()));
    }
}
