package dev.havenkeep.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.realms.AuthEvent;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The protocol as browsers and clients see it, over HTTP. */
@OnBothDatabases
class SignInFlowTest {

    private final Havenkeep havenkeep;
    private final TestRealm realm;

    SignInFlowTest(Havenkeep havenkeep) {
        this.havenkeep = havenkeep;
        this.realm = TestRealm.create(havenkeep);
    }

    @Test
    void discoveryNamesTheIssuerAndEveryEndpointBelowIt() {
        Browser.Page found = new Browser()
                .get(realm.url("/.well-known/openid-configuration"))
                .expect(200);

        assertThat(found.text("issuer")).isEqualTo(realm.issuer);
        for (String member : List.of(
                "authorization_endpoint",
                "token_endpoint",
                "userinfo_endpoint",
                "jwks_uri",
                "end_session_endpoint",
                "introspection_endpoint",
                "revocation_endpoint",
                "pushed_authorization_request_endpoint")) {
            assertThat(found.text(member)).startsWith(realm.issuer + "/");
        }
        assertThat(found.header("Access-Control-Allow-Origin")).isEqualTo("*");
        String host = realm.issuer.substring(0, realm.issuer.indexOf("/realms/"));
        String path = realm.issuer.substring(host.length());
        assertThat(new Browser()
                        .get(host + "/.well-known/oauth-authorization-server" + path)
                        .expect(200)
                        .text("issuer"))
                .isEqualTo(realm.issuer);
    }

    @Test
    void headersOfARequestNeverBecomePartOfTheIssuer() {
        Browser.Page found = new Browser()
                .with("X-Forwarded-Host", "evil.example")
                .with("X-Forwarded-Proto", "https")
                .get(realm.url("/.well-known/openid-configuration"))
                .expect(200);

        assertThat(found.text("issuer")).isEqualTo(realm.issuer);
        assertThat(found.body()).doesNotContain("evil.example");
    }

    @Test
    void anUnknownRealmIsNotFound() {
        String host = realm.issuer.substring(0, realm.issuer.indexOf("/realms/"));

        new Browser()
                .get(host + "/realms/no-such-realm/.well-known/openid-configuration")
                .expect(404);
        new Browser().get(host + "/realms/NO_NAME/oauth2/jwks").expect(404);
    }

    @Test
    void somebodySignsInAndTheClientLearnsWhoItIs() throws ParseException, JOSEException {
        RealmClients.WithSecret web = realm.web();
        Browser browser = new Browser();

        Browser.Page page = browser.follow(browser.get(realm.authorizeUrl(realm.request(web.client()))), realm.issuer);
        assertThat(page.expect(200).body()).contains("Web shop");
        Browser.Page back = realm.type(browser, page, realm.email, TestRealm.PASSWORD);

        assertThat(back.parameter("state")).isEqualTo("state-1 & more");
        assertThat(back.parameter("iss")).isEqualTo(realm.issuer);
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), back.parameter("code"))
                .expect(200);
        assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
        assertThat(tokens.text("token_type")).isEqualTo("Bearer");
        SignedJWT idToken = verified(tokens.text("id_token"));
        assertThat(idToken.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        Map<String, Object> claims = idToken.getJWTClaimsSet().getClaims();
        assertThat(claims)
                .containsEntry("iss", realm.issuer)
                .containsEntry("sub", realm.user.id().value())
                .containsEntry("aud", List.of(web.client().clientId()))
                .containsEntry("nonce", "nonce-1")
                .containsEntry("acr", "1")
                .containsEntry("amr", List.of("pwd"))
                .containsEntry("email", realm.email)
                .containsKeys("auth_time", "sid", "at_hash");
        SignedJWT accessToken = verified(tokens.text("access_token"));
        assertThat(accessToken.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(accessToken.getJWTClaimsSet().getClaim("client_id"))
                .isEqualTo(web.client().clientId());

        Browser.Page info = realm.userInfo(tokens.text("access_token")).expect(200);
        assertThat(info.text("sub")).isEqualTo(realm.user.id().value());
        assertThat(info.text("name")).isEqualTo("Ada Lovelace");
        assertThat(info.text("email")).isEqualTo(realm.email);
    }

    @Test
    void theSessionAnswersTheNextClientWithoutAskingAgain() {
        RealmClients.WithSecret web = realm.web();
        Client app = realm.singlePage();
        Browser browser = new Browser();
        realm.code(browser, web.client());

        Browser.Page back = browser.get(realm.authorizeUrl(realm.request(app)));

        assertThat(back.location().toString()).startsWith(TestRealm.REDIRECT);
        realm.exchange(app, null, back.parameter("code")).expect(200);
    }

    @Test
    void cookiesAreTheRealmsOwnAndOutOfReachOfScriptsAndOtherSites() {
        Browser browser = new Browser();
        realm.code(browser, realm.web().client());

        String path = realm.issuer.substring(realm.issuer.indexOf("/realms/"));
        assertThat(browser.cookieNames()).containsExactlyInAnyOrder("haven_session", "haven_browser");
        for (String name : browser.cookieNames()) {
            assertThat(browser.attributes(name)).contains("HttpOnly", "SameSite=Lax", "Path=" + path);
        }
    }

    @Test
    void wrongPasswordAndUnknownAccountGetTheSameAnswer() {
        Browser browser = new Browser();
        Client client = realm.web().client();
        Browser.Page page = browser.follow(browser.get(realm.authorizeUrl(realm.request(client))), realm.issuer);

        Browser.Page wrong =
                realm.type(browser, page, realm.email, "not the password").expect(422);
        Browser.Page unknown = realm.type(browser, page, "nobody@example.com", "not the password")
                .expect(422);

        assertThat(wrong.body().replace(realm.email, "*"))
                .isEqualTo(unknown.body().replace("nobody@example.com", "*"));
        assertThat(realm.events("sign-in")).extracting(AuthEvent::reason).contains("wrong password", "no such account");
        assertThat(browser.hasCookie("haven_session")).isFalse();
    }

    @Test
    void manyWrongPasswordsLockTheAccountForAWhile() {
        Browser browser = new Browser();
        Browser.Page page = browser.follow(
                browser.get(realm.authorizeUrl(realm.request(realm.web().client()))), realm.issuer);
        for (int i = 0; i < 6; i++) {
            realm.type(browser, page, realm.email, "guess " + i);
        }

        Browser.Page locked =
                realm.type(browser, page, realm.email, TestRealm.PASSWORD).expect(429);

        assertThat(locked.header("Retry-After")).isNotEmpty();
        havenkeep.clock().advance(Duration.ofMinutes(16));
        assertThat(realm.type(browser, page, realm.email, TestRealm.PASSWORD)
                        .location()
                        .toString())
                .startsWith(TestRealm.REDIRECT);
    }

    @Test
    void refreshTokensRotateAndAStolenOneEndsTheFamily() {
        RealmClients.WithSecret web = realm.web();
        Browser.Page first = realm.exchange(web.client(), web.secret(), realm.code(new Browser(), web.client()))
                .expect(200);
        Browser.Page second = realm.refresh(web.client(), web.secret(), first.text("refresh_token"))
                .expect(200);
        assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
        assertThat(second.json().has("id_token")).isTrue();

        Browser.Page stolen = realm.refresh(web.client(), web.secret(), first.text("refresh_token"))
                .expect(400);

        assertThat(stolen.text("error")).isEqualTo("invalid_grant");
        assertThat(stolen.text("error_description")).contains("has been used");
        realm.refresh(web.client(), web.secret(), second.text("refresh_token")).expect(400);
        realm.userInfo(second.text("access_token")).expect(401);
        assertThat(realm.events("grant.replayed")).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo("refresh token used twice");
            assertThat(event.user()).isEqualTo(realm.user.id());
        });
    }

    @Test
    void aCodeThatComesTwiceRevokesWhatItGave() {
        RealmClients.WithSecret web = realm.web();
        String code = realm.code(new Browser(), web.client());
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), code).expect(200);

        Browser.Page again = realm.exchange(web.client(), web.secret(), code).expect(400);

        assertThat(again.text("error")).isEqualTo("invalid_grant");
        realm.userInfo(tokens.text("access_token")).expect(401);
        realm.refresh(web.client(), web.secret(), tokens.text("refresh_token")).expect(400);
    }

    @Test
    void aCodeExpires() {
        RealmClients.WithSecret web = realm.web();
        String code = realm.code(new Browser(), web.client());
        havenkeep.clock().advance(Duration.ofSeconds(61));

        assertThat(realm.exchange(web.client(), web.secret(), code).expect(400).text("error_description"))
                .isEqualTo("The code has expired");
    }

    @Test
    void aMachineGetsATokenOfItsOwnAndNothingIsKept() throws ParseException, JOSEException {
        RealmClients.WithSecret machine = realm.client(new ClientSettings(
                "Nightly job",
                ClientSettings.Kind.MACHINE,
                ClientSettings.Addresses.NONE,
                new ClientSettings.Flows(
                        Set.of(ClientSettings.GrantKind.CLIENT_CREDENTIALS), List.of("jobs:run"), false, false, false),
                new ClientSettings.Proof(
                        Set.of(ClientSettings.ProofKind.SECRET_BASIC, ClientSettings.ProofKind.SECRET_POST),
                        null,
                        null,
                        null),
                ClientSettings.Tokens.AS_THE_REALM,
                List.of(),
                null));

        Browser.Page tokens = realm.token(
                        machine.client(),
                        machine.secret(),
                        Map.of("grant_type", "client_credentials", "scope", "jobs:run"))
                .expect(200);

        assertThat(tokens.json().has("refresh_token")).isFalse();
        assertThat(verified(tokens.text("access_token")).getJWTClaimsSet().getSubject())
                .isEqualTo(machine.client().clientId());
        Browser.Page known = realm.asClient(
                        machine.client(),
                        machine.secret(),
                        "/oauth2/introspect",
                        Map.of("token", tokens.text("access_token")))
                .expect(200);
        assertThat(known.json().get("active").asBoolean()).isTrue();
        assertThat(known.text("scope")).isEqualTo("jobs:run");
        realm.token(machine.client(), machine.secret(), Map.of("grant_type", "client_credentials", "scope", "other"))
                .expect(400);
    }

    @Test
    void whatIsRevokedIsNotActiveAnyMore() {
        RealmClients.WithSecret web = realm.web();
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), realm.code(new Browser(), web.client()))
                .expect(200);
        assertThat(active(web, tokens.text("access_token"))).isTrue();
        assertThat(active(web, tokens.text("refresh_token"))).isTrue();

        realm.asClient(web.client(), web.secret(), "/oauth2/revoke", Map.of("token", tokens.text("access_token")))
                .expect(200);
        assertThat(active(web, tokens.text("access_token"))).isFalse();
        assertThat(active(web, tokens.text("refresh_token"))).isTrue();

        realm.asClient(web.client(), web.secret(), "/oauth2/revoke", Map.of("token", tokens.text("refresh_token")))
                .expect(200);
        assertThat(active(web, tokens.text("refresh_token"))).isFalse();
        realm.refresh(web.client(), web.secret(), tokens.text("refresh_token")).expect(400);
    }

    @Test
    void aClientSignsPeopleOutAndTheirTokensEnd() {
        ClientSettings usual = ClientSettings.usual("Shop", ClientSettings.Kind.WEB, List.of(TestRealm.REDIRECT));
        RealmClients.WithSecret web = realm.client(new ClientSettings(
                usual.name(),
                usual.kind(),
                new ClientSettings.Addresses(List.of(TestRealm.REDIRECT), List.of("https://app.example/bye"), null),
                usual.flows(),
                usual.proof(),
                usual.tokens(),
                List.of(),
                null));
        Browser browser = new Browser();
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), realm.code(browser, web.client()))
                .expect(200);

        Browser.Page out = browser.get(realm.url("/connect/logout?"
                + Browser.encoded(Map.of(
                        "id_token_hint",
                        tokens.text("id_token"),
                        "post_logout_redirect_uri",
                        "https://app.example/bye",
                        "state",
                        "s"))));

        assertThat(out.location()).hasToString("https://app.example/bye?state=s");
        assertThat(browser.hasCookie("haven_session")).isFalse();
        realm.refresh(web.client(), web.secret(), tokens.text("refresh_token")).expect(400);
        realm.userInfo(tokens.text("access_token")).expect(401);
        assertThat(browser.follow(browser.get(realm.authorizeUrl(realm.request(web.client()))), realm.issuer)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangedPasswordEndsSessionsAndWhatWasGivenInThem() {
        Client app = realm.singlePage();
        Browser browser = new Browser();
        Browser.Page tokens =
                realm.exchange(app, null, realm.code(browser, app)).expect(200);

        realm.havenkeep
                .bean(RealmUsers.class)
                .setPassword(
                        realm.realm.id(),
                        realm.user.id(),
                        NewPassword.parse("password", Secret.of("eight quiet otters"), List.of()),
                        null);

        realm.refresh(app, null, tokens.text("refresh_token")).expect(400);
        realm.userInfo(tokens.text("access_token")).expect(401);
    }

    @Test
    void withoutAHintThePersonIsAskedBeforeTheyAreSignedOut() {
        Browser browser = new Browser();
        realm.code(browser, realm.web().client());

        Browser.Page asked = browser.get(realm.url("/connect/logout")).expect(200);
        assertThat(browser.hasCookie("haven_session")).isTrue();
        Map<String, String> fields = asked.form("/sign-out");
        fields.put("decision", "sign-out");
        browser.post(realm.url("/sign-out"), fields).expect(200);

        assertThat(browser.hasCookie("haven_session")).isFalse();
    }

    @Test
    void promptNoneNeverShowsAPage() {
        Client client = realm.web().client();
        Map<String, String> parameters = realm.request(client);
        parameters.put("prompt", "none");
        Browser browser = new Browser();

        Browser.Page refused = browser.get(realm.authorizeUrl(parameters));
        assertThat(refused.parameter("error")).isEqualTo("login_required");
        assertThat(refused.parameter("iss")).isEqualTo(realm.issuer);
        realm.code(browser, client);

        assertThat(browser.get(realm.authorizeUrl(parameters)).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void promptLoginAndMaxAgeAskAgainInTheSameSession() {
        RealmClients.WithSecret web = realm.web();
        Browser browser = new Browser();
        realm.code(browser, web.client());
        String before = browser.cookie("haven_session");

        Map<String, String> parameters = realm.request(web.client());
        parameters.put("prompt", "login");
        Browser.Page back = realm.signIn(browser, parameters);

        assertThat(back.parameter("code")).isNotEmpty();
        assertThat(browser.cookie("haven_session")).isNotEqualTo(before);
        havenkeep.clock().advance(Duration.ofMinutes(10));
        Map<String, String> fresh = realm.request(web.client());
        fresh.put("max_age", "300");
        assertThat(browser.follow(browser.get(realm.authorizeUrl(fresh)), realm.issuer)
                        .status())
                .isEqualTo(200);
        fresh.put("max_age", "900");
        assertThat(browser.get(realm.authorizeUrl(fresh)).parameter("code")).isNotEmpty();
    }

    @Test
    void aHintOfAnotherPersonAsksForThatPerson() {
        RealmClients.WithSecret web = realm.web();
        String idToken = realm.exchange(web.client(), web.secret(), realm.code(new Browser(), web.client()))
                .expect(200)
                .text("id_token");
        RealmUser other = realm.another("other@" + realm.realm.name() + ".example");
        Browser browser = new Browser();
        Browser.Page page = browser.follow(browser.get(realm.authorizeUrl(realm.request(web.client()))), realm.issuer);
        realm.type(browser, page, String.valueOf(other.email()), TestRealm.PASSWORD);

        Map<String, String> parameters = realm.request(web.client());
        parameters.put("id_token_hint", idToken);
        parameters.put("prompt", "none");
        assertThat(browser.get(realm.authorizeUrl(parameters)).parameter("error"))
                .isEqualTo("login_required");
        parameters.remove("prompt");
        Browser.Page asked = browser.follow(browser.get(realm.authorizeUrl(parameters)), realm.issuer)
                .expect(200);
        realm.type(browser, asked, String.valueOf(other.email()), TestRealm.PASSWORD)
                .expect(422);
        assertThat(realm.type(browser, asked, realm.email, TestRealm.PASSWORD).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void whoeverIsAskedForConsentIsAskedOnce() {
        ClientSettings usual = ClientSettings.usual("Third", ClientSettings.Kind.WEB, List.of(TestRealm.REDIRECT));
        RealmClients.WithSecret web = realm.client(new ClientSettings(
                usual.name(),
                usual.kind(),
                usual.addresses(),
                new ClientSettings.Flows(usual.flows().grants(), usual.flows().scopes(), true, false, false),
                usual.proof(),
                usual.tokens(),
                List.of(),
                null));
        Browser browser = new Browser();
        Browser.Page page = browser.follow(realm.signIn(browser, realm.request(web.client())), realm.issuer)
                .expect(200);
        Map<String, String> no = page.form("/consent");
        no.put("decision", "deny");
        assertThat(browser.post(realm.url("/consent"), no).parameter("error")).isEqualTo("access_denied");

        Browser.Page again = browser.follow(browser.get(realm.authorizeUrl(realm.request(web.client()))), realm.issuer);
        Map<String, String> yes = again.form("/consent");
        yes.put("decision", "allow");
        String code = browser.post(realm.url("/consent"), yes).parameter("code");

        realm.exchange(web.client(), web.secret(), code).expect(200);
        assertThat(browser.get(realm.authorizeUrl(realm.request(web.client()))).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void aPushedRequestIsGoodForOneVisit() {
        RealmClients.WithSecret web = realm.web();
        Map<String, String> parameters = realm.request(web.client());
        parameters.put("response_mode", "form_post");
        String requestUri = realm.asClient(web.client(), web.secret(), "/oauth2/par", parameters)
                .expect(201)
                .text("request_uri");
        String address = realm.authorizeUrl(Map.of("client_id", web.client().clientId(), "request_uri", requestUri));
        Browser browser = new Browser();

        Browser.Page page = browser.follow(browser.get(address), realm.issuer).expect(200);
        Browser.Page posted =
                realm.type(browser, page, realm.email, TestRealm.PASSWORD).expect(200);

        assertThat(posted.body()).contains("action=\"" + TestRealm.REDIRECT + "\"");
        assertThat(posted.form("/callback")).containsKeys("code", "state", "iss");
        new Browser().get(address).expect(400);
    }

    @Test
    void aRequestThatIsPostedComesAgainWithTheSessionsCookie() {
        RealmClients.WithSecret web = realm.web();
        Browser browser = new Browser();
        realm.code(browser, web.client());

        Browser.Page back =
                browser.follow(browser.post(realm.url("/oauth2/authorize"), realm.request(web.client())), realm.issuer);

        assertThat(back.parameter("code")).isNotEmpty();
    }

    private boolean active(RealmClients.WithSecret client, String token) {
        return realm.asClient(client.client(), client.secret(), "/oauth2/introspect", Map.of("token", token))
                .expect(200)
                .json()
                .get("active")
                .asBoolean();
    }

    /** The token, signed by a key that the realm publishes. */
    private SignedJWT verified(String token) throws ParseException, JOSEException {
        SignedJWT signed = SignedJWT.parse(token);
        JWKSet keys = JWKSet.parse(
                new Browser().get(realm.url("/oauth2/jwks")).expect(200).body());
        assertThat(signed.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(signed.getHeader().getKeyID()).toECKey())))
                .isTrue();
        return signed;
    }
}
