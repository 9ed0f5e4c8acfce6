package dev.havenkeep.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.havenkeep.connections.ClientAuthentication;
import dev.havenkeep.connections.ConnectionSettings;
import dev.havenkeep.connections.EmailAuthority;
import dev.havenkeep.connections.ProviderAddresses;
import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.AuthEvent;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.Connection;
import dev.havenkeep.realms.ConnectionName;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.realms.RealmConnections;
import dev.havenkeep.realms.RealmIdentities;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.upstream.Browser.Return;
import dev.havenkeep.testing.upstream.FakeGitHub;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import dev.havenkeep.web.Paging;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

/** Signing in with upstream providers, from a client's request to its tokens, over HTTP all the way. */
@OnBothDatabases
class ConnectionSignInTest {

    private static final String TENANT = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";
    private static final Clock CLOCK = Clock.systemUTC();
    private static final FakeOidcProvider OIDC = oidc(FakeOidcProvider.Flavour.GENERIC);
    private static final FakeOidcProvider GOOGLE = oidc(FakeOidcProvider.Flavour.GOOGLE);
    private static final FakeOidcProvider MICROSOFT = oidc(FakeOidcProvider.Flavour.MICROSOFT);
    private static final FakeOidcProvider APPLE = oidc(FakeOidcProvider.Flavour.APPLE);
    private static final FakeGitHub GITHUB = FakeGitHub.open("client", "upstream-secret");
    private static final ECKey APPLE_KEY = key();
    private static final Map<DatabaseKind, Havenkeep> BOOTED = new EnumMap<>(DatabaseKind.class);

    private final TestRealm realm;
    private final RealmClients.WithSecret web;
    private final Browser browser = new Browser();

    ConnectionSignInTest(DatabaseKind kind) {
        realm = TestRealm.create(booted(kind), settings -> signUp(settings, RealmSettings.SignUp.Mode.OPEN, List.of()));
        web = realm.web();
    }

    private static FakeOidcProvider oidc(FakeOidcProvider.Flavour flavour) {
        return FakeOidcProvider.open(flavour, CLOCK, "client", "upstream-secret");
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ABC123DEFG").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Havenkeep booted(DatabaseKind kind) {
        synchronized (BOOTED) {
            return BOOTED.computeIfAbsent(kind, missing -> {
                ProviderAddresses fakes = new ProviderAddresses(
                        GOOGLE.base(),
                        URI.create(GITHUB.base()),
                        URI.create(GITHUB.api()),
                        MICROSOFT.base(),
                        APPLE.base());
                Havenkeep started = Havenkeep.start(
                        missing,
                        Map.of("haven.connections.allowed-networks", "127.0.0.1/32"),
                        context -> ((GenericApplicationContext) context)
                                .registerBean(ProviderAddresses.class, () -> fakes));
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                return started;
            });
        }
    }

    @Test
    void firstSignInMakesAnAccountAndTheSecondFindsIt() throws ParseException {
        connect("company", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        OIDC.person(Map.of("sub", "1815", "email", unique(), "email_verified", true, "name", "Ada King"));

        Browser.Page first = signIn(browser, "company");
        Map<String, Object> claims = idToken(first);
        OIDC.person(Map.of("sub", "1815", "email", unique(), "email_verified", true, "name", "Somebody"));
        Map<String, Object> again = idToken(signIn(new Browser(), "company"));

        assertThat(claims).containsEntry("name", "Ada King").containsEntry("email_verified", true);
        assertThat(again)
                .containsEntry("sub", claims.get("sub"))
                .containsEntry("email", claims.get("email"))
                .containsEntry("acr", "1");
        assertThat(realm.events("sign-up")).hasSize(1);
        AuthEvent event = realm.events("sign-in").getFirst();
        assertThat(event.success()).isTrue();
        assertThat(event.connection()).isEqualTo("company");
        assertThat(event.clientId()).isEqualTo(web.client().clientId());
        assertThat(event.user()).isNotNull();
    }

    @Test
    void whoMayNotSignUpGetsNoAccount() {
        TestRealm closed = TestRealm.create(realm.havenkeep);
        TestRealm domains = TestRealm.create(
                realm.havenkeep,
                settings -> signUp(settings, RealmSettings.SignUp.Mode.DOMAINS, List.of("corp.example")));
        for (TestRealm one : List.of(closed, domains)) {
            connect(one, "company", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        }
        OIDC.person(Map.of("sub", "2", "email", "eve@elsewhere.example", "email_verified", true));

        for (TestRealm one : List.of(closed, domains)) {
            signIn(one, new Browser(), one.web().client(), "company").expect(403);
            assertRefused(one, "company", "sign-up is not open");
            assertThat(one.events("sign-in").getFirst().email()).isEqualTo("eve@elsewhere.example");
        }
        OIDC.person(Map.of("sub", "3", "email", "jo@corp.example", "email_verified", true));
        assertThat(signIn(domains, new Browser(), domains.web().client(), "company")
                        .parameter("code"))
                .isNotEmpty();
    }

    @Test
    void verifiedAddressOnGitHubsSecondPageCounts() throws ParseException {
        connect(
                "github",
                new ConnectionSettings.GitHub(
                        "client", Secret.of("upstream-secret"), ConnectionSettings.GitHub.SCOPES, null));
        String primary = unique();
        List<Map<String, Object>> addresses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            addresses.add(FakeGitHub.email("old-" + i + "@example.com", false, true));
        }
        addresses.add(FakeGitHub.email(primary, true, true));
        GITHUB.user(Map.of("id", 583231, "login", "octocat", "name", "The Octocat"));
        GITHUB.emails(addresses);

        Map<String, Object> claims = idToken(signIn(browser, "github"));

        assertThat(claims).containsEntry("email", primary).containsEntry("name", "The Octocat");
        assertThat(linked(claims).getFirst().key())
                .isEqualTo(new RealmIdentities.Key("github", GITHUB.base(), "583231"));
    }

    @Test
    void addressThatMicrosoftDoesNotProveIsRefused() {
        connect(
                "microsoft",
                new ConnectionSettings.Microsoft(
                        "client",
                        Secret.of("upstream-secret"),
                        ConnectionSettings.Microsoft.SCOPES,
                        "common",
                        List.of()));
        String address = unique();
        MICROSOFT.person(Map.of(
                "sub", "pairwise", "tid", TENANT, "oid", "41774f2a-f1a5-4d54-a5f9-23d9f5e3e0b4", "email", address));

        Browser.Page page = signIn(browser, "microsoft").expect(422);

        assertThat(page.body()).contains("microsoft");
        assertRefused(realm, "microsoft", "not verified");
        assertThat(users().find(realm.realm.id(), new EmailAddress(address))).isEmpty();
    }

    @Test
    void authoritativeAddressOfAVerifiedAccountIsLinkedAtOnce() throws ParseException {
        connect("google", google());
        RealmUser local = realm.another(gmail());
        GOOGLE.person(Map.of("sub", UUID.randomUUID().toString(), "email", email(local), "email_verified", true));

        Map<String, Object> claims = idToken(signIn(browser, "google"));

        assertThat(claims).containsEntry("sub", local.id().value());
        assertThat(realm.events("identity.link").getFirst().connection()).isEqualTo("google");
        assertThat(users().hasPassword(realm.realm.id(), local.id())).isTrue();
    }

    @Test
    void addressThatGoogleIsNotAuthoritativeForIsProvedByPasswordFirst() throws ParseException {
        connect("google", google());
        GOOGLE.person(Map.of("sub", UUID.randomUUID().toString(), "email", realm.email, "email_verified", true));

        Browser.Page proof =
                browser.follow(signIn(browser, "google"), realm.issuer).expect(200);
        assertThat(proof.body()).contains(realm.email);
        Map<String, String> fields = proof.form("/sign-in/proof");
        fields.put("password", "not the password");
        browser.post(realm.url("/sign-in/proof"), fields).expect(422);
        assertRefused(realm, "google", "wrong password");
        assertThat(users().find(realm.realm.id(), new EmailAddress(realm.email)))
                .isPresent();
        assertThat(identities().of(realm.realm.id(), realm.user.id())).isEmpty();
        fields.put("password", TestRealm.PASSWORD);
        Browser.Page back = browser.post(realm.url("/sign-in/proof"), fields);

        Map<String, Object> claims = idToken(back);
        assertThat(claims).containsEntry("sub", realm.user.id().value()).containsEntry("amr", List.of("pwd"));
        assertThat(linked(claims)).hasSize(1);
        assertThat(idToken(signIn(new Browser(), "google")))
                .containsEntry("sub", realm.user.id().value());
    }

    @Test
    void accountWhoseAddressWasNeverVerifiedIsNotTakenOver() {
        connect("google", google());
        RealmUser squatter = realm.another(gmail());
        users().change(
                        realm.realm.id(),
                        new RealmUser(
                                squatter.id(),
                                squatter.email(),
                                false,
                                squatter.name(),
                                squatter.profile(),
                                false,
                                squatter.version(),
                                squatter.createdAt(),
                                squatter.changedAt(),
                                null));
        GOOGLE.person(Map.of("sub", UUID.randomUUID().toString(), "email", email(squatter), "email_verified", true));

        signIn(browser, "google").expect(422);

        assertRefused(realm, "google", "never verified");
        assertThat(identities().of(realm.realm.id(), squatter.id())).isEmpty();
    }

    @Test
    void blockedAccountStaysOut() {
        connect("company", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        OIDC.person(Map.of("sub", "blocked", "email", unique(), "email_verified", true));
        signIn(browser, "company");
        RealmUser user =
                users().list(realm.realm.id(), new Paging(50, null)).items().getLast();
        users().change(
                        realm.realm.id(),
                        new RealmUser(
                                user.id(),
                                user.email(),
                                user.emailVerified(),
                                user.name(),
                                user.profile(),
                                true,
                                user.version(),
                                user.createdAt(),
                                user.changedAt(),
                                user.lastSignInAt()));

        signIn(new Browser(), "company").expect(422);

        assertRefused(realm, "company", "blocked");
    }

    @Test
    void applesFormIsFinishedByTheBrowserThatBeganAndItsNameIsKept() throws ParseException {
        APPLE.appleKey("TEAM123456", APPLE_KEY);
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(privateKey())
                + "\n-----END PRIVATE KEY-----";
        connect(
                "apple",
                new ConnectionSettings.Apple(
                        "client", ConnectionSettings.Apple.SCOPES, "TEAM123456", "ABC123DEFG", Secret.of(pem)));
        APPLE.person(Map.of(
                "sub",
                UUID.randomUUID().toString(),
                "email",
                UUID.randomUUID() + "@privaterelay.appleid.com",
                "email_verified",
                "true",
                "is_private_email",
                "true"));

        Return back = toProvider(realm, browser, web.client(), "apple");
        assertThat(back.post()).isTrue();
        Browser.Page kept = new Browser().post(back.target(), back.parameters());
        assertThat(kept.location().toString()).startsWith(back.target() + "?state=");
        new Browser().get(kept.location().toString()).expect(400);
        new Browser()
                .post(back.target(), back.with("code", "another").parameters())
                .expect(400);
        Map<String, Object> claims = idToken(browser.get(kept.location().toString()));

        assertThat(claims).containsEntry("name", "Ada Lovelace").containsEntry("given_name", "Ada");
        assertThat(idToken(signIn(new Browser(), "apple")))
                .containsEntry("sub", claims.get("sub"))
                .containsEntry("name", "Ada Lovelace");
        browser.post(realm.url("/connections/apple/callback"), Map.of("state", "no-such", "code", "x"))
                .expect(400);
    }

    @Test
    void answerIsTakenOnceAndOnlyInTheBrowserAndFromTheProviderThatWasAsked() {
        connect("company", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        connect("other", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        OIDC.person(Map.of("sub", "42", "email", unique(), "email_verified", true));
        Return back = toProvider(realm, browser, web.client(), "company");

        new Browser().get(address(back)).expect(400);
        assertRefused(realm, "company", "FOREIGN_STATE");
        Browser another = new Browser();
        another.get(realm.authorizeUrl(realm.request(web.client())));
        another.get(address(back)).expect(400);
        browser.get(address(back.with("state", "made-up"))).expect(400);
        assertRefused(realm, "company", "FOREIGN_STATE");
        assertThat(browser.get(address(back)).parameter("code")).isNotEmpty();
        browser.get(address(back)).expect(400);
        assertRefused(realm, "company", "FOREIGN_STATE");

        Browser mixedUp = new Browser();
        Return mixed = toProvider(realm, mixedUp, web.client(), "company");
        mixedUp.get(address(mixed.with("iss", "https://evil.example"))).expect(400);
        assertRefused(realm, "company", "MIX_UP");
        Browser unnamed = new Browser();
        unnamed.get(address(toProvider(realm, unnamed, web.client(), "company").without("iss")))
                .expect(400);
        assertRefused(realm, "company", "MIX_UP");
        Browser elsewhere = new Browser();
        Return crossed = toProvider(realm, elsewhere, web.client(), "company");
        elsewhere.get(address(crossed).replace("/company/", "/other/")).expect(400);
        assertRefused(realm, "other", "MIX_UP");
    }

    @Test
    void whoDeclinesAtTheProviderIsBackAtTheSignInPage() {
        connect("company", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        Return back = toProvider(realm, browser, web.client(), "company")
                .without("code")
                .with("error", "access_denied");

        Browser.Page page = browser.get(address(back)).expect(422);

        assertRefused(realm, "company", "access_denied");
        assertThat(realm.type(browser, page, realm.email, TestRealm.PASSWORD).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void clientTakesOnlyTheConnectionsThatItNames() {
        connect("company", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        connect("google", google());
        ClientSettings usual = ClientSettings.usual("Shop", ClientSettings.Kind.WEB, List.of(TestRealm.REDIRECT));
        Client picky = realm.client(new ClientSettings(
                        usual.name(),
                        usual.kind(),
                        usual.addresses(),
                        usual.flows(),
                        usual.proof(),
                        usual.tokens(),
                        List.of("google"),
                        null))
                .client();

        Browser.Page page = signInPage(realm, browser, picky);

        assertThat(page.body()).contains("/connections/google").doesNotContain("/connections/company");
        String link = link(page, "google");
        browser.get(link.replace("/connections/google", "/connections/company")).expect(404);
    }

    @Test
    void providerInAPrivateNetworkIsNotAsked() {
        connect("inside", oidcSettings(OIDC.base().replace("127.0.0.1", "127.0.0.2"), EmailAuthority.all()));
        Browser.Page page = signInPage(realm, browser, web.client());

        browser.get(link(page, "inside")).expect(502);

        assertRefused(realm, "inside", "ADDRESS_REFUSED");
    }

    @Test
    void connectionThatIsPointedAtAnotherProviderFindsNobodyOfTheOneBefore() throws ParseException {
        Connection connection = connect("company", oidcSettings(OIDC.issuer(), EmailAuthority.all()));
        OIDC.person(Map.of("sub", "7", "email", unique(), "email_verified", true));
        Object before = idToken(signIn(browser, "company")).get("sub");
        try (FakeOidcProvider next = oidc(FakeOidcProvider.Flavour.GENERIC)) {
            connections()
                    .change(
                            realm.realm.id(),
                            connection,
                            connection.offer(),
                            oidcSettings(next.issuer(), EmailAuthority.all()));
            next.person(Map.of("sub", "7", "email", unique(), "email_verified", true));

            assertThat(idToken(signIn(new Browser(), "company")).get("sub")).isNotEqualTo(before);
        }
    }

    private static byte[] privateKey() {
        try {
            return APPLE_KEY.toECPrivateKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RealmSettings signUp(RealmSettings settings, RealmSettings.SignUp.Mode mode, List<String> domains) {
        return new RealmSettings(
                settings.displayName(),
                new RealmSettings.SignUp(mode, domains),
                settings.passwords(),
                settings.lifetimes(),
                settings.branding(),
                settings.language(),
                settings.algorithm());
    }

    private static ConnectionSettings oidcSettings(String issuer, EmailAuthority emails) {
        return new ConnectionSettings.Oidc(
                "client",
                new ClientAuthentication.SecretBasic(Secret.of("upstream-secret")),
                ConnectionSettings.Oidc.SCOPES,
                issuer,
                Set.of(),
                emails);
    }

    private static ConnectionSettings google() {
        return new ConnectionSettings.Google(
                "client", Secret.of("upstream-secret"), ConnectionSettings.Google.SCOPES, null);
    }

    private Connection connect(String name, ConnectionSettings settings) {
        return connect(realm, name, settings);
    }

    private static Connection connect(TestRealm realm, String name, ConnectionSettings settings) {
        return realm.havenkeep
                .bean(RealmConnections.class)
                .create(
                        realm.realm.id(),
                        new ConnectionName(name),
                        new Connection.Offer(new DisplayName(name), true),
                        settings);
    }

    private static Browser.Page signInPage(TestRealm realm, Browser browser, Client client) {
        return browser.follow(browser.get(realm.authorizeUrl(realm.request(client))), realm.issuer)
                .expect(200);
    }

    /** The address of a connection's button. */
    private static String link(Browser.Page page, String name) {
        Matcher link = Pattern.compile("href=\"([^\"]*/connections/" + name + "\\?[^\"]*)\"")
                .matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return page.address().resolve(link.group(1).replace("&amp;", "&")).toString();
    }

    /** Goes to the provider by its button, signs in there and is about to come back. */
    private static Return toProvider(TestRealm realm, Browser browser, Client client, String name) {
        Browser.Page page = signInPage(realm, browser, client);
        return dev.havenkeep.testing.upstream.Browser.visit(
                browser.get(link(page, name)).location());
    }

    private Browser.Page signIn(Browser with, String name) {
        return signIn(realm, with, web.client(), name);
    }

    private static Browser.Page signIn(TestRealm realm, Browser browser, Client client, String name) {
        Return back = toProvider(realm, browser, client, name);
        if (back.post()) {
            return browser.get(new Browser()
                    .post(back.target(), back.parameters())
                    .location()
                    .toString());
        }
        return browser.get(address(back));
    }

    private static String address(Return back) {
        return back.target() + "?" + Browser.encoded(back.parameters());
    }

    private Map<String, Object> idToken(Browser.Page back) throws ParseException {
        assertThat(back.location().toString()).startsWith(TestRealm.REDIRECT);
        Browser.Page tokens = realm.exchange(web.client(), web.secret(), back.parameter("code"))
                .expect(200);
        return SignedJWT.parse(tokens.text("id_token")).getJWTClaimsSet().getClaims();
    }

    private static void assertRefused(TestRealm realm, String connection, String reason) {
        AuthEvent event = realm.events("sign-in").getFirst();
        assertThat(event.success()).isFalse();
        assertThat(event.connection()).isEqualTo(connection);
        assertThat(event.reason()).contains(reason);
    }

    private List<RealmIdentities.Linked> linked(Map<String, Object> claims) {
        return identities().of(realm.realm.id(), new UserId(String.valueOf(claims.get("sub"))));
    }

    private RealmUsers users() {
        return realm.havenkeep.bean(RealmUsers.class);
    }

    private RealmIdentities identities() {
        return realm.havenkeep.bean(RealmIdentities.class);
    }

    private RealmConnections connections() {
        return realm.havenkeep.bean(RealmConnections.class);
    }

    private static String email(RealmUser user) {
        return String.valueOf(user.email());
    }

    private static String unique() {
        return "p-" + UUID.randomUUID() + "@example.com";
    }

    private static String gmail() {
        return "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 16) + "@gmail.com";
    }
}
