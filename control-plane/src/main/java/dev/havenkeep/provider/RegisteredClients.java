package dev.havenkeep.provider;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientId;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.realms.RealmId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/**
 * The clients of the realm that a request is for, in Spring's form. They are kept by their version, so that a client
 * that has not changed is made once. It also compares secrets, which nobody but the client knows: what Spring takes for
 * the encoded secret is the {@code client_id} to compare for.
 */
@Component
class RegisteredClients implements RegisteredClientRepository, PasswordEncoder {

    private static final int MOST_KEPT = 2_000;

    private final RealmClients clients;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Key, String> clientIds = new ConcurrentHashMap<>();

    private record Key(RealmId realm, String id) {}

    private record Kept(long version, RegisteredClient registered) {}

    RegisteredClients(RealmClients clients) {
        this.clients = clients;
    }

    /** The realm's client that calls itself this. */
    Optional<Client> client(String clientId) {
        return clients.withClientId(RealmContext.current().id(), clientId);
    }

    @Override
    public void save(RegisteredClient registeredClient) {
        throw new UnsupportedOperationException("Clients are made by the realms module");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        RealmId realm = RealmContext.current().id();
        String clientId = clientIds.get(new Key(realm, id));
        Client client = clientId == null
                ? clients.find(realm, new ClientId(id)).orElse(null)
                : clients.withClientId(realm, clientId)
                        .filter(found -> found.id().value().equals(id))
                        .orElse(null);
        return client == null ? null : registered(realm, client);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        RealmId realm = RealmContext.current().id();
        return clients.withClientId(realm, clientId)
                .map(client -> registered(realm, client))
                .orElse(null);
    }

    @Override
    public String encode(@Nullable CharSequence rawPassword) {
        throw new UnsupportedOperationException("Secrets are made by the realms module");
    }

    @Override
    public boolean matches(@Nullable CharSequence rawPassword, @Nullable String encodedPassword) {
        return rawPassword != null
                && encodedPassword != null
                && clients.matches(RealmContext.current().id(), encodedPassword, Secret.of(rawPassword.toString()));
    }

    private RegisteredClient registered(RealmId realm, Client client) {
        Key key = new Key(realm, client.id().value());
        Kept known = kept.get(key);
        if (known != null && known.version() == client.version()) {
            return known.registered();
        }
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
            clientIds.clear();
        }
        RegisteredClient made = make(client);
        kept.put(key, new Kept(client.version(), made));
        clientIds.put(key, client.clientId());
        return made;
    }

    private static RegisteredClient make(Client client) {
        ClientSettings settings = client.settings();
        RegisteredClient.Builder builder = RegisteredClient.withId(client.id().value())
                .clientId(client.clientId())
                .clientName(settings.name())
                .clientAuthenticationMethods(methods -> settings.proof().kinds().stream()
                        .map(ClientSettings.ProofKind::text)
                        .map(ClientAuthenticationMethod::new)
                        .forEach(methods::add))
                .authorizationGrantTypes(types -> settings.flows().grants().stream()
                        .map(ClientSettings.GrantKind::text)
                        .map(AuthorizationGrantType::new)
                        .forEach(types::add))
                .redirectUris(uris -> uris.addAll(settings.addresses().redirect()))
                .postLogoutRedirectUris(uris -> uris.addAll(settings.addresses().afterLogout()))
                .scopes(scopes -> scopes.addAll(scopes(settings)));
        if (client.hasSecret()) {
            builder.clientSecret(client.clientId());
        }
        var proof = org.springframework.security.oauth2.server.authorization.settings.ClientSettings.builder()
                .requireProofKey(settings.requiresPkce())
                .requireAuthorizationConsent(settings.flows().consent())
                .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256);
        if (settings.proof().keysUrl() != null) {
            proof.jwkSetUrl(settings.proof().keysUrl());
        }
        if (settings.proof().certificateSubject() != null) {
            proof.x509CertificateSubjectDN(settings.proof().certificateSubject());
        }
        return builder.clientSettings(proof.build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(
                                settings.tokens().format() == ClientSettings.TokenFormat.JWT
                                        ? OAuth2TokenFormat.SELF_CONTAINED
                                        : OAuth2TokenFormat.REFERENCE)
                        .reuseRefreshTokens(false)
                        // How long a token lives is the affair of TokenGenerator, which asks the realm too.
                        .accessTokenTimeToLive(Duration.ofMinutes(15))
                        .x509CertificateBoundAccessTokens(settings.tokens().bound())
                        .build())
                .build();
    }

    /** What a client may ask for: what is allowed to it, and {@code openid} when people sign in to it. */
    static Set<String> scopes(ClientSettings settings) {
        Set<String> scopes = new java.util.HashSet<>(settings.flows().scopes());
        if (settings.kind() != ClientSettings.Kind.MACHINE) {
            scopes.add("openid");
        }
        return scopes;
    }
}
