package dev.havenkeep.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.realms.AuthEvent;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.realms.RealmEvents;
import dev.havenkeep.realms.RealmName;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.web.Paging;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A realm of a test's own with one user, seen from outside: what a browser and a client do with it over HTTP. */
final class TestRealm {

    static final String PASSWORD = "correct horse battery staple";
    static final String REDIRECT = "https://app.example/callback";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk-and-more";

    final Havenkeep havenkeep;
    final Realm realm;
    final RealmUser user;
    final String email;
    final String issuer;

    private TestRealm(Havenkeep havenkeep, Realm realm, RealmUser user, String email) {
        this.havenkeep = havenkeep;
        this.realm = realm;
        this.user = user;
        this.email = email;
        this.issuer = havenkeep.bean(Realms.class).issuer(realm);
    }

    static TestRealm create(Havenkeep havenkeep) {
        return create(havenkeep, settings -> settings);
    }

    static TestRealm create(Havenkeep havenkeep, UnaryOperator<RealmSettings> settings) {
        String name = "r-" + UUID.randomUUID().toString().substring(0, 18);
        Realm realm = havenkeep
                .bean(Realms.class)
                .create(null, new RealmName(name), settings.apply(RealmSettings.of("Shop")), null, null);
        String email = "ada@" + name + ".example";
        RealmUser user = person(havenkeep, realm, email, "Ada Lovelace");
        return new TestRealm(havenkeep, realm, user, email);
    }

    private static RealmUser person(Havenkeep havenkeep, Realm realm, String email, String name) {
        return havenkeep
                .bean(RealmUsers.class)
                .create(
                        realm.id(),
                        new RealmUsers.Newcomer(
                                EmailAddress.parse("email", email),
                                true,
                                DisplayName.parse("name", name),
                                RealmUser.Profile.EMPTY,
                                NewPassword.parse("password", Secret.of(PASSWORD), List.of())));
    }

    /** Another user. */
    RealmUser another(String address) {
        return person(havenkeep, realm, address, "Another");
    }

    RealmClients.WithSecret client(ClientSettings settings) {
        return havenkeep.bean(RealmClients.class).create(realm.id(), null, settings);
    }

    /** A web client with a secret. */
    RealmClients.WithSecret web() {
        return client(ClientSettings.usual("Web shop", ClientSettings.Kind.WEB, List.of(REDIRECT)));
    }

    Client singlePage() {
        return client(ClientSettings.usual("Single page", ClientSettings.Kind.SINGLE_PAGE, List.of(REDIRECT)))
                .client();
    }

    String url(String path) {
        return issuer + path;
    }

    /** The parameters of a usual authorization request. */
    Map<String, String> request(Client client) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client.clientId());
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("scope", "openid profile email offline_access");
        parameters.put("state", "state-1 & more");
        parameters.put("nonce", "nonce-1");
        parameters.put("code_challenge", challenge(VERIFIER));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    String authorizeUrl(Map<String, String> parameters) {
        return url("/oauth2/authorize?" + Browser.encoded(parameters));
    }

    /** Types address and password into the sign-in page. */
    Browser.Page type(Browser browser, Browser.Page page, String address, String password) {
        Map<String, String> fields = page.form("/sign-in");
        fields.put("identifier", address);
        fields.put("password", password);
        return browser.post(url("/sign-in"), fields);
    }

    /** Goes from a request to the redirect back to the client, signing in where asked. */
    Browser.Page signIn(Browser browser, Map<String, String> parameters) {
        Browser.Page page = browser.follow(browser.get(authorizeUrl(parameters)), issuer);
        return page.status() == 200 ? type(browser, page, email, PASSWORD) : page;
    }

    /** The code that a browser comes back to the client with. */
    String code(Browser browser, Client client) {
        Browser.Page back = signIn(browser, request(client));
        assertThat(back.location().toString()).startsWith(REDIRECT + "?");
        assertThat(back.parameter("error")).isEmpty();
        return back.parameter("code");
    }

    Browser.Page token(Client client, @Nullable Secret secret, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (secret == null) {
            all.put("client_id", client.clientId());
            return new Browser().post(url("/oauth2/token"), all);
        }
        return new Browser().with("Authorization", basic(client, secret)).post(url("/oauth2/token"), all);
    }

    Browser.Page exchange(Client client, @Nullable Secret secret, String code) {
        return token(
                client,
                secret,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        REDIRECT,
                        "code_verifier",
                        VERIFIER));
    }

    Browser.Page refresh(Client client, @Nullable Secret secret, String token) {
        return token(client, secret, Map.of("grant_type", "refresh_token", "refresh_token", token));
    }

    Browser.Page userInfo(String accessToken) {
        return new Browser().with("Authorization", "Bearer " + accessToken).get(url("/userinfo"));
    }

    Browser.Page asClient(Client client, @Nullable Secret secret, String path, Map<String, String> fields) {
        return new Browser().with("Authorization", basic(client, secret)).post(url(path), fields);
    }

    /** The newest events of a kind, the newest first. */
    List<AuthEvent> events(String kind) {
        return havenkeep
                .bean(RealmEvents.class)
                .list(realm.id(), new RealmEvents.Filter(kind, null, null, null), new Paging(50, null))
                .items();
    }

    static String basic(Client client, @Nullable Secret secret) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((client.clientId() + ":"
                                        + Objects.requireNonNull(secret).reveal())
                                .getBytes(StandardCharsets.UTF_8));
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
