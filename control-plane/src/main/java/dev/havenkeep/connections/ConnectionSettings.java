package dev.havenkeep.connections;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.havenkeep.kernel.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a realm is a client of an upstream provider. As JSON it is complete but for the secret, which redacts itself: a
 * store seals {@link #secret()} and puts it back by {@link #withSecret}. What the texts say is checked when they are
 * used; {@link Upstream#check} tells whoever configures.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConnectionSettings.Google.class, name = "google"),
    @JsonSubTypes.Type(value = ConnectionSettings.GitHub.class, name = "github"),
    @JsonSubTypes.Type(value = ConnectionSettings.Microsoft.class, name = "microsoft"),
    @JsonSubTypes.Type(value = ConnectionSettings.Apple.class, name = "apple"),
    @JsonSubTypes.Type(value = ConnectionSettings.Oidc.class, name = "oidc"),
    @JsonSubTypes.Type(value = ConnectionSettings.OAuth2.class, name = "oauth2")
})
public sealed interface ConnectionSettings {

    /** Who we are there. */
    String clientId();

    /** What is asked for. */
    List<String> scopes();

    /** What must be kept secret: the shared secret or the private key. */
    Secret secret();

    /** The same settings with another secret. */
    ConnectionSettings withSecret(Secret secret);

    /** The provider's kind. */
    ConnectionKind kind();

    /**
     * Whether the provider answers by a cross-site POST (OAuth 2.0 Form Post Response Mode), with which browsers send
     * no cookie that is not {@code SameSite=None}. Whoever takes such a form keeps it under its state and has the browser
     * come again by GET, with its cookie, before anything is finished: else anybody's answer could be posted from any
     * browser.
     */
    default boolean answersByFormPost() {
        return kind() == ConnectionKind.APPLE;
    }

    /** Those that speak OpenID Connect. */
    sealed interface OpenId extends ConnectionSettings {}

    /**
     * Sign in with Google.
     *
     * @param hostedDomain the one Workspace domain whose people may come, checked against the signed {@code hd}; everybody when absent
     */
    record Google(
            String clientId,
            Secret clientSecret,
            List<String> scopes,
            @Nullable String hostedDomain) implements OpenId {

        public static final List<String> SCOPES = List.of("openid", "email", "profile");

        public Google {
            scopes = withOpenid(scopes);
        }

        @Override
        public Secret secret() {
            return clientSecret;
        }

        @Override
        public Google withSecret(Secret secret) {
            return new Google(clientId, secret, scopes, hostedDomain);
        }

        @Override
        public ConnectionKind kind() {
            return ConnectionKind.GOOGLE;
        }
    }

    /**
     * GitHub: OAuth 2.0 and its API.
     *
     * @param enterprise the base address of a GitHub Enterprise Server; github.com when absent
     */
    record GitHub(
            String clientId,
            Secret clientSecret,
            List<String> scopes,
            @Nullable URI enterprise) implements ConnectionSettings {

        public static final List<String> SCOPES = List.of("read:user", "user:email");

        public GitHub {
            scopes = List.copyOf(scopes);
        }

        @Override
        public Secret secret() {
            return clientSecret;
        }

        @Override
        public GitHub withSecret(Secret secret) {
            return new GitHub(clientId, secret, scopes, enterprise);
        }

        @Override
        public ConnectionKind kind() {
            return ConnectionKind.GITHUB;
        }
    }

    /**
     * A tenant whose administrators vouch for the e-mail addresses that they assign.
     *
     * @param id the tenant's id
     * @param domains the only domains of which that holds; every address that the tenant states when empty
     */
    record TrustedTenant(String id, Set<String> domains) {

        public TrustedTenant {
            id = id.toLowerCase(Locale.ROOT);
            domains = domains.stream()
                    .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * Microsoft Entra ID and personal Microsoft accounts.
     *
     * @param tenant {@code common}, {@code organizations}, {@code consumers}, or the id or domain of the one tenant
     * @param trustedTenants whose e-mail claim counts as proof even without {@code xms_edov}
     */
    record Microsoft(
            String clientId,
            Secret clientSecret,
            List<String> scopes,
            String tenant,
            List<TrustedTenant> trustedTenants)
            implements OpenId {

        public static final List<String> SCOPES = List.of("openid", "profile", "email");

        public Microsoft {
            scopes = withOpenid(scopes);
            tenant = tenant.strip().toLowerCase(Locale.ROOT);
            trustedTenants = List.copyOf(trustedTenants);
        }

        @Override
        public Secret secret() {
            return clientSecret;
        }

        @Override
        public Microsoft withSecret(Secret secret) {
            return new Microsoft(clientId, secret, scopes, tenant, trustedTenants);
        }

        @Override
        public ConnectionKind kind() {
            return ConnectionKind.MICROSOFT;
        }
    }

    /**
     * Sign in with Apple.
     *
     * @param clientId the Services ID
     * @param teamId the ten characters of the developer team
     * @param keyId the id of the key for Sign in with Apple
     * @param privateKey that key: the content of the {@code .p8} file
     */
    record Apple(String clientId, List<String> scopes, String teamId, String keyId, Secret privateKey)
            implements OpenId {

        public static final List<String> SCOPES = List.of("name", "email");

        public Apple {
            scopes = List.copyOf(scopes);
        }

        @Override
        public Secret secret() {
            return privateKey;
        }

        @Override
        public Apple withSecret(Secret secret) {
            return new Apple(clientId, scopes, teamId, keyId, secret);
        }

        @Override
        public ConnectionKind kind() {
            return ConnectionKind.APPLE;
        }
    }

    /**
     * Any OpenID provider (OpenID Connect Core, Discovery).
     *
     * @param issuer exactly as the provider writes it; its discovery document is below it
     * @param algorithms which signatures of ID tokens are accepted; those that the provider announces when empty. Only
     *     asymmetric ones ever are
     */
    record Oidc(
            String clientId,
            ClientAuthentication authentication,
            List<String> scopes,
            String issuer,
            Set<String> algorithms,
            EmailAuthority emails)
            implements OpenId {

        public static final List<String> SCOPES = List.of("openid", "profile", "email");

        public Oidc {
            scopes = withOpenid(scopes);
            algorithms = Set.copyOf(algorithms);
        }

        @Override
        public Secret secret() {
            return authentication.secret();
        }

        @Override
        public Oidc withSecret(Secret secret) {
            return new Oidc(clientId, authentication.withSecret(secret), scopes, issuer, algorithms, emails);
        }

        @Override
        public ConnectionKind kind() {
            return ConnectionKind.OIDC;
        }
    }

    /** Where a provider without discovery is. */
    record Endpoints(URI authorization, URI token, URI userInfo) {}

    /**
     * Which members of the user information mean what; a dot leads into an object, such as {@code data.id}.
     *
     * @param subject what never changes and is never given to somebody else
     * @param emailVerified the member that says whether the address is verified; none does when absent
     */
    record Members(
            String subject,
            @Nullable String email,
            @Nullable String emailVerified,
            @Nullable String name,
            @Nullable String username,
            @Nullable String picture) {

        /** The names of OpenID Connect's user information. */
        public static Members standard() {
            return new Members("sub", "email", "email_verified", "name", "preferred_username", "picture");
        }
    }

    /** Any OAuth 2.0 provider (RFC 6749) that answers with JSON who the bearer of a token is. */
    record OAuth2(
            String clientId,
            ClientAuthentication authentication,
            List<String> scopes,
            Endpoints endpoints,
            Members members,
            EmailAuthority emails)
            implements ConnectionSettings {

        public OAuth2 {
            scopes = List.copyOf(scopes);
        }

        @Override
        public Secret secret() {
            return authentication.secret();
        }

        @Override
        public OAuth2 withSecret(Secret secret) {
            return new OAuth2(clientId, authentication.withSecret(secret), scopes, endpoints, members, emails);
        }

        @Override
        public ConnectionKind kind() {
            return ConnectionKind.OAUTH2;
        }
    }

    private static List<String> withOpenid(List<String> scopes) {
        if (scopes.contains("openid")) {
            return List.copyOf(scopes);
        }
        List<String> all = new ArrayList<>(List.of("openid"));
        all.addAll(scopes);
        return List.copyOf(all);
    }
}
