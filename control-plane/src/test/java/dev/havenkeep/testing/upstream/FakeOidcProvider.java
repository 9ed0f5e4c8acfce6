package dev.havenkeep.testing.upstream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A provider of OpenID Connect: a generic one, or one that behaves like Google, Microsoft or Apple. */
public final class FakeOidcProvider extends FakeProvider {

    /** The longest that Apple takes a client secret for. */
    private static final Duration LONGEST_APPLE_SECRET = Duration.ofDays(180);

    private static final RSAKey OWN = generate();
    private static final RSAKey FOREIGN = generate();

    private final Flavour flavour;
    private final Clock clock;
    private final String clientId;
    private final String clientSecret;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> userInfo = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final List<RSAKey> published = new ArrayList<>();
    private RSAKey signing;
    private Map<String, Object> person = Map.of("sub", "1000");
    private Map<String, Object> metadata = Map.of();
    private @Nullable ECKey clientKey;
    private String appleTeam = "";
    private String issuerInAnswers;
    private UnaryOperator<Map<String, Object>> tampering = claims -> claims;
    private BiFunction<RSAKey, Map<String, Object>, String> signature = FakeOidcProvider::sign;

    /** Whose rules it follows. */
    public enum Flavour {
        GENERIC,
        GOOGLE,
        MICROSOFT,
        APPLE
    }

    private record Grant(Asked request, Map<String, Object> person) {}

    private FakeOidcProvider(Flavour flavour, Clock clock, String clientId, String clientSecret) {
        this.flavour = flavour;
        this.clock = clock;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.signing = newKey();
        this.issuerInAnswers = base();
        published.add(signing);
    }

    /** A provider with one client; at Apple the secret is a JWT that {@link #appleKey} verifies. */
    public static FakeOidcProvider open(Flavour flavour, Clock clock, String clientId, String clientSecret) {
        return new FakeOidcProvider(flavour, clock, clientId, clientSecret);
    }

    /** The issuer, as metadata names it; Microsoft's has a place for the tenant. */
    public String issuer() {
        return flavour == Flavour.MICROSOFT ? base() + "/{tenantid}/v2.0" : base();
    }

    /** Who signs in from now on: the claims of the ID token. */
    public void person(Map<String, Object> claims) {
        person = Map.copyOf(claims);
    }

    /** Members of the metadata that replace the usual ones. */
    public void metadata(Map<String, Object> members) {
        metadata = Map.copyOf(members);
    }

    /** The team, and the key that its client secrets are signed with. */
    public void appleKey(String team, ECKey key) {
        appleTeam = team;
        clientKey = key.toPublicJWK();
    }

    /** The key of a client that authenticates by an assertion of its own. */
    public void clientKey(ECKey key) {
        clientKey = key.toPublicJWK();
    }

    /** Has the claims of ID tokens changed just before they are signed. */
    public void tamper(UnaryOperator<Map<String, Object>> change) {
        tampering = change;
    }

    /** Has ID tokens signed in another way. */
    public void signWith(BiFunction<RSAKey, Map<String, Object>, String> signer) {
        signature = signer;
    }

    /** Whom answers to the browser say that they are from (RFC 9207). */
    public void nameInAnswers(String issuer) {
        issuerInAnswers = issuer;
    }

    /** Signs with a key of another id from now on, and publishes it beside the old ones, or instead of them. */
    public void rotateKey(boolean keepOld) {
        signing = newKey();
        if (!keepOld) {
            published.clear();
        }
        published.add(signing);
    }

    /** A signed token, as any provider makes it. */
    public static String sign(RSAKey key, Map<String, Object> claims) {
        return sign(
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
    }

    /** A token with a header of its own, signed with an RSA key. */
    public static String sign(RSAKey key, JWSHeader header, Map<String, Object> claims) {
        try {
            JWSObject token = new JWSObject(header, new Payload(claims));
            token.sign(new RSASSASigner(key.toRSAPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that no provider has. */
    public static RSAKey foreignKey() {
        return FOREIGN;
    }

    /** The providers' one key, which takes long to make, under an id of its own. */
    private static RSAKey newKey() {
        return new RSAKey.Builder(OWN).keyID(random()).build();
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048).keyID(random()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    Reply answer(Asked request) {
        if (request.path().endsWith("/.well-known/openid-configuration")) {
            return Reply.json(discovery(request.path()));
        }
        return switch (request.path()) {
            case "/authorize" -> authorize(request);
            case "/token" -> token(request);
            case "/keys" -> Reply.json(keys());
            case "/userinfo" -> userInfo(request);
            default -> Reply.text(404, "no such page");
        };
    }

    private Map<String, Object> discovery(String path) {
        Map<String, Object> document = new LinkedHashMap<>();
        String tenant = path.split("/")[1];
        boolean one = tenant.matches("[0-9a-f-]{36}");
        document.put("issuer", flavour == Flavour.MICROSOFT && one ? base() + "/" + tenant + "/v2.0" : issuer());
        document.put("authorization_endpoint", base() + "/authorize");
        document.put("token_endpoint", base() + "/token");
        document.put("jwks_uri", base() + "/keys");
        if (flavour != Flavour.APPLE) {
            document.put("userinfo_endpoint", base() + "/userinfo");
            document.put("code_challenge_methods_supported", List.of("plain", "S256"));
        }
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("subject_types_supported", List.of("pairwise"));
        if (flavour == Flavour.GENERIC) {
            document.put("authorization_response_iss_parameter_supported", true);
        }
        document.putAll(metadata);
        return document;
    }

    private Map<String, Object> keys() {
        return Map.of(
                "keys",
                published.stream()
                        .map(key -> {
                            Map<String, Object> jwk =
                                    new LinkedHashMap<>(key.toPublicJWK().toJSONObject());
                            jwk.put("use", "sig");
                            if (flavour == Flavour.MICROSOFT) {
                                jwk.put("issuer", issuer());
                            }
                            return jwk;
                        })
                        .toList());
    }

    private Reply authorize(Asked request) {
        Map<String, String> asked = request.parameters();
        if (!clientId.equals(asked.get("client_id")) || asked.get("redirect_uri") == null) {
            return Reply.text(400, "unknown client or redirect URI");
        }
        boolean name = Arrays.asList(asked.getOrDefault("scope", "").split(" ")).contains("name");
        boolean email =
                Arrays.asList(asked.getOrDefault("scope", "").split(" ")).contains("email");
        boolean formPost = "form_post".equals(asked.get("response_mode"));
        if (flavour == Flavour.APPLE && (name || email) && !formPost) {
            return Reply.text(400, "response_mode must be form_post when name or email scope is requested");
        }
        if (!"code".equals(asked.get("response_type")) || asked.get("nonce") == null) {
            return Reply.text(400, "response_type must be code, with a nonce");
        }
        String code = random();
        codes.put(code, new Grant(request, person));
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        answer.put("state", asked.get("state"));
        if (flavour == Flavour.GENERIC) {
            answer.put("iss", issuerInAnswers);
        }
        if (flavour == Flavour.APPLE && name && known.add(String.valueOf(person.get("sub")))) {
            answer.put(
                    "user",
                    JSON.writeValueAsString(Map.of(
                            "name",
                            Map.of("firstName", "Ada", "lastName", "Lovelace"),
                            "email",
                            String.valueOf(person.get("email")))));
        }
        return formPost
                ? form(asked.get("redirect_uri"), answer)
                : Reply.redirect(with(asked.get("redirect_uri"), answer));
    }

    private static Reply form(String action, Map<String, @Nullable String> fields) {
        StringBuilder page = new StringBuilder("<form method=\"post\" action=\"" + action + "\">");
        fields.forEach((name, value) -> page.append("<input type=\"hidden\" name=\"")
                .append(name)
                .append("\" value=\"")
                .append(String.valueOf(value).replace("&", "&amp;").replace("\"", "&quot;"))
                .append("\">"));
        return new Reply(
                200,
                Map.of("Content-Type", "text/html"),
                page.append("</form>").toString().getBytes(StandardCharsets.UTF_8));
    }

    private Reply token(Asked request) {
        Map<String, String> asked = request.parameters();
        if (!"authorization_code".equals(asked.get("grant_type"))) {
            return error(400, "unsupported_grant_type", "only authorization_code");
        }
        if (!authenticated(request)) {
            return error(401, "invalid_client", "the client is not who it says");
        }
        Grant grant = codes.remove(asked.getOrDefault("code", ""));
        if (grant == null
                || !String.valueOf(grant.request().parameters().get("redirect_uri"))
                        .equals(asked.get("redirect_uri"))) {
            return error(400, "invalid_grant", "the code is not valid");
        }
        String challenge = grant.request().parameters().get("code_challenge");
        if (challenge != null && !challenge.equals(hash(asked.getOrDefault("code_verifier", ""), 32))) {
            return error(400, "invalid_grant", "the code verifier does not fit");
        }
        String accessToken = random();
        userInfo.put(accessToken, grant.person());
        Map<String, Object> claims = tampering.apply(claims(grant, accessToken));
        return Reply.json(Map.of(
                "access_token",
                accessToken,
                "token_type",
                "Bearer",
                "expires_in",
                3600,
                "id_token",
                signature.apply(signing, claims)));
    }

    private Map<String, Object> claims(Grant grant, String accessToken) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(
                "iss",
                issuer().replace("{tenantid}", String.valueOf(grant.person().get("tid"))));
        claims.put("aud", clientId);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(600).getEpochSecond());
        claims.put("nonce", String.valueOf(grant.request().parameters().get("nonce")));
        if (flavour != Flavour.MICROSOFT) {
            claims.put("at_hash", hash(accessToken, 16));
        }
        if (flavour == Flavour.GOOGLE) {
            claims.put("azp", clientId);
        }
        if (grant.request().parameters().get("max_age") != null) {
            claims.put("auth_time", now.minusSeconds(5).getEpochSecond());
        }
        claims.putAll(grant.person());
        return claims;
    }

    private Reply userInfo(Asked request) {
        String bearer = request.headers().getOrDefault("authorization", "");
        Map<String, Object> claims = userInfo.get(bearer.replaceFirst("^Bearer ", ""));
        return claims == null ? error(401, "invalid_token", "who are you?") : Reply.json(claims);
    }

    private boolean authenticated(Asked request) {
        String basic = request.headers().get("authorization");
        if (basic != null) {
            String pair =
                    new String(Base64.getDecoder().decode(basic.replaceFirst("^Basic ", "")), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return clientId.equals(URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8))
                    && clientSecret.equals(URLDecoder.decode(pair.substring(colon + 1), StandardCharsets.UTF_8));
        }
        if (!clientId.equals(request.parameters().get("client_id"))) {
            return false;
        }
        if (request.parameters().containsKey("client_assertion")) {
            return asserted(request.parameters().getOrDefault("client_assertion", ""), clientId, base() + "/token");
        }
        String secret = request.parameters().getOrDefault("client_secret", "");
        return flavour == Flavour.APPLE ? asserted(secret, appleTeam, base()) : clientSecret.equals(secret);
    }

    /** Whether a JWT by which a client proves who it is, is one. */
    private boolean asserted(String assertion, String issuer, String audience) {
        if (clientKey == null) {
            return false;
        }
        try {
            JWSObject token = JWSObject.parse(assertion);
            JWSVerifier verifier = new ECDSAVerifier(clientKey);
            Map<String, Object> claims = token.getPayload().toJSONObject();
            if (!(claims.get("exp") instanceof Number exp) || !(claims.get("iat") instanceof Number iat)) {
                return false;
            }
            Instant expires = Instant.ofEpochSecond(exp.longValue());
            Instant issued = Instant.ofEpochSecond(iat.longValue());
            return token.verify(verifier)
                    && token.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
                    && String.valueOf(clientKey.getKeyID())
                            .equals(token.getHeader().getKeyID())
                    && issuer.equals(claims.get("iss"))
                    && clientId.equals(claims.get("sub"))
                    && audience.equals(claims.get("aud"))
                    && expires.isAfter(clock.instant())
                    && !expires.isAfter(issued.plus(LONGEST_APPLE_SECRET));
        } catch (ParseException | JOSEException e) {
            return false;
        }
    }

    private static Reply error(int status, String error, String description) {
        return Reply.json(status, Map.of("error", error, "error_description", description));
    }

    static String hash(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
