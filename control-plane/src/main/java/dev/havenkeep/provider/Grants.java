package dev.havenkeep.provider;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.realms.ClientId;
import dev.havenkeep.realms.RealmDatabase;
import dev.havenkeep.realms.RealmId;
import dev.havenkeep.realms.Realms;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.stereotype.Component;

/**
 * What Spring's authorization server keeps of its authorizations, in the realm's own store and in the realm's own words:
 * a {@link Grant} per person and client, found by the hash of what stands for it. A signed token is not kept at all.
 *
 * <p>A code works once, and a refresh token works once (RFC 9700 sections 2.1.1 and 4.14.2): who comes with one that has
 * been used ends the whole grant, since it was stolen either before or now.
 */
@Component
class Grants implements OAuth2AuthorizationService {

    /** How the authorization at hand was found, so that saving it knows what it replaces. */
    private static final String FOUND_BY = Grants.class.getName() + ".foundBy";

    /** RFC 6749 section 4.1.2 allows ten minutes; a browser needs a second. */
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

    private static final Duration FORGOTTEN_EVERY = Duration.ofHours(1);

    private static final String CODE = "code";
    private static final String REFRESH = "refresh";
    private static final String ACCESS = "access";

    private final Realms realms;
    private final RegisteredClients clients;
    private final GrantStore store;
    private final AccessTokens accessTokens;
    private final AuthEvents events;
    private final Ids ids;
    private final Map<RealmId, Instant> forgotten = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Grants(
            Realms realms,
            RegisteredClients clients,
            GrantStore store,
            AccessTokens accessTokens,
            AuthEvents events,
            Ids ids,
            InstantSource clock) {
        this.realms = realms;
        this.clients = clients;
        this.store = store;
        this.accessTokens = accessTokens;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** How an authorization was found, and by which token. */
    private record Found(String by, Grant grant) {}

    /**
     * Grants a client what it asked for, and hands out a code for it (RFC 6749 section 4.1.2).
     *
     * @param client the client's id in the realm
     * @return the code
     */
    String begin(RealmContext context, ClientId client, AuthorizationRequest request, SignedIn.Facts facts) {
        String code = RandomText.next();
        Instant now = now();
        Instant expiresAt = now.plus(CODE_LIFETIME);
        Grant grant = new Grant(
                ids.next(),
                client.value(),
                AuthorizationGrantType.AUTHORIZATION_CODE.getValue(),
                request.scopes(),
                facts,
                request,
                new Grant.Code(expiresAt, false),
                null,
                null,
                false,
                now);
        RealmDatabase realm = realms.database(context.id());
        store.insert(realm, grant, RandomText.hash(code), expiresAt.plus(Duration.ofDays(1)));
        forgetExpired(realm, now);
        return code;
    }

    /** Now and then, by whoever comes by: a realm in which nothing happens stays asleep. */
    private void forgetExpired(RealmDatabase realm, Instant now) {
        Instant last = forgotten.get(realm.realm());
        if (last == null || last.plus(FORGOTTEN_EVERY).isBefore(now)) {
            forgotten.put(realm.realm(), now);
            store.deleteExpired(realm, now);
        }
    }

    /** Keeps a grant that begins with its tokens, as a device's does. */
    void keep(RealmContext context, OAuth2Authorization authorization, AuthorizationRequest request, SignedIn person) {
        RealmDatabase realm = realms.database(context.id());
        Grant grant = new Grant(
                authorization.getId(),
                authorization.getRegisteredClientId(),
                authorization.getAuthorizationGrantType().getValue(),
                authorization.getAuthorizedScopes(),
                person.facts(),
                request,
                null,
                refresh(authorization),
                thumbprint(authorization),
                false,
                now());
        realm.transaction(() -> {
            store.insert(realm, grant, null, end(authorization));
            keepOpaque(realm, authorization, grant.id());
        });
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        RealmContext context = RealmContext.current();
        RealmDatabase realm = realms.database(context.realm().id());
        OAuth2Authorization.Token<OAuth2RefreshToken> refresh = authorization.getRefreshToken();
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        Found found = authorization.getAttribute(FOUND_BY);
        if (refresh != null && refresh.isInvalidated()) {
            if (store.revoke(realm, authorization.getId(), "revoked by the client", now())) {
                events.grantRevoked(context, authorization);
            }
        } else if (access != null && access.isInvalidated()) {
            String token = access.getToken().getTokenValue();
            accessTokens.verify(context, token).ifPresent(good -> accessTokens.revoke(context, token, good));
        } else if (found != null && found.by().equals(CODE)) {
            exchangeCode(context, realm, authorization, found.grant());
        } else if (found != null && found.by().equals(REFRESH)) {
            rotate(context, realm, authorization, found.grant());
        } else {
            realm.transaction(() -> begin(realm, authorization));
        }
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        RealmContext context = RealmContext.current();
        store.revoke(realms.database(context.realm().id()), authorization.getId(), "removed", now());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        RealmContext context = RealmContext.current();
        return store.find(realms.database(context.realm().id()), id)
                .flatMap(grant -> authorization(grant, ACCESS))
                .map(OAuth2Authorization.Builder::build)
                .orElse(null);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType tokenType) {
        RealmContext context = RealmContext.current();
        RealmDatabase realm = realms.database(context.realm().id());
        if (tokenType == null) {
            return withRefreshToken(context, realm, token, false)
                    .or(() -> withAccessToken(context, realm, token))
                    .orElse(null);
        }
        return switch (tokenType.getValue()) {
            case OAuth2ParameterNames.CODE -> withCode(context, realm, token).orElse(null);
            case OAuth2ParameterNames.REFRESH_TOKEN ->
                withRefreshToken(context, realm, token, true).orElse(null);
            case OAuth2ParameterNames.ACCESS_TOKEN ->
                withAccessToken(context, realm, token).orElse(null);
            default -> null;
        };
    }

    private Optional<OAuth2Authorization> withCode(RealmContext context, RealmDatabase realm, String code) {
        Grant grant = store.withCode(realm, RandomText.hash(code)).orElse(null);
        if (grant == null || grant.code() == null) {
            throw invalidGrant("There is no such code");
        }
        if (grant.code().used()) {
            endAsStolen(context, realm, grant, "authorization code used twice");
            throw invalidGrant("The code has been used; everything that it gave is revoked");
        }
        if (grant.revoked()) {
            throw invalidGrant("The code is revoked");
        }
        if (!clock.instant().isBefore(grant.code().expiresAt())) {
            throw invalidGrant("The code has expired");
        }
        Grant.Code state = grant.code();
        return authorization(grant, CODE)
                .map(builder -> builder.token(new OAuth2AuthorizationCode(code, grant.createdAt(), state.expiresAt()))
                        .build());
    }

    private Optional<OAuth2Authorization> withRefreshToken(
            RealmContext context, RealmDatabase realm, String token, boolean toBeUsed) {
        String hash = RandomText.hash(token);
        Grant grant = store.withRefreshToken(realm, hash).orElse(null);
        if (grant == null || grant.refresh() == null) {
            if (toBeUsed) {
                store.withSpentRefreshToken(realm, hash).ifPresent(spent -> {
                    endAsStolen(context, realm, spent, "refresh token used twice");
                    throw invalidGrant("The refresh token has been used; everything that came of it is revoked");
                });
                throw invalidGrant("There is no such refresh token");
            }
            return Optional.empty();
        }
        Grant.Refresh state = grant.refresh();
        boolean over = !clock.instant().isBefore(state.expiresAt());
        if (toBeUsed && (grant.revoked() || over)) {
            throw invalidGrant(over ? "The refresh token has expired" : "The refresh token is revoked");
        }
        if (grant.revoked() || over) {
            return Optional.empty();
        }
        return authorization(grant, REFRESH)
                .map(builder -> boundTo(builder, grant, state))
                .map(builder -> builder.refreshToken(new OAuth2RefreshToken(token, state.issuedAt(), state.expiresAt()))
                        .build());
    }

    private Optional<OAuth2Authorization> withAccessToken(RealmContext context, RealmDatabase realm, String token) {
        AccessTokens.Good good = accessTokens.verify(context, token).orElse(null);
        if (good == null) {
            return Optional.empty();
        }
        RegisteredClient client = clients.findByClientId(good.client());
        if (client == null) {
            return Optional.empty();
        }
        Map<String, Object> claims = new HashMap<>(good.claims());
        Instant issuedAt = instant(claims.get("iat"), good.expiresAt().minusSeconds(1));
        // Spring reads times as such, and has a clock of its own to hold a "not before" against.
        claims.remove("nbf");
        claims.put("iat", issuedAt);
        claims.put("exp", good.expiresAt());
        OAuth2AccessToken.TokenType type = claims.get("cnf") instanceof Map<?, ?> cnf && cnf.containsKey("jkt")
                ? OAuth2AccessToken.TokenType.DPOP
                : OAuth2AccessToken.TokenType.BEARER;
        Grant grant =
                good.grant() == null ? null : store.find(realm, good.grant()).orElse(null);
        OAuth2Authorization.Builder builder = grant == null
                ? OAuth2Authorization.withRegisteredClient(client)
                        .principalName(good.subject().orElse(good.client()))
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .authorizedScopes(good.scopes())
                : builder(grant, ACCESS, client);
        return Optional.of(builder.token(
                        new OAuth2AccessToken(type, token, issuedAt, good.expiresAt(), good.scopes()), metadata -> {
                            metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, claims);
                            metadata.put(
                                    OAuth2TokenFormat.class.getName(),
                                    (token.indexOf('.') < 0
                                                    ? OAuth2TokenFormat.REFERENCE
                                                    : OAuth2TokenFormat.SELF_CONTAINED)
                                            .getValue());
                        })
                .build());
    }

    /** A grant in Spring's form, without any token. */
    private Optional<OAuth2Authorization.Builder> authorization(Grant grant, String foundBy) {
        RegisteredClient client = clients.findById(grant.client());
        return client == null ? Optional.empty() : Optional.of(builder(grant, foundBy, client));
    }

    /** The same for a token's own client, which is another when it came of an exchange. */
    private static OAuth2Authorization.Builder builder(Grant grant, String foundBy, RegisteredClient client) {
        SignedIn principal = new SignedIn(grant.facts());
        return OAuth2Authorization.withRegisteredClient(client)
                .id(grant.id())
                .principalName(principal.getName())
                .authorizationGrantType(new AuthorizationGrantType(grant.kind()))
                .authorizedScopes(grant.scopes())
                .attribute(Principal.class.getName(), principal)
                .attribute(OAuth2AuthorizationRequest.class.getName(), SpringRequests.of(grant.request()))
                .attribute(AuthorizationRequest.class.getName(), grant.request())
                .attribute(FOUND_BY, new Found(foundBy, grant))
                // Its contents are told anew whenever one is made.
                .token(
                        OidcIdToken.withTokenValue(grant.id())
                                .subject(principal.getName())
                                .build(),
                        metadata -> metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, Map.of()));
    }

    /** Spring looks for the key that a refresh token is bound to in the claims of the last access token. */
    private static OAuth2Authorization.Builder boundTo(
            OAuth2Authorization.Builder builder, Grant grant, Grant.Refresh refresh) {
        if (grant.boundTo() == null) {
            return builder;
        }
        OAuth2AccessToken last = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.DPOP, grant.id(), refresh.issuedAt(), refresh.expiresAt(), grant.scopes());
        return builder.token(
                last,
                metadata -> metadata.put(
                        OAuth2Authorization.Token.CLAIMS_METADATA_NAME, Map.of("cnf", Map.of("jkt", grant.boundTo()))));
    }

    /** What began with neither code nor device: a client on its own behalf, or an exchange. */
    private void begin(RealmDatabase realm, OAuth2Authorization authorization) {
        keepOpaque(realm, authorization, null);
    }

    private void exchangeCode(
            RealmContext context, RealmDatabase realm, OAuth2Authorization authorization, Grant before) {
        OAuth2Authorization.Token<OAuth2AuthorizationCode> code = authorization.getToken(OAuth2AuthorizationCode.class);
        if (authorization.getAccessToken() == null) {
            if (code != null && code.isInvalidated()) {
                // Another client came with it.
                endAsStolen(context, realm, before, "authorization code used by another client");
            }
            return;
        }
        boolean first = realm.transaction(() -> {
            if (!store.useCode(
                    realm, before.id(), refresh(authorization), thumbprint(authorization), now(), end(authorization))) {
                return false;
            }
            keepOpaque(realm, authorization, before.id());
            return true;
        });
        if (!first) {
            endAsStolen(context, realm, before, "authorization code used twice");
            throw invalidGrant("The code has been used; everything that it gave is revoked");
        }
    }

    private void rotate(RealmContext context, RealmDatabase realm, OAuth2Authorization authorization, Grant before) {
        Grant.Refresh after = refresh(authorization);
        Grant.Refresh spent = before.refresh();
        if (after == null || spent == null) {
            throw new IllegalStateException("A grant without refresh token was refreshed");
        }
        boolean first = realm.transaction(() -> {
            if (!after.hash().equals(spent.hash())
                    && !store.rotate(realm, before.id(), spent.hash(), after, end(authorization))) {
                return false;
            }
            keepOpaque(realm, authorization, before.id());
            return true;
        });
        if (!first) {
            endAsStolen(context, realm, before, "refresh token used twice");
            throw invalidGrant("The refresh token has been used; everything that came of it is revoked");
        }
    }

    private void keepOpaque(RealmDatabase realm, OAuth2Authorization authorization, @Nullable String grant) {
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        if (access == null
                || !OAuth2TokenFormat.REFERENCE
                        .getValue()
                        .equals(access.getMetadata(OAuth2TokenFormat.class.getName()))) {
            return;
        }
        Map<String, Object> claims = access.getClaims();
        store.insertOpaque(
                realm,
                RandomText.hash(access.getToken().getTokenValue()),
                new GrantStore.Opaque(
                        grant,
                        authorization.getRegisteredClientId(),
                        claims == null ? Map.of() : claims,
                        expiry(access.getToken().getExpiresAt())));
    }

    private static @Nullable String thumbprint(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        Map<String, Object> claims = access == null ? null : access.getClaims();
        return claims != null && claims.get("cnf") instanceof Map<?, ?> cnf && cnf.get("jkt") instanceof String key
                ? key
                : null;
    }

    private static OAuth2AuthenticationException invalidGrant(String reason) {
        return OAuthErrors.failure(OAuth2ErrorCodes.INVALID_GRANT, reason);
    }

    private void endAsStolen(RealmContext context, RealmDatabase realm, Grant grant, String because) {
        if (store.revoke(realm, grant.id(), because, now())) {
            events.stolen(context, grant, because);
        }
    }

    private static Grant.@Nullable Refresh refresh(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2RefreshToken> refresh = authorization.getRefreshToken();
        return refresh == null
                ? null
                : new Grant.Refresh(
                        RandomText.hash(refresh.getToken().getTokenValue()),
                        expiry(refresh.getToken().getIssuedAt()),
                        expiry(refresh.getToken().getExpiresAt()));
    }

    /** When nothing of it is good any more, with a day in which a replay is still recognised. */
    private static Instant end(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2RefreshToken> refresh = authorization.getRefreshToken();
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        Instant end = refresh != null
                ? expiry(refresh.getToken().getExpiresAt())
                : access == null ? Instant.EPOCH : expiry(access.getToken().getExpiresAt());
        return end.plus(1, ChronoUnit.DAYS);
    }

    private static Instant expiry(@Nullable Instant instant) {
        if (instant == null) {
            throw new IllegalStateException("A token without an end");
        }
        return instant;
    }

    private static Instant instant(@Nullable Object claim, Instant otherwise) {
        return claim instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : otherwise;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
