package dev.havenkeep.connections;

import dev.havenkeep.connections.ConnectionSettings.Microsoft;
import dev.havenkeep.connections.PendingAuthorization.Issuer;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OpenID Connect's code flow (OpenID Connect Core section 3.1) with each provider's own rules: Google's, Microsoft's,
 * Apple's and, for any other, those of the specification.
 */
final class OidcProtocol implements Protocol {

    private static final String TENANT = "{tenantid}";
    private static final Pattern TENANT_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** The tenant of everybody with a personal Microsoft account. */
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final Set<String> GOOGLES_DOMAINS = Set.of("gmail.com", "googlemail.com");

    private final ConnectionSettings.OpenId settings;
    private final ProviderAddresses addresses;
    private final Services services;

    /** What all sign-ins share. */
    record Services(
            UpstreamHttp http,
            DocumentCache<ProviderMetadata> metadata,
            SigningKeys keys,
            IdTokens idTokens,
            TokenEndpoint tokens,
            SignedAssertions assertions) {}

    OidcProtocol(ConnectionSettings.OpenId settings, ProviderAddresses addresses, Services services) {
        this.settings = settings;
        this.addresses = addresses;
        this.services = services;
    }

    @Override
    public Request request(AuthorizationHints hints) {
        ProviderMetadata metadata = metadata();
        boolean manyTenants = metadata.issuer().contains(TENANT);
        return new Request(
                metadata.places().authorization(),
                parameters(hints),
                new Issuer(
                        metadata.issuer(),
                        manyTenants ? Issuer.Match.TENANT : Issuer.Match.EXACT,
                        metadata.namesItself()),
                true,
                metadata.takesChallenges());
    }

    @Override
    public UpstreamIdentity identify(PendingAuthorization pending, CallbackParameters parameters, String code) {
        ProviderMetadata metadata = metadata();
        pending.requireIssuer(metadata.issuer());
        TokenEndpoint.Tokens tokens =
                services.tokens().exchange(metadata.places().token(), authentication(metadata), pending, code);
        if (tokens.idToken() == null) {
            throw new ConnectionException(Code.BAD_ANSWER, "The token endpoint gave no id_token");
        }
        Claims claims = services.idTokens()
                .verify(
                        tokens.idToken(),
                        new IdTokens.Expected(
                                settings.clientId(),
                                metadata.places().keys(),
                                algorithms(metadata),
                                token -> issuers(metadata, token),
                                pending.guards(),
                                tokens.accessToken()));
        return switch (settings) {
            case ConnectionSettings.Google google -> google(google, claims);
            case Microsoft microsoft -> microsoft(microsoft, claims);
            case ConnectionSettings.Apple apple -> apple(claims, parameters);
            case ConnectionSettings.Oidc oidc -> generic(oidc, claims, metadata, tokens.accessToken());
        };
    }

    @Override
    public void check() {
        ProviderMetadata metadata = metadata();
        if (IdTokens.acceptable(algorithms(metadata)).isEmpty()) {
            throw new ConnectionException(
                    Code.BAD_SETTINGS,
                    "Neither the settings nor the provider name a signature that is accepted, such as RS256 or ES256");
        }
        services.keys().check(metadata.places().keys());
        switch (authentication(metadata)) {
            case ClientAuthentication.PrivateKeyJwt key ->
                services.assertions().client(settings.clientId(), key, metadata.issuer());
            case ClientAuthentication.SecretBasic basic -> requireSecret(basic);
            case ClientAuthentication.SecretPost post -> requireSecret(post);
            case ClientAuthentication.None none -> {
                if (!metadata.takesChallenges()) {
                    throw new ConnectionException(
                            Code.BAD_SETTINGS,
                            "A client without a secret needs PKCE, which the provider does not know");
                }
            }
        }
    }

    private static void requireSecret(ClientAuthentication authentication) {
        if (authentication.secret().reveal().isBlank()) {
            throw new ConnectionException(Code.BAD_SETTINGS, "The client secret is empty");
        }
    }

    private ProviderMetadata metadata() {
        String issuer = discoveryIssuer();
        ProviderMetadata metadata = services.metadata().get(discoveryDocument(issuer));
        if (!(settings instanceof Microsoft microsoft
                ? microsoftIssuer(microsoft, metadata.issuer())
                : metadata.issuer().equals(issuer))) {
            throw new ConnectionException(
                    Code.WRONG_ISSUER,
                    "The discovery document below " + Quoted.reason(issuer) + " is that of "
                            + Quoted.reason(metadata.issuer()));
        }
        metadata.requireTls();
        return metadata;
    }

    private String discoveryIssuer() {
        return switch (settings) {
            case ConnectionSettings.Google google -> addresses.google();
            case Microsoft microsoft -> addresses.microsoft() + "/" + tenant(microsoft) + "/v2.0";
            case ConnectionSettings.Apple apple -> addresses.apple();
            case ConnectionSettings.Oidc oidc -> oidc.issuer();
        };
    }

    /** Below the issuer, whose last slash does not count (OpenID Connect Discovery section 4). */
    private static URI discoveryDocument(String issuer) {
        try {
            URI address = new URI(issuer);
            if (address.getHost() != null && address.getRawQuery() == null && address.getRawFragment() == null) {
                String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
                return new URI(base + "/.well-known/openid-configuration");
            }
        } catch (URISyntaxException e) {
            throw noIssuer(issuer);
        }
        throw noIssuer(issuer);
    }

    private static ConnectionException noIssuer(String issuer) {
        return new ConnectionException(
                Code.BAD_SETTINGS,
                "The issuer must be an https address without query and fragment, not " + Quoted.reason(issuer));
    }

    private Map<String, String> parameters(AuthorizationHints hints) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String locales = String.join(" ", hints.locales());
        switch (settings) {
            case ConnectionSettings.Google google -> {
                put(parameters, "hd", google.hostedDomain());
                put(parameters, "login_hint", hints.loginHint());
                put(
                        parameters,
                        "hl",
                        hints.locales().isEmpty() ? null : hints.locales().getFirst());
                // Google has no way to ask for the password again.
                put(parameters, "prompt", prompt(hints, "select_account"));
            }
            case Microsoft microsoft -> {
                put(parameters, "response_mode", "query");
                put(parameters, "login_hint", hints.loginHint());
                put(parameters, "ui_locales", locales);
                put(parameters, "prompt", prompt(hints, "login"));
            }
            case ConnectionSettings.Apple apple -> put(parameters, "response_mode", "form_post");
            case ConnectionSettings.Oidc oidc -> {
                put(parameters, "login_hint", hints.loginHint());
                put(parameters, "ui_locales", locales);
                put(parameters, "prompt", prompt(hints, "login"));
                put(
                        parameters,
                        "max_age",
                        hints.maxAge() == null
                                ? null
                                : Long.toString(hints.maxAge().toSeconds()));
            }
        }
        return parameters;
    }

    static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    private static @Nullable String prompt(AuthorizationHints hints, String login) {
        return hints.prompt() == null
                ? null
                : switch (hints.prompt()) {
                    case LOGIN -> login;
                    case SELECT_ACCOUNT -> "select_account";
                    case CONSENT -> "consent";
                };
    }

    private ClientAuthentication authentication(ProviderMetadata metadata) {
        return switch (settings) {
            case ConnectionSettings.Google google -> new ClientAuthentication.SecretPost(google.clientSecret());
            case Microsoft microsoft -> new ClientAuthentication.SecretPost(microsoft.clientSecret());
            case ConnectionSettings.Apple apple ->
                new ClientAuthentication.SecretPost(
                        Secret.of(services.assertions().apple(apple, metadata.issuer())));
            case ConnectionSettings.Oidc oidc -> oidc.authentication();
        };
    }

    private List<String> algorithms(ProviderMetadata metadata) {
        return settings instanceof ConnectionSettings.Oidc oidc
                        && !oidc.algorithms().isEmpty()
                ? List.copyOf(oidc.algorithms())
                : metadata.algorithms();
    }

    /** Who may have issued a token with these claims. */
    private Set<String> issuers(ProviderMetadata metadata, Claims claims) {
        String issuer = metadata.issuer();
        return switch (settings) {
            // Google's tokens name it with and without the scheme.
            case ConnectionSettings.Google google -> Set.of(issuer, issuer.substring(issuer.indexOf("//") + 2));
            case Microsoft microsoft -> {
                String tenant = tenantId(claims);
                yield tenant == null ? Set.of() : Set.of(issuer.replace(TENANT, tenant));
            }
            case ConnectionSettings.Apple apple -> Set.of(issuer);
            case ConnectionSettings.Oidc oidc -> Set.of(issuer);
        };
    }

    private UpstreamIdentity google(ConnectionSettings.Google google, Claims claims) {
        String hosted = claims.text("hd");
        if (google.hostedDomain() != null && !google.hostedDomain().equalsIgnoreCase(hosted == null ? "" : hosted)) {
            throw new ConnectionException(
                    Code.NOT_ALLOWED,
                    "The account is not of the Workspace domain " + google.hostedDomain() + " but of "
                            + (hosted == null ? "none" : Quoted.reason(hosted)));
        }
        UpstreamEmail email = UpstreamEmail.read(claims.text("email"), "Google sent no e-mail address", address -> {
            if (claims.truth("email_verified") != Claims.Truth.YES) {
                return new UpstreamEmail.Unverified(address, "Google does not call the address verified");
            }
            return hosted != null || GOOGLES_DOMAINS.contains(UpstreamEmail.domain(address))
                    ? new UpstreamEmail.Authoritative(address)
                    : new UpstreamEmail.Unverified(
                            address, "the mailbox is not Google's: it may have changed hands since Google checked it");
        });
        return identity(addresses.google(), subject(claims), email, profile(claims), claims, Map.of("hd", "hd"));
    }

    private UpstreamIdentity microsoft(Microsoft microsoft, Claims claims) {
        String tenant = tenantId(claims);
        String object = claims.text("oid");
        if (tenant == null
                || object == null
                || !TENANT_ID.matcher(lower(object)).matches()) {
            throw new ConnectionException(
                    Code.BAD_TOKEN, "The ID token has no usable tid and oid; the scope profile gives them");
        }
        requireTenant(microsoft.tenant(), tenant);
        UpstreamEmail email = UpstreamEmail.read(
                claims.text("email"),
                "Microsoft sent no e-mail address: the optional claim email is not configured, or there is no mailbox",
                address -> {
                    // Whoever runs a tenant writes any address into it; only these two say that it is theirs.
                    if (claims.truth("xms_edov") == Claims.Truth.YES) {
                        return new UpstreamEmail.Authoritative(address);
                    }
                    boolean vouched = microsoft.trustedTenants().stream()
                            .filter(trusted -> trusted.id().equals(tenant))
                            .anyMatch(trusted -> trusted.domains().isEmpty()
                                    || trusted.domains().contains(UpstreamEmail.domain(address)));
                    return vouched
                            ? new UpstreamEmail.Authoritative(address)
                            : new UpstreamEmail.Unverified(
                                    address,
                                    "Microsoft does not say that the tenant owns the address's domain (xms_edov),"
                                            + " and the tenant is not trusted for it");
                });
        return identity(
                addresses.microsoft(),
                tenant + "/" + lower(object),
                email,
                profile(claims),
                claims,
                Map.of("tid", "tid"));
    }

    private static void requireTenant(String configured, String tenant) {
        boolean allowed = switch (configured) {
            case "organizations" -> !tenant.equals(CONSUMERS);
            case "consumers" -> tenant.equals(CONSUMERS);
            // Any other than common is one tenant, whose own issuer has been required already.
            default -> !TENANT_ID.matcher(configured).matches() || tenant.equals(configured);
        };
        if (!allowed) {
            throw new ConnectionException(
                    Code.NOT_ALLOWED,
                    "The account's tenant " + tenant + " is not let in by the connection's tenant " + configured);
        }
    }

    private UpstreamIdentity apple(Claims claims, CallbackParameters parameters) {
        UpstreamEmail email = UpstreamEmail.read(
                claims.text("email"),
                "Apple sent no e-mail address",
                address -> claims.truth("email_verified") == Claims.Truth.YES
                        ? new UpstreamEmail.Authoritative(address)
                        : new UpstreamEmail.Unverified(address, "Apple does not call the address verified"));
        return identity(
                addresses.apple(),
                subject(claims),
                email,
                appleName(parameters),
                claims,
                claims.truth("is_private_email") == Claims.Truth.YES
                        ? Map.of("is_private_email", "is_private_email")
                        : Map.of());
    }

    /**
     * The name in the form, which comes with the first authorization only and which nobody signed: whoever holds the
     * browser may have typed it, as into any form. Nothing else of it is looked at, least of all its e-mail address.
     */
    private static UpstreamIdentity.Profile appleName(CallbackParameters parameters) {
        String form = parameters.one("user");
        Claims user = Optional.ofNullable(form)
                .flatMap(text -> Claims.parse(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
        if (user == null) {
            return UpstreamIdentity.Profile.named(null, null, null);
        }
        String given = Quoted.name(user.text("name.firstName"));
        String family = Quoted.name(user.text("name.lastName"));
        String both = (given == null ? "" : given) + " " + (family == null ? "" : family);
        return UpstreamIdentity.Profile.named(Quoted.name(both), given, family);
    }

    private UpstreamIdentity generic(
            ConnectionSettings.Oidc oidc, Claims token, ProviderMetadata metadata, String accessToken) {
        // The address and whether it is verified are only ever taken from one and the same document.
        Claims claims = token.text("email") == null
                ? metadata.places()
                        .userInfo()
                        .map(place -> userInfo(place, accessToken, subject(token)))
                        .orElse(token)
                : token;
        UpstreamEmail email = UpstreamEmail.read(
                claims.text("email"),
                "the provider sent no e-mail address",
                address -> oidc.emails().judge(address, claims.truth("email_verified")));
        return identity(oidc.issuer(), subject(token), email, profile(claims), token, Map.of());
    }

    /** The user information, which must be of the same person (OpenID Connect Core section 5.3.2). */
    private Claims userInfo(URI place, String accessToken, String subject) {
        Claims claims = readUserInfo(services.http(), place, accessToken);
        String same = claims.text("sub");
        if (same == null || !IdTokens.same(same, subject)) {
            throw new ConnectionException(Code.BAD_ANSWER, "The user information is somebody else's than the ID token");
        }
        return claims;
    }

    static Claims readUserInfo(UpstreamHttp http, URI place, String accessToken) {
        UpstreamHttp.Response answer = http.send(UpstreamHttp.Request.get(
                place, Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/json")));
        if (!answer.ok()) {
            throw new ConnectionException(
                    Code.BAD_ANSWER, "The user information at " + place.getHost() + ": " + answer.summary());
        }
        return Claims.parse(answer.body())
                .orElseThrow(() -> new ConnectionException(
                        Code.BAD_ANSWER, "The user information at " + place.getHost() + " is no JSON object"));
    }

    private static UpstreamIdentity identity(
            String provider,
            String subject,
            UpstreamEmail email,
            UpstreamIdentity.Profile profile,
            Claims claims,
            Map<String, String> kept) {
        Map<String, String> beside = new HashMap<>();
        kept.forEach((name, claim) -> {
            String value = claims.truth(claim) == Claims.Truth.YES ? "true" : claims.text(claim);
            if (value != null) {
                beside.put(name, Quoted.reason(value));
            }
        });
        return new UpstreamIdentity(
                provider,
                subject,
                email,
                profile,
                new UpstreamIdentity.Authentication(
                        claims.texts("amr").stream().map(Quoted::reason).toList(),
                        claims.text("acr") == null ? null : Quoted.reason(claims.text("acr")),
                        claims.instant("auth_time")),
                beside);
    }

    private static UpstreamIdentity.Profile profile(Claims claims) {
        return new UpstreamIdentity.Profile(
                Quoted.name(claims.text("name")),
                Quoted.name(claims.text("given_name")),
                Quoted.name(claims.text("family_name")),
                Quoted.name(claims.text("preferred_username")),
                Quoted.picture(claims.text("picture")),
                Quoted.name(claims.text("locale")));
    }

    private static String subject(Claims claims) {
        String subject = claims.text("sub");
        if (subject == null) {
            throw new ConnectionException(Code.BAD_TOKEN, "The ID token has no sub");
        }
        return subject;
    }

    private static @Nullable String tenantId(Claims claims) {
        String tenant = claims.text("tid");
        return tenant != null && TENANT_ID.matcher(lower(tenant)).matches() ? lower(tenant) : null;
    }

    private static String tenant(Microsoft microsoft) {
        if (!microsoft.tenant().matches("[a-z0-9][a-z0-9.-]{0,252}")) {
            throw new ConnectionException(
                    Code.BAD_SETTINGS,
                    "The tenant must be common, organizations, consumers, or the id or domain of a tenant");
        }
        return microsoft.tenant();
    }

    /** Microsoft's issuer names the tenant by its id, or has a place for it where there are many. */
    private boolean microsoftIssuer(Microsoft microsoft, String issuer) {
        String prefix = addresses.microsoft() + "/";
        if (!issuer.startsWith(prefix) || !issuer.endsWith("/v2.0") || issuer.length() <= prefix.length() + 5) {
            return false;
        }
        String tenant = issuer.substring(prefix.length(), issuer.length() - "/v2.0".length());
        return switch (microsoft.tenant()) {
            case "common", "organizations" -> tenant.equals(TENANT);
            case "consumers" -> tenant.equals(CONSUMERS);
            default ->
                TENANT_ID.matcher(microsoft.tenant()).matches()
                        ? tenant.equals(microsoft.tenant())
                        : TENANT_ID.matcher(tenant).matches();
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
