package dev.havenkeep.connections;

import dev.havenkeep.connections.PendingAuthorization.Issuer;
import dev.havenkeep.connections.UpstreamFailure.Code;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OAuth 2.0's code flow (RFC 6749 section 4.1); who it is, the user information says to the bearer of the token. */
final class OAuth2Protocol implements Protocol {

    private final ConnectionSettings.OAuth2 settings;
    private final OidcProtocol.Services services;

    OAuth2Protocol(ConnectionSettings.OAuth2 settings, OidcProtocol.Services services) {
        this.settings = settings;
        this.services = services;
    }

    @Override
    public Request request(AuthorizationHints hints) {
        URI endpoint = settings.endpoints().authorization();
        requireTls(endpoint, settings.endpoints().token());
        return new Request(endpoint, Map.of(), new Issuer(origin(endpoint), Issuer.Match.ORIGIN, false), false, true);
    }

    @Override
    public UpstreamIdentity identify(PendingAuthorization pending, CallbackParameters parameters, String code) {
        pending.requireIssuer(origin(settings.endpoints().authorization()));
        TokenEndpoint.Tokens tokens =
                services.tokens().exchange(settings.endpoints().token(), settings.authentication(), pending, code);
        Claims claims =
                OidcProtocol.readUserInfo(services.http(), settings.endpoints().userInfo(), tokens.accessToken());
        ConnectionSettings.Members members = settings.members();
        String subject = claims.key(members.subject());
        if (subject == null || !Quoted.isKey(subject)) {
            throw new ConnectionException(
                    Code.BAD_ANSWER, "The user information has no usable " + Quoted.reason(members.subject()));
        }
        UpstreamEmail email = UpstreamEmail.read(
                text(claims, members.email()),
                "the provider sent no e-mail address",
                address -> settings.emails()
                        .judge(
                                address,
                                members.emailVerified() == null
                                        ? Claims.Truth.UNSAID
                                        : claims.truth(members.emailVerified())));
        return new UpstreamIdentity(
                origin(settings.endpoints().authorization()),
                subject,
                email,
                new UpstreamIdentity.Profile(
                        Quoted.name(text(claims, members.name())),
                        null,
                        null,
                        Quoted.name(text(claims, members.username())),
                        Quoted.picture(text(claims, members.picture())),
                        null),
                UpstreamIdentity.Authentication.unsaid(),
                Map.of());
    }

    @Override
    public void check() {
        requireTls(settings.endpoints().authorization(), settings.endpoints().token());
        origin(settings.endpoints().userInfo());
        if (settings.authentication() instanceof ClientAuthentication.PrivateKeyJwt key) {
            services.assertions()
                    .client(
                            settings.clientId(),
                            key,
                            settings.endpoints().token().toString());
        }
    }

    /** Browsers go there over TLS, unless we ourselves go to the token endpoint without. */
    private static void requireTls(URI authorization, URI token) {
        if (origin(authorization).startsWith("http:") && !origin(token).startsWith("http:")) {
            throw new ConnectionException(Code.BAD_SETTINGS, "The authorization endpoint must be an https address");
        }
    }

    private static @Nullable String text(Claims claims, @Nullable String member) {
        return member == null ? null : claims.text(member);
    }

    /** Scheme, host and port (RFC 6454 section 4). */
    static String origin(URI address) {
        if (address.getHost() == null || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
            throw new ConnectionException(
                    Code.BAD_SETTINGS, "Not an address of a provider: " + Quoted.reason(address.toString()));
        }
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
