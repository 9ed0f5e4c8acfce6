package dev.havenkeep.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.realms.SigningAlgorithm;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Devices, exchanged tokens, tokens that are bound to a key, and the other forms that tokens come in. */
@OnBothDatabases
class GrantTypesTest {

    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final Havenkeep havenkeep;
    private final TestRealm realm;

    GrantTypesTest(Havenkeep havenkeep) {
        this.havenkeep = havenkeep;
        this.realm = TestRealm.create(havenkeep);
    }

    @Test
    void aDeviceIsLetInOnAnotherScreen() {
        Client television = device();
        Browser.Page begun = begin(television);
        assertThat(poll(television, begun).expect(400).text("error")).isEqualTo("authorization_pending");
        assertThat(poll(television, begun).expect(400).text("error")).isEqualTo("slow_down");

        Browser browser = new Browser();
        Browser.Page page = browser.follow(browser.get(begun.text("verification_uri_complete")), realm.issuer);
        Browser.Page signedIn =
                browser.follow(realm.type(browser, page, realm.email, TestRealm.PASSWORD), realm.issuer);
        assertThat(signedIn.expect(200).body()).contains(begun.text("user_code"));
        Browser.Page asked = browser.post(realm.url("/device"), code(signedIn, "/device", begun.text("user_code")))
                .expect(200);
        assertThat(asked.body()).contains("Television");
        Map<String, String> yes = code(asked, "/device/confirm", begun.text("user_code"));
        yes.put("decision", "allow");
        browser.post(realm.url("/device/confirm"), yes).expect(200);

        havenkeep.clock().advance(Duration.ofSeconds(6));
        Browser.Page tokens = poll(television, begun).expect(200);
        assertThat(realm.userInfo(tokens.text("access_token")).expect(200).text("sub"))
                .isEqualTo(realm.user.id().value());
        realm.refresh(television, null, tokens.text("refresh_token")).expect(200);
        assertThat(poll(television, begun).expect(400).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aDeviceThatIsNotLetInIsTold() {
        Client television = device();
        Browser.Page begun = begin(television);
        Browser browser = new Browser();
        Browser.Page page = browser.follow(browser.get(begun.text("verification_uri")), realm.issuer);
        Browser.Page signedIn =
                browser.follow(realm.type(browser, page, realm.email, TestRealm.PASSWORD), realm.issuer);
        browser.post(realm.url("/device"), code(signedIn, "/device", "XXXX-XXXX"))
                .expect(422);
        Browser.Page asked = browser.post(realm.url("/device"), code(signedIn, "/device", begun.text("user_code")))
                .expect(200);
        Map<String, String> no = code(asked, "/device/confirm", begun.text("user_code"));
        no.put("decision", "deny");
        browser.post(realm.url("/device/confirm"), no).expect(200);

        assertThat(poll(television, begun).expect(400).text("error")).isEqualTo("access_denied");
        Browser.Page late = begin(television);
        havenkeep.clock().advance(Duration.ofMinutes(11));
        assertThat(poll(television, late).expect(400).text("error")).isEqualTo("expired_token");
    }

    @Test
    void anExchangedTokenSaysWhoActsAndEndsWithTheOther() throws ParseException {
        RealmClients.WithSecret web = realm.web();
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), realm.code(new Browser(), web.client()))
                .expect(200);
        RealmClients.WithSecret service = realm.client(settings(
                ClientSettings.Kind.MACHINE,
                Set.of(ClientSettings.GrantKind.TOKEN_EXCHANGE),
                List.of("email", "profile", "offline_access", "openid", "orders:write"),
                ClientSettings.Tokens.AS_THE_REALM));

        Browser.Page exchanged =
                exchange(service, tokens.text("access_token"), "email").expect(200);

        Map<String, Object> claims = SignedJWT.parse(exchanged.text("access_token"))
                .getJWTClaimsSet()
                .getClaims();
        assertThat(claims.get("sub")).isEqualTo(realm.user.id().value());
        assertThat(claims.get("act"))
                .isEqualTo(Map.of("iss", realm.issuer, "sub", service.client().clientId()));
        assertThat(exchanged.text("scope")).isEqualTo("email");
        assertThat(exchange(service, tokens.text("access_token"), "orders:write")
                        .expect(400)
                        .text("error"))
                .isEqualTo("invalid_scope");
        realm.asClient(web.client(), web.secret(), "/oauth2/revoke", Map.of("token", tokens.text("refresh_token")))
                .expect(200);
        assertThat(realm.asClient(
                                service.client(),
                                service.secret(),
                                "/oauth2/introspect",
                                Map.of("token", exchanged.text("access_token")))
                        .json()
                        .get("active")
                        .asBoolean())
                .isFalse();
        exchange(service, tokens.text("access_token"), "email").expect(400);
    }

    @Test
    void aTokenThatIsBoundToAKeyIsWorthNothingWithoutIt() throws JOSEException {
        Client app = realm.singlePage();
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        String code = realm.code(new Browser(), app);
        Map<String, String> fields = new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                app.clientId(),
                "code",
                code,
                "redirect_uri",
                TestRealm.REDIRECT,
                "code_verifier",
                TestRealm.VERIFIER));
        Browser.Page tokens = new Browser()
                .with("DPoP", proof(key, "POST", realm.url("/oauth2/token"), null))
                .post(realm.url("/oauth2/token"), fields)
                .expect(200);
        String token = tokens.text("access_token");
        assertThat(tokens.text("token_type")).isEqualTo("DPoP");

        realm.userInfo(token).expect(401);
        Browser owner = new Browser()
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof(key, "GET", realm.url("/userinfo"), token));
        owner.get(realm.url("/userinfo")).expect(200);
        ECKey other = new ECKeyGenerator(Curve.P_256).generate();
        new Browser()
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof(other, "GET", realm.url("/userinfo"), token))
                .get(realm.url("/userinfo"))
                .expect(401);
        Map<String, String> again = Map.of(
                "grant_type", "refresh_token",
                "client_id", app.clientId(),
                "refresh_token", tokens.text("refresh_token"));
        new Browser()
                .with("DPoP", proof(other, "POST", realm.url("/oauth2/token"), null))
                .post(realm.url("/oauth2/token"), again)
                .expect(400);
        new Browser()
                .with("DPoP", proof(key, "POST", realm.url("/oauth2/token"), null))
                .post(realm.url("/oauth2/token"), again)
                .expect(200);
    }

    @Test
    void aClientHasItsOwnAlgorithmAndFormatOfTokens() throws ParseException {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            RealmClients.WithSecret client = realm.client(settings(
                    ClientSettings.Kind.MACHINE,
                    Set.of(ClientSettings.GrantKind.CLIENT_CREDENTIALS),
                    List.of(),
                    new ClientSettings.Tokens(algorithm, ClientSettings.TokenFormat.JWT, 120, null, false)));
            Browser.Page tokens = realm.token(
                            client.client(), client.secret(), Map.of("grant_type", "client_credentials"))
                    .expect(200);
            assertThat(SignedJWT.parse(tokens.text("access_token"))
                            .getHeader()
                            .getAlgorithm()
                            .getName())
                    .isEqualTo(algorithm.name());
            assertThat(tokens.json().get("expires_in").asInt()).isEqualTo(120);
            assertThat(active(client, tokens.text("access_token"))).isTrue();
        }
        RealmClients.WithSecret opaque = realm.client(settings(
                ClientSettings.Kind.MACHINE,
                Set.of(ClientSettings.GrantKind.CLIENT_CREDENTIALS),
                List.of(),
                new ClientSettings.Tokens(null, ClientSettings.TokenFormat.OPAQUE, null, null, false)));
        String reference = realm.token(opaque.client(), opaque.secret(), Map.of("grant_type", "client_credentials"))
                .expect(200)
                .text("access_token");
        assertThat(reference).doesNotContain(".");
        assertThat(active(opaque, reference)).isTrue();
        realm.asClient(opaque.client(), opaque.secret(), "/oauth2/revoke", Map.of("token", reference))
                .expect(200);
        assertThat(active(opaque, reference)).isFalse();
    }

    private boolean active(RealmClients.WithSecret client, String token) {
        return realm.asClient(client.client(), client.secret(), "/oauth2/introspect", Map.of("token", token))
                .expect(200)
                .json()
                .get("active")
                .asBoolean();
    }

    private Client device() {
        return realm.client(ClientSettings.usual("Television", ClientSettings.Kind.DEVICE, List.of()))
                .client();
    }

    private Browser.Page begin(Client device) {
        return new Browser()
                .post(
                        realm.url("/oauth2/device_authorization"),
                        Map.of("client_id", device.clientId(), "scope", "openid profile"))
                .expect(200);
    }

    private Browser.Page poll(Client device, Browser.Page begun) {
        return realm.token(device, null, Map.of("grant_type", DEVICE_GRANT, "device_code", begun.text("device_code")));
    }

    private static Map<String, String> code(Browser.Page page, String path, String code) {
        Map<String, String> fields = page.form(path);
        fields.put("user_code", code);
        return fields;
    }

    private Browser.Page exchange(RealmClients.WithSecret client, String subjectToken, String scope) {
        return realm.token(
                client.client(),
                client.secret(),
                Map.of(
                        "grant_type",
                        EXCHANGE_GRANT,
                        "subject_token",
                        subjectToken,
                        "subject_token_type",
                        ACCESS_TOKEN,
                        "scope",
                        scope));
    }

    private static ClientSettings settings(
            ClientSettings.Kind kind,
            Set<ClientSettings.GrantKind> grants,
            List<String> scopes,
            ClientSettings.Tokens tokens) {
        return new ClientSettings(
                "Service",
                kind,
                ClientSettings.Addresses.NONE,
                new ClientSettings.Flows(grants, scopes, false, false, false),
                new ClientSettings.Proof(Set.of(ClientSettings.ProofKind.SECRET_BASIC), null, null, null),
                tokens,
                List.of(),
                null);
    }

    private String proof(ECKey key, String method, String address, @Nullable String token) throws JOSEException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", address)
                .issueTime(new Date());
        if (token != null) {
            claims.claim("ath", hash(token));
        }
        SignedJWT proof = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build(),
                claims.build());
        proof.sign(new ECDSASigner(key));
        return proof.serialize();
    }

    private static String hash(String token) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
