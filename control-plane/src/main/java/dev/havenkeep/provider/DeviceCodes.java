package dev.havenkeep.provider;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientId;
import dev.havenkeep.realms.RealmDatabase;
import dev.havenkeep.realms.RealmSessions;
import dev.havenkeep.realms.Realms;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.stereotype.Component;

/**
 * Devices without a browser (RFC 8628): one shows a short code, somebody types it on a screen where they are signed in, and
 * the device, which keeps asking, gets its tokens. A device that asks faster than it was told is told so (section 3.5).
 */
@Component
class DeviceCodes implements AuthenticationProvider {

    /** How long the code on the device's screen is good. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /** How long a device waits between two questions. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** No vowels, so that no word comes about; no letters that look alike (section 6.1). */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int HALF = 4;

    private static final OAuth2TokenType ID_TOKEN = new OAuth2TokenType(OidcParameterNames.ID_TOKEN);

    private final Realms realms;
    private final RegisteredClients clients;
    private final Grants grants;
    private final TokenGenerator tokens;
    private final RealmSessions sessions;
    private final AuthEvents events;
    private final Json json;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    DeviceCodes(
            Realms realms,
            RegisteredClients clients,
            Grants grants,
            TokenGenerator tokens,
            RealmSessions sessions,
            AuthEvents events,
            Json json,
            Ids ids,
            InstantSource clock) {
        this.realms = realms;
        this.clients = clients;
        this.grants = grants;
        this.tokens = tokens;
        this.sessions = sessions;
        this.events = events;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a device is told. */
    record Begun(String deviceCode, String userCode) {}

    /** A device that waits. */
    record Waiting(String client, Set<String> scopes) {}

    private record Row(
            String client,
            Set<String> scopes,
            String state,
            @Nullable String facts,
            long askedAt,
            long expiresAt) {}

    Begun begin(RealmContext context, Client client, Set<String> scopes) {
        String deviceCode = RandomText.next();
        String userCode = half() + "-" + half();
        database(context)
                .write("""
                        INSERT INTO {realm}.device_requests (device_hash, user_hash, client, scopes, state, expires_at)
                        VALUES (:device, :user, :client, :scopes, 'pending', :expires)""")
                .param("device", RandomText.hash(deviceCode))
                .param("user", hash(context, userCode))
                .param("client", client.id().value())
                .param("scopes", String.join(" ", new TreeSet<>(scopes)))
                .param("expires", clock.instant().plus(LIFETIME).toEpochMilli())
                .update();
        return new Begun(deviceCode, userCode);
    }

    /** The device that shows this code. */
    Optional<Waiting> waiting(RealmContext context, String userCode) {
        return database(context)
                .read("""
                        SELECT client, scopes FROM {realm}.device_requests
                        WHERE user_hash = :user AND state = 'pending' AND expires_at > :now""")
                .param("user", hash(context, userCode))
                .param("now", clock.millis())
                .query((row, _) -> new Waiting(row.getString("client"), split(row.getString("scopes"))))
                .optional();
    }

    /** Lets the device in, or does not; false when it was decided before. */
    boolean decide(RealmContext context, String userCode, SignedIn.@Nullable Facts allowedBy) {
        return database(context)
                        .write("""
                                UPDATE {realm}.device_requests SET state = :state, facts = :facts
                                WHERE user_hash = :user AND state = 'pending' AND expires_at > :now""")
                        .param("state", allowedBy == null ? "denied" : "allowed")
                        .param("facts", allowedBy == null ? null : json.write(allowedBy))
                        .param("user", hash(context, userCode))
                        .param("now", clock.millis())
                        .update()
                == 1;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        OAuth2DeviceCodeAuthenticationToken question = (OAuth2DeviceCodeAuthenticationToken) authentication;
        if (!(question.getPrincipal() instanceof OAuth2ClientAuthenticationToken proof)
                || proof.getRegisteredClient() == null) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_CLIENT, "The client does not say which it is");
        }
        RegisteredClient client = proof.getRegisteredClient();
        if (!client.getAuthorizationGrantTypes().contains(AuthorizationGrantType.DEVICE_CODE)) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, "The client is not a device");
        }
        RealmContext context = RealmContext.current();
        String hash = RandomText.hash(question.getDeviceCode());
        SignedIn person = new SignedIn(allowed(context, client, hash));
        return hand(context, client, proof, question, person, take(context, hash));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2DeviceCodeAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private SignedIn.Facts allowed(RealmContext context, RegisteredClient client, String hash) {
        Instant now = clock.instant();
        Row row = database(context)
                .read("""
                        SELECT client, scopes, state, facts, asked_at, expires_at FROM {realm}.device_requests
                        WHERE device_hash = :device""")
                .param("device", hash)
                .query((found, _) -> new Row(
                        found.getString("client"),
                        split(found.getString("scopes")),
                        found.getString("state"),
                        found.getString("facts"),
                        found.getLong("asked_at"),
                        found.getLong("expires_at")))
                .optional()
                .filter(found -> found.client().equals(client.getId()))
                .orElseThrow(() -> OAuthErrors.failure(OAuth2ErrorCodes.INVALID_GRANT, "There is no such device code"));
        if (row.expiresAt() <= now.toEpochMilli()) {
            throw OAuthErrors.failure("expired_token", "The device code has expired");
        }
        if (row.facts() != null) {
            return json.read(row.facts(), SignedIn.Facts.class);
        }
        if (row.state().equals("denied")) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.ACCESS_DENIED, "The person did not allow it");
        }
        database(context)
                .write("UPDATE {realm}.device_requests SET asked_at = :now WHERE device_hash = :device")
                .param("now", now.toEpochMilli())
                .param("device", hash)
                .update();
        boolean tooSoon = row.askedAt() + INTERVAL.toMillis() > now.toEpochMilli();
        throw tooSoon
                ? OAuthErrors.failure("slow_down", "The device asks too often")
                : OAuthErrors.failure("authorization_pending", "Nobody has decided yet");
    }

    /** The scopes of a device code that is used now, and can be no more. */
    private Set<String> take(RealmContext context, String hash) {
        return database(context)
                .write("DELETE FROM {realm}.device_requests WHERE device_hash = :device RETURNING scopes")
                .param("device", hash)
                .query(String.class)
                .optional()
                .map(DeviceCodes::split)
                .orElseThrow(
                        () -> OAuthErrors.failure(OAuth2ErrorCodes.INVALID_GRANT, "The device code has been used"));
    }

    private Authentication hand(
            RealmContext context,
            RegisteredClient client,
            OAuth2ClientAuthenticationToken proof,
            OAuth2DeviceCodeAuthenticationToken question,
            SignedIn person,
            Set<String> scopes) {
        AuthorizationRequest request =
                new AuthorizationRequest(client.getClientId(), "", false, null, scopes, Map.of());
        OAuth2Authorization.Builder authorization = OAuth2Authorization.withRegisteredClient(client)
                .id(ids.next())
                .principalName(person.getName())
                .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                .authorizedScopes(scopes)
                .attribute(AuthorizationRequest.class.getName(), request);
        DefaultOAuth2TokenContext.Builder token = DefaultOAuth2TokenContext.builder()
                .registeredClient(client)
                .principal(person)
                .authorizationServerContext(context)
                .authorizedScopes(scopes)
                .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                .authorizationGrant(question);
        OAuth2Token made = made(token.authorization(authorization.build()), OAuth2TokenType.ACCESS_TOKEN);
        OAuth2AccessToken access = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                made.getTokenValue(),
                made.getIssuedAt(),
                made.getExpiresAt(),
                scopes);
        authorization.token(access, metadata -> {
            if (made instanceof ClaimAccessor said) {
                metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, said.getClaims());
            }
            metadata.put(
                    OAuth2TokenFormat.class.getName(),
                    client.getTokenSettings().getAccessTokenFormat().getValue());
        });
        OAuth2RefreshToken refresh = null;
        if (client.getAuthorizationGrantTypes().contains(AuthorizationGrantType.REFRESH_TOKEN)) {
            refresh = (OAuth2RefreshToken)
                    made(token.authorization(authorization.build()), OAuth2TokenType.REFRESH_TOKEN);
            authorization.refreshToken(refresh);
        }
        Map<String, Object> more = new HashMap<>();
        if (scopes.contains("openid")) {
            more.put(
                    OidcParameterNames.ID_TOKEN,
                    made(token.authorization(authorization.build()), ID_TOKEN).getTokenValue());
        }
        grants.keep(context, authorization.build(), request, person);
        sessions.find(context.id(), person.facts().session())
                .ifPresent(session -> sessions.join(context.id(), session.id(), new ClientId(client.getId())));
        events.success(context, "device", new UserId(person.facts().user()), client.getClientId());
        return new OAuth2AccessTokenAuthenticationToken(client, proof, access, refresh, more);
    }

    private OAuth2Token made(DefaultOAuth2TokenContext.Builder context, OAuth2TokenType type) {
        OAuth2Token token = tokens.generate(context.tokenType(type).build());
        if (token == null) {
            throw new IllegalStateException("No " + type.getValue() + " was made");
        }
        return token;
    }

    private String half() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < HALF; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    /** Of the letters alone, however they are typed, and with the realm's name: eight letters are not many. */
    private static String hash(RealmContext context, String userCode) {
        String letters = userCode.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(c -> LETTERS.indexOf(c) >= 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return RandomText.hash("device|" + context.id() + "|" + letters);
    }

    private RealmDatabase database(RealmContext context) {
        return realms.database(context.id());
    }

    private static Set<String> split(String scopes) {
        return scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" "));
    }

    /** The client of a device that waits. */
    Optional<Client> client(Waiting waiting) {
        RegisteredClient registered = clients.findById(waiting.client());
        return registered == null ? Optional.empty() : clients.client(registered.getClientId());
    }
}
