package dev.havenkeep.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.havenkeep.realms.AuthEvent;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What somebody tries who wants to be somebody else (RFC 9700 sections 2 and 4). */
@OnBothDatabases
class AttacksTest {

    private final Havenkeep havenkeep;
    private final TestRealm realm;

    AttacksTest(Havenkeep havenkeep) {
        this.havenkeep = havenkeep;
        this.realm = TestRealm.create(havenkeep);
    }

    @Test
    void aRedirectUriThatIsAlmostRightLeadsNowhere() {
        Client client = realm.web().client();
        for (String almost : List.of(
                "https://APP.example/callback",
                "https://app.example/CALLBACK",
                "https://app.example/callback/",
                "https://app.example/callback?x=1",
                "https://app.example/callback#fragment",
                "https://app.example/callback%2f..%2fevil",
                "https://app.example/x/../callback",
                "https://app.example:443/callback",
                "https://app.example:8443/callback",
                "http://app.example/callback",
                "https://app.example@evil.example/callback",
                "https://evil.example\\@app.example/callback",
                "https://app.example.evil.example/callback",
                "https://аpp.example/callback",
                "//app.example/callback",
                "javascript:alert(1)//https://app.example/callback",
                " https://app.example/callback")) {
            Map<String, String> parameters = realm.request(client);
            parameters.put("redirect_uri", almost);

            Browser.Page refused =
                    new Browser().get(realm.authorizeUrl(parameters)).expect(400);

            assertThat(refused.body())
                    .contains("redirect_uri is not one of the client")
                    .doesNotContain("evil.example");
            assertThat(refused.headers().firstValue("Location")).isEmpty();
        }
        assertThat(realm.events("authorization").getFirst().reason()).contains("redirect_uri");
    }

    @Test
    void onlyThePortOfALoopbackAddressMayDiffer() {
        Client app = realm.client(ClientSettings.usual(
                        "Desktop",
                        ClientSettings.Kind.NATIVE,
                        List.of("http://127.0.0.1/done", "com.example.app:/done")))
                .client();
        Map<String, String> parameters = realm.request(app);
        for (String right : List.of("http://127.0.0.1:51004/done", "http://127.0.0.1/done", "com.example.app:/done")) {
            parameters.put("redirect_uri", right);
            new Browser().get(realm.authorizeUrl(parameters)).expect(302);
        }
        for (String wrong : List.of(
                "http://127.0.0.1:51004/other",
                "http://127.0.0.1:51004/done?x",
                "http://evil@127.0.0.1:51004/done",
                "https://127.0.0.1:51004/done",
                "http://127.0.0.1.evil.example:51004/done",
                "http://localhost:51004/done")) {
            parameters.put("redirect_uri", wrong);
            new Browser().get(realm.authorizeUrl(parameters)).expect(400);
        }
    }

    @Test
    void pkceCannotBeTakenAway() {
        Client app = realm.singlePage();
        RealmClients.WithSecret web = realm.web();
        assertThat(refusal(app, Map.of("code_challenge", "", "code_challenge_method", "")))
                .contains("must use PKCE");
        assertThat(refusal(app, Map.of("code_challenge_method", "plain"))).contains("must be S256");
        assertThat(refusal(app, Map.of("code_challenge_method", ""))).contains("must be S256");
        assertThat(refusal(app, Map.of("code_challenge", "short"))).contains("code_challenge is not");

        String code = realm.code(new Browser(), app);
        Map<String, String> fields = exchange(code);
        fields.put("code_verifier", "x".repeat(43));
        assertThat(realm.token(app, null, fields).expect(400).text("error")).isEqualTo("invalid_grant");
        fields.remove("code_verifier");
        assertThat(realm.token(app, null, fields).status()).isIn(400, 401);
        // A confidential client whose request had a challenge owes the verifier too.
        String other = realm.code(new Browser(), web.client());
        Map<String, String> without = exchange(other);
        without.remove("code_verifier");
        assertThat(realm.token(web.client(), web.secret(), without).expect(400).text("error"))
                .isEqualTo("invalid_grant");
        realm.exchange(web.client(), web.secret(), other).expect(200);
    }

    @Test
    void aVerifierWithoutChallengeIsADowngrade() {
        RealmClients.WithSecret web = realm.web();
        Map<String, String> parameters = realm.request(web.client());
        parameters.remove("code_challenge");
        parameters.remove("code_challenge_method");
        String code = realm.signIn(new Browser(), parameters).parameter("code");

        assertThat(realm.exchange(web.client(), web.secret(), code).expect(400).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void aCodeIsWorthNothingToAnotherClientOrAnotherAddress() {
        RealmClients.WithSecret web = realm.web();
        RealmClients.WithSecret other =
                realm.client(ClientSettings.usual("Other", ClientSettings.Kind.WEB, List.of(TestRealm.REDIRECT)));
        String code = realm.code(new Browser(), web.client());

        assertThat(realm.exchange(other.client(), other.secret(), code)
                        .expect(400)
                        .text("error"))
                .isEqualTo("invalid_grant");
        realm.exchange(web.client(), web.secret(), code).expect(400);

        String second = realm.code(new Browser(), web.client());
        Map<String, String> fields = exchange(second);
        fields.put("redirect_uri", "https://evil.example/");
        realm.token(web.client(), web.secret(), fields).expect(400);
    }

    @Test
    void ofManyWhoComeWithOneCodeAtOnceOneAtMostIsServed() {
        RealmClients.WithSecret web = realm.web();
        String code = realm.code(new Browser(), web.client());
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Browser.Page>> all = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(_ ->
                            CompletableFuture.supplyAsync(() -> realm.exchange(web.client(), web.secret(), code), pool))
                    .toList();
            List<Browser.Page> answers =
                    all.stream().map(CompletableFuture::join).toList();

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeLessThanOrEqualTo(1);
            // The others came too late, and what the first was given is worth nothing any more.
            answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .forEach(answer ->
                            realm.userInfo(answer.text("access_token")).expect(401));
        }
    }

    @Test
    void aTokenOfOneRealmMeansNothingToAnother() {
        RealmClients.WithSecret web = realm.web();
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), realm.code(new Browser(), web.client()))
                .expect(200);
        TestRealm other = TestRealm.create(havenkeep);
        RealmClients.WithSecret there = other.web();

        other.userInfo(tokens.text("access_token")).expect(401);
        other.refresh(there.client(), there.secret(), tokens.text("refresh_token"))
                .expect(400);
        other.refresh(web.client(), web.secret(), tokens.text("refresh_token")).expect(401);
        assertThat(other.asClient(
                                there.client(),
                                there.secret(),
                                "/oauth2/introspect",
                                Map.of("token", tokens.text("access_token")))
                        .json()
                        .get("active")
                        .asBoolean())
                .isFalse();
        new Browser()
                .get(other.url("/connect/logout?id_token_hint=" + tokens.text("id_token")))
                .expect(400);
    }

    @Test
    void aSessionOfOneRealmIsNoneInAnother() {
        Browser browser = new Browser();
        realm.code(browser, realm.web().client());
        TestRealm other = TestRealm.create(havenkeep);
        Browser thief = new Browser().with("Cookie", "haven_session=" + browser.cookie("haven_session"));
        Map<String, String> parameters = other.request(other.web().client());
        parameters.put("prompt", "none");

        assertThat(thief.get(other.authorizeUrl(parameters)).parameter("error")).isEqualTo("login_required");
    }

    @Test
    void tokensThatSomebodySignedThemselvesAreRefused() throws ParseException, JOSEException {
        RealmClients.WithSecret web = realm.web();
        String real = realm.exchange(web.client(), web.secret(), realm.code(new Browser(), web.client()))
                .expect(200)
                .text("access_token");
        SignedJWT signed = SignedJWT.parse(real);
        JWTClaimsSet claims = signed.getJWTClaimsSet();
        String none = encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "."
                + signed.getPayload().toBase64URL() + ".";
        String noneWithKey = encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\""
                        + signed.getHeader().getKeyID() + "\"}")
                + "." + signed.getPayload().toBase64URL() + ".";
        ECKey own = new ECKeyGenerator(Curve.P_256)
                .keyID(signed.getHeader().getKeyID())
                .generate();
        SignedJWT byOwnKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
                        .keyID(own.getKeyID())
                        .jwk(own.toPublicJWK())
                        .jwkURL(URI.create("https://evil.example/jwks"))
                        .build(),
                claims);
        byOwnKey.sign(new ECDSASigner(own));
        byte[] publicKey = JWKSet.parse(
                        new Browser().get(realm.url("/oauth2/jwks")).body())
                .getKeyByKeyId(signed.getHeader().getKeyID())
                .toECKey()
                .toECPublicKey()
                .getEncoded();
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
                        .keyID(signed.getHeader().getKeyID())
                        .build(),
                claims);
        confused.sign(new MACSigner(publicKey));

        realm.userInfo(real).expect(200);
        for (String forged : List.of(
                none,
                noneWithKey,
                byOwnKey.serialize(),
                confused.serialize(),
                real.substring(0, real.length() - 3) + "AAA",
                real + "x",
                "..",
                "a.b.c")) {
            realm.userInfo(forged).expect(401);
        }
    }

    @Test
    void anIdTokenIsNoAccessTokenAndTheOtherWayRound() {
        RealmClients.WithSecret web = realm.web();
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), realm.code(new Browser(), web.client()))
                .expect(200);

        realm.userInfo(tokens.text("id_token")).expect(401);
        Map<String, String> parameters = realm.request(web.client());
        parameters.put("id_token_hint", tokens.text("access_token"));
        Browser browser = new Browser();
        realm.code(browser, web.client());
        assertThat(browser.get(realm.authorizeUrl(parameters)).parameter("error"))
                .isEqualTo("invalid_request");
    }

    @Test
    void aFormOfAnotherBrowserIsNotTaken() {
        Client client = realm.web().client();
        Browser attacker = new Browser();
        Browser.Page own = attacker.follow(attacker.get(realm.authorizeUrl(realm.request(client))), realm.issuer);
        Browser victim = new Browser();
        victim.follow(victim.get(realm.authorizeUrl(realm.request(client))), realm.issuer);

        // The attacker's form, with the attacker's own password, in the victim's browser.
        realm.type(victim, own, realm.email, TestRealm.PASSWORD).expect(400);

        assertThat(victim.hasCookie("haven_session")).isFalse();
    }

    @Test
    void aFormWithoutItsTokenIsNotTaken() {
        Browser browser = new Browser();
        Browser.Page page = browser.follow(
                browser.get(realm.authorizeUrl(realm.request(realm.web().client()))), realm.issuer);
        Map<String, String> fields = page.form("/sign-in");
        fields.remove("_csrf");
        fields.put("identifier", realm.email);
        fields.put("password", TestRealm.PASSWORD);

        browser.post(realm.url("/sign-in"), fields).expect(400);

        assertThat(browser.hasCookie("haven_session")).isFalse();
    }

    @Test
    void aSessionThatSomebodyPlantedIsNotTheOneThatIsSignedIn() {
        Browser attacker = new Browser();
        realm.code(attacker, realm.web().client());
        String planted = attacker.cookie("haven_session");
        Browser victim = new Browser();
        victim.steal("haven_session", attacker);
        Map<String, String> parameters = realm.request(realm.web().client());
        parameters.put("prompt", "login");

        realm.signIn(victim, parameters);

        assertThat(victim.cookie("haven_session")).isNotEqualTo(planted);
        Browser left = new Browser();
        left.steal("haven_session", attacker);
        parameters.put("prompt", "none");
        assertThat(left.get(realm.authorizeUrl(parameters)).parameter("error")).isEqualTo("login_required");
    }

    @Test
    void aFormThatIsSentTwiceGivesOneCode() {
        Browser browser = new Browser();
        Browser.Page page = browser.follow(
                browser.get(realm.authorizeUrl(realm.request(realm.web().client()))), realm.issuer);
        realm.type(browser, page, realm.email, TestRealm.PASSWORD).location();

        realm.type(browser, page, realm.email, TestRealm.PASSWORD).expect(400);
    }

    @Test
    void parametersThatAreThereTwiceAreRefused() {
        Client client = realm.web().client();
        String usual = realm.authorizeUrl(realm.request(client));
        for (String name : List.of("scope", "response_type", "nonce", "code_challenge", "prompt", "max_age")) {
            Browser.Page refused = new Browser().get(usual + "&" + name + "=x&" + name + "=y");
            assertThat(refused.parameter("error")).as(name).isEqualTo("invalid_request");
        }
        for (String name : List.of("client_id", "redirect_uri")) {
            new Browser().get(usual + "&" + name + "=" + client.clientId()).expect(400);
        }
        RealmClients.WithSecret web = realm.web();
        new Browser()
                .with("Authorization", TestRealm.basic(web.client(), web.secret()))
                .send(
                        "POST",
                        realm.url("/oauth2/token"),
                        "grant_type=refresh_token&grant_type=authorization_code&refresh_token=x",
                        Map.of())
                .expect(400);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        Client client = realm.web().client();
        Map<String, String> parameters = realm.request(client);
        parameters.put("nonce", "n".repeat(4_001));
        assertThat(new Browser().get(realm.authorizeUrl(parameters)).parameter("error"))
                .isEqualTo("invalid_request");
        assertThat(new Browser()
                        .post(realm.url("/oauth2/token"), Map.of("grant_type", "x".repeat(40_000)))
                        .status())
                .isBetween(400, 499);
    }

    @Test
    void nothingThatWasSentBecomesAHeaderOrAPage() {
        Client client = realm.web().client();
        Map<String, String> parameters = realm.request(client);
        parameters.put("state", "x\r\nSet-Cookie: a=b");
        parameters.put("scope", "openid\r\nX-Evil: 1");
        Browser.Page refused = new Browser().get(realm.authorizeUrl(parameters));
        assertThat(refused.headers().firstValue("X-Evil")).isEmpty();
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        parameters.put("client_id", "<script>alert(1)</script>");
        assertThat(new Browser().get(realm.authorizeUrl(parameters)).expect(400).body())
                .doesNotContain("<script>alert(1)");
        parameters.put("client_id", client.clientId());
        parameters.put("scope", "openid");
        parameters.put("login_hint", "\"><script>alert(1)</script>");
        Browser browser = new Browser();
        assertThat(browser.follow(browser.get(realm.authorizeUrl(parameters)), realm.issuer)
                        .expect(200)
                        .body())
                .doesNotContain("<script>alert(1)");
    }

    @Test
    void whatLooksLikeAnotherPathIsRefused() {
        String host = realm.issuer.substring(0, realm.issuer.indexOf("/realms/"));
        String name = realm.realm.name().value();
        for (String path : List.of(
                "/realms/" + name + "/..;/other/oauth2/jwks",
                "/realms/" + name + "//oauth2/jwks",
                "/realms/" + name + "/oauth2%2fjwks",
                "/realms/" + name + "/%2e%2e/" + name + "/oauth2/jwks",
                "/realms/" + name + "/oauth2/jwks;x=1")) {
            assertThat(new Browser().get(host + path).status()).as(path).isBetween(400, 499);
        }
    }

    @Test
    void aClientIsRefusedWithItsReasonAndItIsWrittenDown() {
        RealmClients.WithSecret web = realm.web();
        Browser.Page refused = new Browser()
                .with("Authorization", TestRealm.basic(web.client(), dev.havenkeep.kernel.Secret.of("not the secret")))
                .post(realm.url("/oauth2/token"), exchange("x"));
        refused.expect(401);
        assertThat(refused.text("error")).isEqualTo("invalid_client");
        assertThat(refused.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(refused.text("error_description")).contains("client_secret");
        assertThat(realm.events("client.authentication").getFirst())
                .extracting(AuthEvent::success)
                .isEqualTo(false);
        new Browser()
                .with("Authorization", TestRealm.basic(web.client(), web.secret()))
                .post(realm.url("/oauth2/token"), Map.of("grant_type", "client_credentials", "client_secret", "x"))
                .expect(400);
        new Browser()
                .post(realm.url("/oauth2/introspect"), Map.of("token", "x"))
                .expect(401);
        realm.token(realm.singlePage(), null, Map.of("grant_type", "client_credentials"))
                .expect(400);
    }

    @Test
    void aClientsStatementIsGoodOnceForThisIssuerAndByItsOwnKeys() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        ClientSettings usual = ClientSettings.usual("Bank", ClientSettings.Kind.MACHINE, List.of());
        Client client = realm.client(new ClientSettings(
                        usual.name(),
                        usual.kind(),
                        usual.addresses(),
                        usual.flows(),
                        new ClientSettings.Proof(
                                Set.of(ClientSettings.ProofKind.PRIVATE_KEY_JWT),
                                new JWKSet(key.toPublicJWK()).toString(),
                                null,
                                null),
                        usual.tokens(),
                        List.of(),
                        null))
                .client();
        String good = statement(key, client, realm.issuer, Duration.ofMinutes(1));

        byStatement(good).expect(200);
        byStatement(good).expect(401);
        byStatement(statement(key, client, "https://other.example", Duration.ofMinutes(1)))
                .expect(401);
        byStatement(statement(key, client, realm.issuer, Duration.ofMinutes(-5)))
                .expect(401);
        byStatement(statement(key, client, realm.issuer, Duration.ofHours(5))).expect(401);
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        byStatement(statement(foreign, client, realm.issuer, Duration.ofMinutes(1)))
                .expect(401);
        byStatement(statement(key, client, realm.url("/oauth2/token"), Duration.ofMinutes(1)))
                .expect(200);
    }

    private String statement(ECKey key, Client client, String audience, Duration life) throws JOSEException {
        Instant now = havenkeep.clock().instant();
        SignedJWT statement = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(client.clientId())
                        .subject(client.clientId())
                        .audience(audience)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(life)))
                        .build());
        statement.sign(new ECDSASigner(key));
        return statement.serialize();
    }

    private Browser.Page byStatement(String statement) {
        return new Browser()
                .post(
                        realm.url("/oauth2/token"),
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                statement));
    }

    /** The reason for which a request with these parameters changed is refused. */
    private String refusal(Client client, Map<String, String> changed) {
        Map<String, String> parameters = realm.request(client);
        changed.forEach((name, value) -> {
            if (value.isEmpty()) {
                parameters.remove(name);
            } else {
                parameters.put(name, value);
            }
        });
        Browser.Page refused = new Browser().get(realm.authorizeUrl(parameters));
        assertThat(refused.parameter("error")).isEqualTo("invalid_request");
        return refused.parameter("error_description");
    }

    private static Map<String, String> exchange(String code) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", TestRealm.REDIRECT);
        fields.put("code_verifier", TestRealm.VERIFIER);
        return fields;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
