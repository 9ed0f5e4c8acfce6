package dev.havenkeep.connections;

import java.net.URI;
import java.util.Map;

/** How to sign in at one provider as one client. */
sealed interface Protocol permits OidcProtocol, GitHubProtocol, OAuth2Protocol {

    /**
     * Where the browser goes.
     *
     * @param parameters what the provider wants beside what every authorization request has
     * @param issuer whom the answer must come from
     * @param nonce whether there will be an ID token to tie to this sign-in
     * @param challenge whether PKCE can tie the code to it (RFC 7636)
     */
    record Request(
            URI endpoint,
            Map<String, String> parameters,
            PendingAuthorization.Issuer issuer,
            boolean nonce,
            boolean challenge) {}

    /**
     * What to ask.
     *
     * @throws ConnectionException when the provider could not be asked where to
     */
    Request request(AuthorizationHints hints);

    /**
     * Who it is, by the code that the browser brought.
     *
     * @throws ConnectionException when that is not proven
     */
    UpstreamIdentity identify(PendingAuthorization pending, CallbackParameters parameters, String code);

    /**
     * Whether the settings can work, as far as the provider tells without anybody signing in.
     *
     * @throws ConnectionException when they cannot
     */
    void check();
}
