package dev.havenkeep.realms;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client may do, and how. Everything about it but its secret.
 *
 * @param name what people read when they are asked to consent, 1 to 100 characters
 * @param kind what sort of program it is
 * @param addresses where answers may go
 * @param flows what it may ask for
 * @param proof how it proves which client it is
 * @param tokens what its tokens are like
 * @param connections the upstream providers that may be used to sign in to it, by name; empty for all of the realm's
 * @param logoUrl an https address of an image, shown beside its name
 */
public record ClientSettings(
        String name,
        Kind kind,
        Addresses addresses,
        Flows flows,
        Proof proof,
        Tokens tokens,
        List<String> connections,
        @Nullable String logoUrl) {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_URL = 2_000;
    private static final int MOST_ADDRESSES = 50;
    private static final int MOST_SCOPES = 100;
    private static final int LONGEST_KEYS = 20_000;
    /** RFC 6749 section 3.3. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");
    /** RFC 3986 section 3.1; one with a dot cannot be another program's by accident (RFC 8252 section 7.1). */
    private static final Pattern PRIVATE_SCHEME = Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

    /** What sort of program a client is (RFC 6749 section 2.1, RFC 8252). */
    public enum Kind {
        /** Runs on a server and keeps a secret. */
        WEB,
        /** Runs in the browser and keeps none. */
        SINGLE_PAGE,
        /** Runs on a phone or desktop and keeps none. */
        NATIVE,
        /** A program without people. */
        MACHINE,
        /** Has no browser or keyboard worth the name (RFC 8628). */
        DEVICE;

        /** The form in API and store, for example {@code single-page}. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it can keep a secret (RFC 6749 section 2.1). */
        public boolean confidential() {
            return switch (this) {
                case WEB, MACHINE -> true;
                case SINGLE_PAGE, NATIVE, DEVICE -> false;
            };
        }
    }

    /** What a client may send to the token endpoint. */
    public enum GrantKind {
        AUTHORIZATION_CODE("authorization_code"),
        REFRESH_TOKEN("refresh_token"),
        CLIENT_CREDENTIALS("client_credentials"),
        DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code"),
        TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange");

        private final String text;

        GrantKind(String text) {
            this.text = text;
        }

        /** The value of {@code grant_type}. */
        @JsonValue
        public String text() {
            return text;
        }
    }

    /** How a client proves which one it is (OpenID Connect Core section 9, RFC 8705). */
    public enum ProofKind {
        SECRET_BASIC("client_secret_basic"),
        SECRET_POST("client_secret_post"),
        PRIVATE_KEY_JWT("private_key_jwt"),
        TLS("tls_client_auth"),
        SELF_SIGNED_TLS("self_signed_tls_client_auth"),
        NONE("none");

        private final String text;

        ProofKind(String text) {
            this.text = text;
        }

        /** The value of {@code token_endpoint_auth_method}. */
        @JsonValue
        public String text() {
            return text;
        }
    }

    /** What an access token looks like. */
    public enum TokenFormat {
        /** A signed statement that its reader verifies (RFC 9068). */
        JWT,
        /** A reference that its reader asks about (RFC 7662). */
        OPAQUE;

        /** The form in API and store, for example {@code jwt}. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where answers may go; each is compared exactly.
     *
     * @param redirect redirect URIs; https, http on this machine alone (whatever its port, for native clients), or a
     *     native client's own scheme; at most 50
     * @param afterLogout where a browser may go after signing out, at most 50
     * @param backChannelLogout where the end of a session is announced (OpenID Connect Back-Channel Logout 1.0)
     */
    public record Addresses(
            List<String> redirect,
            List<String> afterLogout,
            @Nullable String backChannelLogout) {

        public Addresses {
            redirect = List.copyOf(redirect);
            afterLogout = List.copyOf(afterLogout);
        }

        /** No addresses at all. */
        public static final Addresses NONE = new Addresses(List.of(), List.of(), null);
    }

    /**
     * What a client may ask for.
     *
     * @param grants what it may send to the token endpoint
     * @param scopes what it may ask for beside openid; at most 100
     * @param consent whether people are asked before it is given anything
     * @param pkce whether it must use PKCE (RFC 7636); public clients always must
     * @param pushed whether it must push its authorization requests (RFC 9126)
     */
    public record Flows(Set<GrantKind> grants, List<String> scopes, boolean consent, boolean pkce, boolean pushed) {

        public Flows {
            grants = grants.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(grants));
            scopes = scopes.stream().distinct().toList();
        }
    }

    /**
     * How a client proves which one it is.
     *
     * @param kinds the ways that it may
     * @param keys its public keys as a JWK set (RFC 7517), for private_key_jwt and self-signed certificates
     * @param keysUrl an https address of that set instead
     * @param certificateSubject the distinguished name of its certificate, for tls_client_auth
     */
    public record Proof(
            Set<ProofKind> kinds,
            @Nullable String keys,
            @Nullable String keysUrl,
            @Nullable String certificateSubject) {

        public Proof {
            kinds = kinds.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(kinds));
        }
    }

    /**
     * What a client's tokens are like. What is absent is as the realm says.
     *
     * @param algorithm how its ID and access tokens are signed
     * @param format what its access tokens look like
     * @param accessSeconds 60 to 86,400
     * @param refreshSeconds 300 to 31,536,000
     * @param bound whether its access tokens must be bound to a key (DPoP, RFC 9449)
     */
    public record Tokens(
            @Nullable SigningAlgorithm algorithm,
            TokenFormat format,
            @Nullable Integer accessSeconds,
            @Nullable Integer refreshSeconds,
            boolean bound) {

        /** As the realm says. */
        public static final Tokens AS_THE_REALM = new Tokens(null, TokenFormat.JWT, null, null, false);
    }

    /** @throws ProblemException 422 that names every value that is not accepted */
    public ClientSettings {
        connections = List.copyOf(connections);
        name = name.strip();
        List<Problem.Field> wrong = new ArrayList<>();
        if (name.isEmpty()
                || name.codePointCount(0, name.length()) > LONGEST_NAME
                || !StorableText.is(name)
                || name.codePoints().anyMatch(Character::isISOControl)) {
            wrong.add(new Problem.Field("name", "must be 1 to " + LONGEST_NAME + " characters on one line"));
        }
        checkAddresses(wrong, kind, addresses);
        checkFlows(wrong, kind, addresses, flows);
        checkProof(wrong, kind, proof);
        checkTokens(wrong, tokens);
        if (connections.size() > MOST_ADDRESSES || !connections.stream().allMatch(RealmName::is)) {
            wrong.add(new Problem.Field("connections", "must be names of connections"));
        }
        if (logoUrl != null && !https(logoUrl)) {
            wrong.add(new Problem.Field("logoUrl", "must be an https address"));
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.invalid(wrong));
        }
    }

    /** What is usual for a kind of client: what somebody begins with who knows only its redirect URIs. */
    public static ClientSettings usual(String name, Kind kind, List<String> redirect) {
        Set<GrantKind> grants = switch (kind) {
            case WEB, SINGLE_PAGE, NATIVE -> Set.of(GrantKind.AUTHORIZATION_CODE, GrantKind.REFRESH_TOKEN);
            case MACHINE -> Set.of(GrantKind.CLIENT_CREDENTIALS);
            case DEVICE -> Set.of(GrantKind.DEVICE_CODE, GrantKind.REFRESH_TOKEN);
        };
        Set<ProofKind> proofs =
                kind.confidential() ? Set.of(ProofKind.SECRET_BASIC, ProofKind.SECRET_POST) : Set.of(ProofKind.NONE);
        List<String> scopes = kind == Kind.MACHINE ? List.of() : List.of("profile", "email", "offline_access");
        return new ClientSettings(
                name,
                kind,
                new Addresses(redirect, List.of(), null),
                new Flows(grants, scopes, false, !kind.confidential(), false),
                new Proof(proofs, null, null, null),
                Tokens.AS_THE_REALM,
                List.of(),
                null);
    }

    /** Whether authorization requests must carry a code challenge. */
    public boolean requiresPkce() {
        return flows.pkce() || !kind.confidential();
    }

    private static void checkAddresses(List<Problem.Field> wrong, Kind kind, Addresses addresses) {
        if (addresses.redirect().size() > MOST_ADDRESSES
                || addresses.afterLogout().size() > MOST_ADDRESSES) {
            wrong.add(new Problem.Field("redirectUris", "must be at most " + MOST_ADDRESSES + " of each"));
        }
        for (String uri : addresses.redirect()) {
            if (!redirect(kind, uri)) {
                wrong.add(new Problem.Field("redirectUris", refusedRedirect(kind, uri)));
            }
        }
        for (String uri : addresses.afterLogout()) {
            if (!redirect(kind, uri)) {
                wrong.add(new Problem.Field("afterLogoutUris", refusedRedirect(kind, uri)));
            }
        }
        if (addresses.backChannelLogout() != null && !webAddress(addresses.backChannelLogout())) {
            wrong.add(new Problem.Field("backChannelLogoutUri", "must be an http or https address"));
        }
    }

    private static void checkFlows(List<Problem.Field> wrong, Kind kind, Addresses addresses, Flows flows) {
        if (flows.grants().contains(GrantKind.CLIENT_CREDENTIALS) && !kind.confidential()) {
            wrong.add(new Problem.Field("grants", "client credentials need a client that keeps a secret"));
        }
        if (flows.grants().contains(GrantKind.AUTHORIZATION_CODE)
                && addresses.redirect().isEmpty()) {
            wrong.add(new Problem.Field("redirectUris", "must have at least one redirect URI"));
        }
        if (flows.scopes().size() > MOST_SCOPES
                || !flows.scopes().stream()
                        .allMatch(scope -> SCOPE.matcher(scope).matches())) {
            wrong.add(new Problem.Field(
                    "scopes", "must be at most " + MOST_SCOPES + " scopes of printable ASCII without spaces"));
        }
    }

    private static void checkProof(List<Problem.Field> wrong, Kind kind, Proof proof) {
        if (proof.kinds().isEmpty()) {
            wrong.add(new Problem.Field("proofs", "must name at least one way"));
        }
        if (proof.kinds().contains(ProofKind.NONE)
                && (kind.confidential() || proof.kinds().size() > 1)) {
            wrong.add(new Problem.Field("proofs", "none is for public clients, and for them alone"));
        }
        if (proof.keys() != null && proof.keys().length() > LONGEST_KEYS) {
            wrong.add(new Problem.Field("keys", "must be at most " + LONGEST_KEYS + " characters"));
        }
        if (proof.keysUrl() != null && !https(proof.keysUrl())) {
            wrong.add(new Problem.Field("keysUrl", "must be an https address"));
        }
        if (proof.keys() != null && !StorableText.is(proof.keys())) {
            wrong.add(new Problem.Field("keys", "must be text without NUL characters"));
        }
        String subject = proof.certificateSubject();
        if (subject != null && (subject.length() > 1_000 || !StorableText.is(subject))) {
            wrong.add(new Problem.Field("certificateSubject", "must be at most 1,000 characters"));
        }
        if (proof.kinds().contains(ProofKind.PRIVATE_KEY_JWT) && proof.keys() == null && proof.keysUrl() == null) {
            wrong.add(new Problem.Field("keys", "private_key_jwt needs the client's public keys"));
        }
        if (proof.kinds().contains(ProofKind.TLS) && proof.certificateSubject() == null) {
            wrong.add(new Problem.Field("certificateSubject", "tls_client_auth needs the certificate's subject"));
        }
    }

    private static void checkTokens(List<Problem.Field> wrong, Tokens tokens) {
        Integer access = tokens.accessSeconds();
        if (access != null && (access < 60 || access > 86_400)) {
            wrong.add(new Problem.Field("accessSeconds", "must be between 60 and 86,400"));
        }
        Integer refresh = tokens.refreshSeconds();
        if (refresh != null && (refresh < 300 || refresh > 31_536_000)) {
            wrong.add(new Problem.Field("refreshSeconds", "must be between 300 and 31,536,000"));
        }
    }

    private static String refusedRedirect(Kind kind, String uri) {
        String shown = uri.length() > 100 ? uri.substring(0, 100) + "…" : uri;
        return "'" + shown
                + "' must be an absolute https address without a fragment, user or wildcard (http on localhost"
                + (kind == Kind.NATIVE ? ", or a scheme of its own such as com.example.app:/callback)" : ")");
    }

    /** RFC 9700 section 2.1, RFC 8252 section 7. */
    private static boolean redirect(Kind kind, String text) {
        URI uri = parsed(text);
        if (uri == null || uri.getRawFragment() != null || uri.getScheme() == null || text.contains("*")) {
            return false;
        }
        String scheme = uri.getScheme();
        if (scheme.equals("https")) {
            return plainHost(uri);
        }
        if (scheme.equals("http")) {
            return plainHost(uri) && local(uri.getHost());
        }
        return kind == Kind.NATIVE && PRIVATE_SCHEME.matcher(scheme).matches() && uri.getRawUserInfo() == null;
    }

    /** Whether a host is this machine itself. */
    public static boolean local(String host) {
        return host.equals("localhost")
                || host.equals("127.0.0.1")
                || host.equals("[::1]")
                || host.toLowerCase(Locale.ROOT).endsWith(".localhost");
    }

    private static boolean plainHost(URI uri) {
        return uri.getHost() != null && uri.getRawUserInfo() == null;
    }

    private static boolean https(String text) {
        URI uri = parsed(text);
        return uri != null && "https".equals(uri.getScheme()) && plainHost(uri);
    }

    private static boolean webAddress(String text) {
        URI uri = parsed(text);
        return uri != null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && plainHost(uri)
                && uri.getRawFragment() == null;
    }

    private static @Nullable URI parsed(String text) {
        if (text.length() > LONGEST_URL || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return null;
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
