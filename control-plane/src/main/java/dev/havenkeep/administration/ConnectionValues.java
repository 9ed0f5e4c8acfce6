package dev.havenkeep.administration;

import dev.havenkeep.connections.ClientAuthentication;
import dev.havenkeep.connections.ConnectionSettings;
import dev.havenkeep.connections.EmailAuthority;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of an upstream provider, in one flat form for every kind. What a kind does not have must be
 * absent.
 *
 * @param secret the client secret, or Apple's private key
 */
record ConnectionValues(
        Kind kind,
        @Nullable String clientId,
        @Nullable Secret secret,
        @Nullable List<String> scopes,
        @Nullable String hostedDomain,
        @Nullable String tenant,
        @Nullable List<String> trustedTenants,
        @Nullable String teamId,
        @Nullable String keyId,
        @Nullable String issuer,
        @Nullable List<String> trustedDomains) {

    private static final int LONGEST_SECRET = 10_000;
    private static final int MOST = 50;
    private static final Pattern CLIENT_ID = Pattern.compile("[!-~]{1,200}");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Pattern APPLE_ID = Pattern.compile("[A-Z0-9]{1,20}");
    private static final int LONGEST_URL = 500;
    private static final String EVERY = "*";

    /** Which provider. */
    enum Kind {
        GOOGLE,
        GITHUB,
        MICROSOFT,
        APPLE,
        /** Any OpenID provider, by its discovery document. */
        OIDC;

        /** The form in API and store, for example {@code google}. */
        @com.fasterxml.jackson.annotation.JsonValue
        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The settings that these values are.
     *
     * @throws ProblemException 422 that names every value that is not accepted
     */
    ConnectionSettings settings() {
        List<Problem.Field> wrong = new ArrayList<>();
        String id = matching(wrong, "clientId", clientId, CLIENT_ID, "is required: what the provider calls this realm");
        Secret key = secret(wrong);
        List<String> wanted = scopes == null ? List.of() : scopes;
        if (wanted.size() > MOST
                || !wanted.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            wrong.add(new Problem.Field("scopes", "must be at most " + MOST + " scopes without spaces"));
        }
        checkForeign(wrong);
        ConnectionSettings settings = switch (kind) {
            case GOOGLE ->
                new ConnectionSettings.Google(
                        id,
                        key,
                        or(wanted, ConnectionSettings.Google.SCOPES),
                        hostedDomain == null
                                ? null
                                : matching(wrong, "hostedDomain", hostedDomain, DOMAIN, "must be like example.com"));
            case GITHUB -> new ConnectionSettings.GitHub(id, key, or(wanted, ConnectionSettings.GitHub.SCOPES), null);
            case MICROSOFT ->
                new ConnectionSettings.Microsoft(
                        id,
                        key,
                        or(wanted, ConnectionSettings.Microsoft.SCOPES),
                        matching(
                                wrong,
                                "tenant",
                                tenant == null ? "common" : tenant,
                                TENANT,
                                "must be common, organizations, consumers, or a tenant's id or domain"),
                        tenants(wrong));
            case APPLE ->
                new ConnectionSettings.Apple(
                        id,
                        or(wanted, ConnectionSettings.Apple.SCOPES),
                        matching(wrong, "teamId", teamId, APPLE_ID, "must be the team's ten characters"),
                        matching(wrong, "keyId", keyId, APPLE_ID, "must be the key's ten characters"),
                        key);
            case OIDC ->
                new ConnectionSettings.Oidc(
                        id,
                        new ClientAuthentication.SecretBasic(key),
                        or(wanted, ConnectionSettings.Oidc.SCOPES),
                        issuer(wrong),
                        Set.of(),
                        authority(wrong));
        };
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.invalid(wrong));
        }
        return settings;
    }

    /** The same values as an operator may read them. */
    static ConnectionValues of(ConnectionSettings settings) {
        return switch (settings) {
            case ConnectionSettings.Google google ->
                new ConnectionValues(
                        Kind.GOOGLE,
                        google.clientId(),
                        google.secret(),
                        google.scopes(),
                        google.hostedDomain(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            case ConnectionSettings.GitHub github ->
                new ConnectionValues(
                        Kind.GITHUB,
                        github.clientId(),
                        github.secret(),
                        github.scopes(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            case ConnectionSettings.Microsoft microsoft ->
                new ConnectionValues(
                        Kind.MICROSOFT,
                        microsoft.clientId(),
                        microsoft.secret(),
                        microsoft.scopes(),
                        null,
                        microsoft.tenant(),
                        microsoft.trustedTenants().stream()
                                .map(ConnectionSettings.TrustedTenant::id)
                                .toList(),
                        null,
                        null,
                        null,
                        null);
            case ConnectionSettings.Apple apple ->
                new ConnectionValues(
                        Kind.APPLE,
                        apple.clientId(),
                        apple.secret(),
                        apple.scopes(),
                        null,
                        null,
                        null,
                        apple.teamId(),
                        apple.keyId(),
                        null,
                        null);
            case ConnectionSettings.Oidc oidc ->
                new ConnectionValues(
                        Kind.OIDC,
                        oidc.clientId(),
                        oidc.secret(),
                        oidc.scopes(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        oidc.issuer(),
                        oidc.emails().reach() == EmailAuthority.Reach.ALL
                                ? List.of(EVERY)
                                : oidc.emails().domains().stream().sorted().toList());
            case ConnectionSettings.OAuth2 _ ->
                throw new IllegalStateException("No operator can have made a connection of this kind");
        };
    }

    private Secret secret(List<Problem.Field> wrong) {
        if (secret == null || secret.reveal().isBlank()) {
            wrong.add(new Problem.Field("secret", "is required"));
            return Secret.of("");
        }
        if (secret.reveal().length() > LONGEST_SECRET || !StorableText.is(secret.reveal())) {
            wrong.add(new Problem.Field("secret", "must be at most " + LONGEST_SECRET + " characters"));
        }
        return secret;
    }

    /** What belongs to another kind is a mistake, not something to forget. */
    private void checkForeign(List<Problem.Field> wrong) {
        foreign(wrong, "hostedDomain", hostedDomain, kind == Kind.GOOGLE);
        foreign(wrong, "tenant", tenant, kind == Kind.MICROSOFT);
        foreign(wrong, "trustedTenants", trustedTenants, kind == Kind.MICROSOFT);
        foreign(wrong, "teamId", teamId, kind == Kind.APPLE);
        foreign(wrong, "keyId", keyId, kind == Kind.APPLE);
        foreign(wrong, "issuer", issuer, kind == Kind.OIDC);
        foreign(wrong, "trustedDomains", trustedDomains, kind == Kind.OIDC);
    }

    private void foreign(List<Problem.Field> wrong, String name, @Nullable Object value, boolean own) {
        if (value != null && !own) {
            wrong.add(new Problem.Field(name, "does not go with the kind " + kind.text()));
        }
    }

    private List<ConnectionSettings.TrustedTenant> tenants(List<Problem.Field> wrong) {
        List<String> ids = trustedTenants == null ? List.of() : trustedTenants;
        if (ids.size() > MOST || !ids.stream().allMatch(id -> TENANT.matcher(id).matches())) {
            wrong.add(new Problem.Field("trustedTenants", "must be at most " + MOST + " ids of tenants"));
            return List.of();
        }
        return ids.stream()
                .map(id -> new ConnectionSettings.TrustedTenant(id, Set.of()))
                .toList();
    }

    private String issuer(List<Problem.Field> wrong) {
        String text = issuer == null ? "" : issuer;
        if (text.length() > LONGEST_URL || !text.chars().allMatch(c -> c > ' ' && c < 0x7F) || !isAddress(text)) {
            wrong.add(new Problem.Field("issuer", "must be the https address that the provider calls itself"));
        }
        return text;
    }

    private EmailAuthority authority(List<Problem.Field> wrong) {
        List<String> domains = trustedDomains == null ? List.of() : trustedDomains;
        if (domains.equals(List.of(EVERY))) {
            return EmailAuthority.all();
        }
        if (domains.size() > MOST
                || !domains.stream().allMatch(domain -> DOMAIN.matcher(domain).matches())) {
            wrong.add(new Problem.Field(
                    "trustedDomains", "must be at most " + MOST + " domains such as example.com, or * alone"));
            return EmailAuthority.none();
        }
        return domains.isEmpty() ? EmailAuthority.none() : EmailAuthority.of(domains.toArray(String[]::new));
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String matching(
            List<Problem.Field> wrong, String name, @Nullable String text, Pattern form, String otherwise) {
        if (text == null || !form.matcher(text).matches()) {
            wrong.add(new Problem.Field(name, otherwise));
            return "";
        }
        return text;
    }

    private static List<String> or(List<String> wanted, List<String> usual) {
        return wanted.isEmpty() ? usual : wanted;
    }
}
