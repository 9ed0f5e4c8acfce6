package dev.havenkeep.connections;

import dev.havenkeep.connections.PendingAuthorization.Issuer;
import dev.havenkeep.connections.UpstreamFailure.Code;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GitHub: OAuth 2.0, and an API that says who it is. People are known by their numeric id, since logins change hands;
 * the profile's e-mail address is whatever they like to show, so only the list of addresses counts.
 */
final class GitHubProtocol implements Protocol {

    private static final int MOST_PAGES = 10;
    private static final Pattern NEXT = Pattern.compile("<([^<>]+)>\\s*;[^,]*\\brel=\"?next\"?");

    private final ConnectionSettings.GitHub settings;
    private final URI site;
    private final URI api;
    private final OidcProtocol.Services services;

    GitHubProtocol(ConnectionSettings.GitHub settings, ProviderAddresses addresses, OidcProtocol.Services services) {
        this.settings = settings;
        this.services = services;
        this.site = settings.enterprise() == null ? addresses.github() : settings.enterprise();
        this.api = settings.enterprise() == null ? addresses.githubApi() : below(settings.enterprise(), "/api/v3");
    }

    @Override
    public Request request(AuthorizationHints hints) {
        Map<String, String> parameters = new LinkedHashMap<>();
        OidcProtocol.put(parameters, "login", hints.loginHint());
        OidcProtocol.put(parameters, "prompt", hints.prompt() == null ? null : "select_account");
        return new Request(
                below(site, "/login/oauth/authorize"),
                parameters,
                new Issuer(OAuth2Protocol.origin(site), Issuer.Match.ORIGIN, false),
                false,
                true);
    }

    @Override
    public UpstreamIdentity identify(PendingAuthorization pending, CallbackParameters parameters, String code) {
        pending.requireIssuer(OAuth2Protocol.origin(site));
        TokenEndpoint.Tokens tokens = services.tokens()
                .exchange(
                        below(site, "/login/oauth/access_token"),
                        new ClientAuthentication.SecretPost(settings.clientSecret()),
                        pending,
                        code);
        UpstreamHttp.Response answer = get(below(api, "/user"), tokens.accessToken());
        Claims user = answer.ok() ? Claims.parse(answer.body()).orElse(null) : null;
        BigInteger id = user == null ? null : user.number("id");
        if (user == null || id == null || id.signum() <= 0) {
            throw new ConnectionException(
                    Code.BAD_ANSWER,
                    "GitHub's API does not say who it is: " + (answer.ok() ? "no numeric id" : answer.summary()));
        }
        return new UpstreamIdentity(
                OAuth2Protocol.origin(site),
                id.toString(),
                email(tokens),
                new UpstreamIdentity.Profile(
                        Quoted.name(user.text("name")),
                        null,
                        null,
                        Quoted.name(user.text("login")),
                        Quoted.picture(user.text("avatar_url")),
                        null),
                UpstreamIdentity.Authentication.unsaid(),
                Map.of());
    }

    @Override
    public void check() {
        OAuth2Protocol.origin(site);
        if (settings.clientSecret().reveal().isBlank()) {
            throw new ConnectionException(Code.BAD_SETTINGS, "The client secret is empty");
        }
    }

    /** The one address that is both primary and verified. */
    private UpstreamEmail email(TokenEndpoint.Tokens tokens) {
        URI first = below(api, "/user/emails?per_page=100");
        URI page = first;
        for (int number = 0; number < MOST_PAGES && page != null; number++) {
            UpstreamHttp.Response answer = get(page, tokens.accessToken());
            if (answer.status() == 401 || answer.status() == 403 || answer.status() == 404) {
                return new UpstreamEmail.Missing(
                        "GitHub does not show the e-mail addresses: the scope user:email was not granted ("
                                + answer.summary() + ")");
            }
            List<Claims> entries = answer.ok() ? Claims.parseList(answer.body()).orElse(null) : null;
            if (entries == null) {
                throw new ConnectionException(
                        Code.BAD_ANSWER,
                        "GitHub's list of e-mail addresses: " + (answer.ok() ? "no JSON array" : answer.summary()));
            }
            for (Claims entry : entries) {
                if (entry.truth("primary") == Claims.Truth.YES && entry.truth("verified") == Claims.Truth.YES) {
                    return UpstreamEmail.read(
                            entry.text("email"), "GitHub sent no e-mail address", UpstreamEmail.Authoritative::new);
                }
            }
            page = next(answer, first);
        }
        return new UpstreamEmail.Missing("no e-mail address at GitHub is both primary and verified");
    }

    /** The next page (RFC 8288), which is at the same place: the token goes nowhere else. */
    private static @Nullable URI next(UpstreamHttp.Response answer, URI first) {
        for (String link : answer.headers().getOrDefault("link", List.of())) {
            Matcher next = NEXT.matcher(link);
            if (next.find()) {
                return samePlace(next.group(1), first);
            }
        }
        return null;
    }

    private static URI samePlace(String address, URI first) {
        try {
            URI page = new URI(address);
            if (Objects.equals(page.getScheme(), first.getScheme())
                    && Objects.equals(page.getRawAuthority(), first.getRawAuthority())
                    && Objects.equals(page.getRawPath(), first.getRawPath())) {
                return page;
            }
        } catch (URISyntaxException e) {
            throw elsewhere();
        }
        throw elsewhere();
    }

    private static ConnectionException elsewhere() {
        return new ConnectionException(
                Code.BAD_ANSWER, "The next page of GitHub's e-mail addresses is said to be somewhere else");
    }

    private UpstreamHttp.Response get(URI address, String accessToken) {
        return services.http()
                .send(UpstreamHttp.Request.get(
                        address,
                        Map.of(
                                "Authorization",
                                "Bearer " + accessToken,
                                "Accept",
                                "application/vnd.github+json",
                                "X-GitHub-Api-Version",
                                "2022-11-28")));
    }

    private static URI below(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }
}
