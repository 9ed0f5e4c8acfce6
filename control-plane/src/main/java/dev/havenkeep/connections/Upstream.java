package dev.havenkeep.connections;

import dev.havenkeep.connections.PendingAuthorization.Guards;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in at upstream providers by the authorization code flow (RFC 6749 section 4.1, OpenID Connect Core section 3.1)
 * with what RFC 9700 asks for: PKCE, a state that is used once, a nonce, and no answer from another provider than the
 * one that was asked. It keeps nothing but public documents of providers: their metadata and keys.
 *
 * <p>The caller does three things that cannot be done here: it binds what is pending to the browser that started it, it
 * takes it out once, and it gives each connection a callback of its own.
 */
public final class Upstream {

    /** What a provider answers when somebody, and not something, is in the way. */
    private static final Set<String> DENIALS = Set.of(
            "access_denied",
            "user_cancelled_authorize",
            "login_required",
            "consent_required",
            "interaction_required",
            "account_selection_required");

    private final Clock clock;
    private final ProviderAddresses addresses;
    private final OidcProtocol.Services services;

    /** Real providers on the public internet, or wherever else the installation allows. */
    public Upstream(Clock clock, NetworkAccess networks) {
        this(clock, networks, ProviderAddresses.PUBLIC, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * Providers anywhere.
     *
     * @param addresses where the well-known ones are
     * @param tls whose certificates are trusted
     */
    public Upstream(Clock clock, NetworkAccess networks, ProviderAddresses addresses, SSLSocketFactory tls) {
        this(clock, addresses, new UpstreamHttp(networks, tls, UpstreamHttp.Limits.USUAL));
    }

    Upstream(Clock clock, ProviderAddresses addresses, UpstreamHttp http) {
        this.clock = clock;
        this.addresses = addresses;
        SigningKeys keys = new SigningKeys(clock, http);
        SignedAssertions assertions = new SignedAssertions(clock);
        this.services = new OidcProtocol.Services(
                http,
                new DocumentCache<>(clock, address -> discover(http, address)),
                keys,
                new IdTokens(clock, keys),
                new TokenEndpoint(http, assertions),
                assertions);
    }

    /**
     * Starts a sign-in.
     *
     * @param connection the caller's name of the connection, kept with what is pending
     * @param callback where the provider sends the browser back to: an address of this connection alone
     */
    public AuthorizationStart start(
            String connection, ConnectionSettings settings, URI callback, AuthorizationHints hints) {
        try {
            Protocol.Request request = protocol(settings).request(hints);
            Guards guards = new Guards(
                    RandomText.next(),
                    request.nonce() ? RandomText.next() : null,
                    request.challenge() ? Secret.of(RandomText.next()) : null,
                    settings.kind() == ConnectionKind.OIDC ? hints.maxAge() : null);
            return new AuthorizationStart.Redirect(
                    location(request, settings, callback, guards),
                    new PendingAuthorization(
                            connection,
                            new PendingAuthorization.Client(settings.kind(), settings.clientId()),
                            callback,
                            guards,
                            request.issuer(),
                            clock.instant()));
        } catch (ConnectionException e) {
            return new AuthorizationStart.Failed(e.failure());
        }
    }

    /**
     * Ends a sign-in: checks what the browser brought, asks the provider, and says who it was.
     *
     * @param settings of the connection at whose callback the browser arrived
     * @param pending what was kept under the state, taken out of the store for good
     */
    public UpstreamOutcome finish(
            ConnectionSettings settings, PendingAuthorization pending, CallbackParameters parameters) {
        try {
            requireSame(settings, pending);
            requireOurs(pending, parameters);
            String error = parameters.one("error");
            if (error != null) {
                return refused(error, parameters.one("error_description"));
            }
            String code = parameters.one("code");
            if (code == null) {
                throw new ConnectionException(Code.BAD_CALLBACK, "The answer has neither a code nor an error");
            }
            return new UpstreamOutcome.Proven(protocol(settings).identify(pending, parameters, code));
        } catch (ConnectionException e) {
            return new UpstreamOutcome.Failed(e.failure());
        }
    }

    /** Why the settings cannot work, as far as that shows without anybody signing in: for whoever configures. */
    public Optional<UpstreamFailure> check(ConnectionSettings settings) {
        try {
            if (settings.clientId().isBlank()) {
                throw new ConnectionException(Code.BAD_SETTINGS, "The client id is empty");
            }
            protocol(settings).check();
            return Optional.empty();
        } catch (ConnectionException e) {
            return Optional.of(e.failure());
        }
    }

    private Protocol protocol(ConnectionSettings settings) {
        return switch (settings) {
            case ConnectionSettings.GitHub github -> new GitHubProtocol(github, addresses, services);
            case ConnectionSettings.OAuth2 oauth2 -> new OAuth2Protocol(oauth2, services);
            case ConnectionSettings.OpenId openId -> new OidcProtocol(openId, addresses, services);
        };
    }

    private static ProviderMetadata discover(UpstreamHttp http, URI address) {
        UpstreamHttp.Response answer =
                http.send(UpstreamHttp.Request.get(address, Map.of("Accept", "application/json")));
        if (!answer.ok()) {
            throw new ConnectionException(
                    Code.BAD_ANSWER, "The discovery document at " + address.getHost() + ": " + answer.summary());
        }
        return ProviderMetadata.read(answer.body());
    }

    private static URI location(Protocol.Request request, ConnectionSettings settings, URI callback, Guards guards) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", callback.toString());
        OidcProtocol.put(parameters, "scope", String.join(" ", settings.scopes()));
        parameters.put("state", guards.state());
        OidcProtocol.put(parameters, "nonce", guards.nonce());
        if (guards.verifier() != null) {
            parameters.put("code_challenge", challenge(guards.verifier()));
            parameters.put("code_challenge_method", "S256");
        }
        parameters.putAll(request.parameters());
        String query = request.endpoint().getRawQuery();
        String address = request.endpoint().toString();
        return URI.create(address + (query == null ? "?" : "&") + TokenEndpoint.encode(parameters));
    }

    private static String challenge(Secret verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(verifier.reveal().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireSame(ConnectionSettings settings, PendingAuthorization pending) {
        if (settings.kind() != pending.client().kind()
                || !settings.clientId().equals(pending.client().id())) {
            throw new ConnectionException(
                    Code.MIX_UP,
                    "The sign-in was started at another connection than it came back to, or the connection has changed");
        }
    }

    private void requireOurs(PendingAuthorization pending, CallbackParameters parameters) {
        String state = parameters.one("state");
        if (state == null || !IdTokens.same(pending.guards().state(), state)) {
            throw new ConnectionException(
                    Code.FOREIGN_STATE, state == null ? "The answer has no state" : "The answer's state is another");
        }
        if (pending.expired(clock.instant())) {
            throw new ConnectionException(
                    Code.EXPIRED,
                    "The sign-in was started at " + pending.startedAt() + " and had to come back within "
                            + PendingAuthorization.LIFETIME.toMinutes() + " minutes");
        }
        String issuer = parameters.one("iss");
        if (issuer == null ? pending.issuer().required() : !pending.issuer().matches(issuer)) {
            throw new ConnectionException(
                    Code.MIX_UP,
                    "The answer is from "
                            + (issuer == null ? "somebody who does not say their name" : Quoted.reason(issuer))
                            + ", but " + pending.issuer().value() + " was asked");
        }
    }

    private static UpstreamOutcome refused(String error, @Nullable String description) {
        String reason = Quoted.reason(description == null ? error : error + ": " + description);
        if (DENIALS.contains(error)) {
            return new UpstreamOutcome.Denied(reason);
        }
        throw new ConnectionException(Code.PROVIDER_ERROR, "The provider answered " + reason);
    }
}
