package dev.havenkeep.realms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.credentials.PasswordHasher;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.DatabaseFactory;
import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Folders;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.web.Paging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

@OnBothDatabases
class RealmsTest {

    private static final Visit HERE = new Visit("192.0.2.7", "192.0.2.0/24", "test");
    private static final Visit ELSEWHERE = new Visit("198.51.100.9", "198.51.100.0/24", "test");
    private static final Secret PASSWORD = Secret.of("seven quiet otters");

    private final Kernel kernel;
    private final TestClock clock;
    private final Path folder;
    private final DatabaseFactory databases = new DatabaseFactory();
    private final RealmStores stores;
    private final Realms realms;
    private final RealmUsers users;
    private final RealmPasswords passwords;
    private final RealmClients clients;
    private final RealmKeys keys;
    private final RealmSessions sessions;
    private final RealmEvents events;

    RealmsTest(Kernel kernel) throws IOException {
        this.kernel = kernel;
        clock = kernel.clock();
        folder = Folders.temporary("havenkeep-realms");
        HavenProperties properties = new HavenProperties(folder, null, null, null, "https://haven.example.com");
        stores = new RealmStores(
                kernel.database(), databases, new RealmMigrations(clock), properties, kernel.secrets(), kernel.json());
        realms = new Realms(
                new RegistryStore(kernel.database()),
                stores,
                kernel.database(),
                properties,
                new StandardEnvironment(),
                kernel.json(),
                kernel.ids(),
                clock,
                kernel.publisher());
        UserStore userStore = new UserStore(kernel.json());
        SessionStore sessionStore = new SessionStore();
        PasswordHasher hasher = new PasswordHasher();
        sessions = new RealmSessions(realms, sessionStore, kernel.ids(), clock, kernel.publisher());
        users = new RealmUsers(realms, userStore, sessions, hasher, kernel.ids(), clock);
        RealmLockOut lockOut = new RealmLockOut(realms, new AttemptStore(), clock);
        passwords = new RealmPasswords(realms, userStore, sessionStore, lockOut, hasher);
        RealmKeyring keyring = new RealmKeyring(realms, kernel.secrets(), clock);
        clients = new RealmClients(realms, new ClientStore(kernel.json()), keyring, kernel.ids(), clock);
        keys = new RealmKeys(realms, new SigningKeyStore(kernel.secrets()), clock);
        events = new RealmEvents(realms, kernel.ids(), kernel.json(), clock, kernel.publisher());
    }

    @AfterEach
    void close() throws IOException {
        stores.close();
        databases.close();
        Folders.delete(folder);
    }

    @Test
    void realmIsFoundByNameAndHostAndKnowsItsIssuer() {
        Realm plain = realm(null);
        String host = "auth-" + unique() + ".example.com";

        Realm hosted = realm(host);

        assertThat(realms.named(plain.name().value())).contains(plain);
        assertThat(realms.issuer(plain)).endsWith("/realms/" + plain.name()).startsWith("https://haven.example.com/");
        assertThat(realms.atHost(host.toUpperCase(Locale.ROOT))).contains(hosted);
        assertThat(realms.issuer(hosted)).isEqualTo("https://" + host);
        assertThat(realms.named("no-such-realm")).isEmpty();
    }

    @Test
    void nameAndHostBelongToOneRealmOnly() {
        Realm first = realm("auth-" + unique() + ".example.com");

        assertThatThrownBy(() -> realms.create(null, first.name(), RealmSettings.of("Twice"), null, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("named " + first.name());
        assertThatThrownBy(() -> realms.create(null, name(), RealmSettings.of("Twice"), first.host(), null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("answers at this host");
    }

    @Test
    void whatIsInOneRealmIsNotInAnother() {
        Realm one = realm(null);
        Realm other = realm(null);
        RealmUser user = user(one, "ada@example.com", "Ada");

        assertThat(users.find(other.id(), user.id())).isEmpty();
        assertThat(users.find(other.id(), EmailAddress.parse("email", "ada@example.com")))
                .isEmpty();
        assertThat(user(other, "ada@example.com", "Another Ada").id()).isNotEqualTo(user.id());
        assertThat(passwords.attempt(other.id(), "ada@example.com", Secret.of("wrong wrong wrong"), HERE))
                .isInstanceOf(RealmPasswords.Outcome.Refused.class);
    }

    @Test
    void deletedRealmLeavesNothing() throws Exception {
        Realm realm = realm(null);
        user(realm, "ada@example.com", "Ada");
        String schema = realms.database(realm.id()).schema();

        realms.delete(realm);

        assertThat(realms.find(realm.id())).isEmpty();
        assertThat(realms.named(realm.name().value())).isEmpty();
        assertThatThrownBy(() -> realms.database(realm.id())).isInstanceOf(ProblemException.class);
        Path store = folder.resolve("realms").resolve(realm.id().value());
        assertThat(Files.exists(store)).isFalse();
        if (schema != null) {
            assertThat(kernel.database()
                            .read()
                            .sql("SELECT count(*) FROM information_schema.schemata WHERE schema_name = :name")
                            .param("name", schema)
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void realmCanLiveInAPostgresqlDatabaseOfItsOwn() {
        Map<String, String> database = DatabaseKind.POSTGRESQL.newDatabase();
        PostgresqlAccess access = new PostgresqlAccess(
                Objects.requireNonNull(database.get("haven.database-url")), database.get("haven.database-user"), null);

        Realm realm = realms.create(null, name(), RealmSettings.of("Own database"), null, access);

        RealmUser made = user(realm, "ada@example.com", "Ada");
        assertThat(users.find(realm.id(), made.id())).contains(made);
        assertThat(realms.database(realm.id()).database()).isNotSameAs(kernel.database());
        assertThat(realms.database(realm.id()).dialect()).isEqualTo(Database.Dialect.POSTGRESQL);
        realms.delete(realm);
    }

    @Test
    void realmWhoseDatabaseDoesNotAnswerIsNotMade() {
        RealmName name = name();
        PostgresqlAccess nowhere =
                new PostgresqlAccess("jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1", "a", null);

        assertThatThrownBy(() -> realms.create(null, name, RealmSettings.of("Nowhere"), null, nowhere))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be used");
        assertThat(realms.named(name.value())).isEmpty();
    }

    @Test
    void settingsChangeOnceForEachVersion() {
        Realm realm = realm(null);
        Realms.Versioned before = realms.versionedSettings(realm.id());
        RealmSettings changed = RealmSettings.of("Renamed");

        realms.changeSettings(realm, changed, before.version());

        assertThat(realms.settings(realm.id())).isEqualTo(changed);
        assertThatThrownBy(() -> realms.changeSettings(realm, changed, before.version()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("since you read it");
    }

    @Test
    void usersAreFoundByTheBeginningOfAddressOrName() {
        Realm realm = realm(null);
        RealmUser ada = user(realm, "ada@example.com", "Ada Lovelace");
        RealmUser adam = user(realm, "zebra@example.com", "ADAM");
        user(realm, "grace@example.com", "Grace Hopper");

        assertThat(users.search(realm.id(), "ada", 10)).containsExactlyInAnyOrder(ada, adam);
        assertThat(users.search(realm.id(), "Ada L", 10)).containsExactly(ada);
        assertThat(users.search(realm.id(), "ada", 1)).hasSize(1);
        assertThat(users.search(realm.id(), "da", 10)).isEmpty();
    }

    @Test
    void addressIsOneAccountsOnly() {
        Realm realm = realm(null);
        user(realm, "ada@example.com", "Ada");

        assertThatThrownBy(() -> user(realm, "ADA@example.com", "Other"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("account with this address");
    }

    @Test
    void guessingLocksTheAccountButNotItsOwnerWhereTheyAreSignedIn() {
        Realm realm = realm(null);
        RealmUser ada = user(realm, "ada@example.com", "Ada");
        sessions.start(realm.id(), ada.id(), password(), false, null, HERE);

        RealmPasswords.Outcome last = new RealmPasswords.Outcome.Proven(ada);
        for (int i = 0; i < 6; i++) {
            last = passwords.attempt(realm.id(), "ada@example.com", Secret.of("guess number " + i), ELSEWHERE);
        }

        assertThat(last).isInstanceOf(RealmPasswords.Outcome.LockedOut.class);
        assertThat(passwords.attempt(realm.id(), "ada@example.com", PASSWORD, ELSEWHERE))
                .isInstanceOf(RealmPasswords.Outcome.LockedOut.class);
        assertThat(passwords.attempt(realm.id(), "ada@example.com", PASSWORD, HERE))
                .isEqualTo(new RealmPasswords.Outcome.Proven(ada));
    }

    @Test
    void blockedUserIsRefusedAndLosesEverySession() {
        Realm realm = realm(null);
        RealmUser ada = user(realm, "ada@example.com", "Ada");
        RealmSessions.Started session = sessions.start(realm.id(), ada.id(), password(), true, null, HERE);

        users.change(
                realm.id(),
                new RealmUser(
                        ada.id(),
                        ada.email(),
                        true,
                        ada.name(),
                        ada.profile(),
                        true,
                        ada.version(),
                        ada.createdAt(),
                        ada.changedAt(),
                        null));

        assertThat(sessions.withSecret(realm.id(), session.secret())).isEmpty();
        assertThat(kernel.events()).contains(new RealmSessions.Ended(realm.id(), session.session(), List.of()));
        assertThat(passwords.attempt(realm.id(), "ada@example.com", PASSWORD, HERE))
                .isEqualTo(new RealmPasswords.Outcome.Refused(RealmPasswords.Reason.BLOCKED, ada.id()));
    }

    @Test
    void sessionEndsWhenItIsIdleUnlessItIsRemembered() {
        Realm realm = realm(null);
        RealmUser ada = user(realm, "ada@example.com", "Ada");
        RealmSessions.Started plain = sessions.start(realm.id(), ada.id(), password(), false, null, HERE);
        RealmSessions.Started remembered = sessions.start(realm.id(), ada.id(), password(), true, null, HERE);

        clock.advance(Duration.ofSeconds(realms.settings(realm.id()).lifetimes().sessionIdle())
                .plusSeconds(1));

        assertThat(sessions.withSecret(realm.id(), plain.secret())).isEmpty();
        assertThat(sessions.withSecret(realm.id(), remembered.secret())).isPresent();
        assertThat(sessions.of(realm.id(), ada.id())).hasSize(1);
    }

    @Test
    void provingAgainKeepsTheSessionUnderANewSecret() {
        Realm realm = realm(null);
        RealmUser ada = user(realm, "ada@example.com", "Ada");
        RealmSessions.Started first = sessions.start(realm.id(), ada.id(), password(), false, null, HERE);

        RealmSessions.Started second = sessions.prove(realm.id(), first.session(), password(), false);

        assertThat(second.session().id()).isEqualTo(first.session().id());
        assertThat(sessions.withSecret(realm.id(), first.secret())).isEmpty();
        assertThat(sessions.withSecret(realm.id(), second.secret())).isPresent();
    }

    @Test
    void clientSecretIsKnownToTheClientAlone() {
        Realm realm = realm(null);
        Realm other = realm(null);
        RealmClients.WithSecret made = clients.create(realm.id(), "shop", web());
        clients.create(other.id(), "shop", web());
        Secret secret = secret(made.secret());

        assertThat(clients.matches(realm.id(), "shop", secret)).isTrue();
        assertThat(clients.matches(other.id(), "shop", secret)).isFalse();
        assertThat(clients.matches(realm.id(), "no-such-client", secret)).isFalse();
        Secret next = secret(clients.rotateSecret(realm.id(), made.client()).secret());
        assertThat(clients.matches(realm.id(), "shop", secret)).isFalse();
        assertThat(clients.matches(realm.id(), "shop", next)).isTrue();
    }

    @Test
    void clientWithoutSecretNeedsPkceAndCannotActForItself() {
        ClientSettings app = ClientSettings.usual(
                "App", ClientSettings.Kind.SINGLE_PAGE, List.of("https://app.example.com/callback"));

        assertThat(app.requiresPkce()).isTrue();
        assertThatThrownBy(() -> new ClientSettings(
                        app.name(),
                        app.kind(),
                        app.addresses(),
                        new ClientSettings.Flows(
                                Set.of(ClientSettings.GrantKind.CLIENT_CREDENTIALS), List.of(), false, false, false),
                        app.proof(),
                        app.tokens(),
                        List.of(),
                        null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("keeps a secret");
    }

    @Test
    void redirectUriIsAbsoluteExactAndSafe() {
        for (String refused : List.of(
                "http://app.example.com/cb",
                "https://*.example.com/cb",
                "https://app.example.com/cb#fragment",
                "https://user@app.example.com/cb",
                "javascript:alert(1)",
                "/cb",
                "https:app",
                "https://app.example.com/c b",
                "com.example.app:/cb")) {
            assertThatThrownBy(() -> ClientSettings.usual("App", ClientSettings.Kind.WEB, List.of(refused)))
                    .as(refused)
                    .isInstanceOf(ProblemException.class);
        }
        for (String accepted :
                List.of("https://app.example.com/cb?x=1", "http://localhost:3000/cb", "http://[::1]/cb")) {
            assertThat(ClientSettings.usual("App", ClientSettings.Kind.WEB, List.of(accepted)))
                    .isNotNull();
        }
        assertThat(ClientSettings.usual("App", ClientSettings.Kind.NATIVE, List.of("com.example.app:/cb")))
                .isNotNull();
    }

    @Test
    void successorOfASigningKeyIsPublishedBeforeItSignsAndThePredecessorAfter() {
        Realm realm = realm(null);
        SigningKey first = keys.signing(realm.id(), SigningAlgorithm.ES256);
        assertThat(keys.published(realm.id())).extracting(SigningKey::id).containsExactly(first.id());

        clock.advance(Duration.ofDays(89).plusHours(1));
        assertThat(keys.signing(realm.id(), SigningAlgorithm.ES256).id()).isEqualTo(first.id());
        List<SigningKey> both = keys.published(realm.id());
        assertThat(both).hasSize(2);

        clock.advance(Duration.ofDays(1));
        SigningKey second = keys.signing(realm.id(), SigningAlgorithm.ES256);
        assertThat(second.id()).isEqualTo(both.getLast().id()).isNotEqualTo(first.id());
        assertThat(keys.published(realm.id())).extracting(SigningKey::id).contains(first.id(), second.id());

        clock.advance(Duration.ofDays(3));
        assertThat(keys.published(realm.id())).extracting(SigningKey::id).containsExactly(second.id());
    }

    @Test
    void everyAlgorithmHasItsKeyAndKeysSurviveBeingReadAgain() {
        Realm realm = realm(null);
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            SigningKey made = keys.signing(realm.id(), algorithm);
            clock.advance(Duration.ofMinutes(2));
            SigningKey read = keys.signing(realm.id(), algorithm);
            assertThat(read.privateKey()).isEqualTo(made.privateKey());
            assertThat(read.publicKey()).isEqualTo(made.publicKey());
        }
        SigningKey before = keys.signing(realm.id(), SigningAlgorithm.RS256);
        SigningKey after = keys.rotate(realm.id(), SigningAlgorithm.RS256);
        assertThat(keys.signing(realm.id(), SigningAlgorithm.RS256).id()).isEqualTo(after.id());
        assertThat(keys.published(realm.id())).extracting(SigningKey::id).contains(before.id(), after.id());
    }

    @Test
    void eventsAreListedNewestFirstAndFiltered() {
        Realm realm = realm(null);
        RealmUser ada = user(realm, "ada@example.com", "Ada");
        events.note(realm.id(), HERE, RealmEvents.Note.success("sign-in", ada.id(), "shop"));
        events.note(
                realm.id(),
                ELSEWHERE,
                RealmEvents.Note.failure("sign-in", "wrong password", ada.id(), "shop")
                        .withEmail("ada@example.com")
                        .with(Map.of("attempt", 2)));

        List<AuthEvent> all = events.list(realm.id(), new RealmEvents.Filter(null, null, ada.id(), null), first())
                .items();

        assertThat(all).extracting(AuthEvent::success).containsExactly(false, true);
        assertThat(all.getFirst().detail()).isEqualTo(Map.of("attempt", 2));
        assertThat(all.getFirst().address()).isEqualTo(ELSEWHERE.address());
        assertThat(events.list(realm.id(), new RealmEvents.Filter("sign-in", true, null, "shop"), first())
                        .items())
                .hasSize(1);
        assertThat(events.list(realm.id(), new RealmEvents.Filter("token", null, null, null), first())
                        .items())
                .isEmpty();
    }

    @Test
    void eventsThatAreTooOldAreForgotten() {
        Realm realm = realm(null);
        events.note(realm.id(), HERE, RealmEvents.Note.success("sign-in", null, "old"));
        clock.advance(RealmEvents.KEPT.plusDays(1));
        events.note(realm.id(), HERE, RealmEvents.Note.success("sign-in", null, "new"));

        events.forgetOld(realm.id());

        assertThat(events.list(realm.id(), new RealmEvents.Filter(null, null, null, null), first())
                        .items())
                .extracting(AuthEvent::clientId)
                .containsExactly("new");
    }

    private static Paging first() {
        return Paging.of(null, null);
    }

    private static RealmSession.Authentication password() {
        return new RealmSession.Authentication("1", List.of("pwd"), null);
    }

    private static ClientSettings web() {
        return ClientSettings.usual("Shop", ClientSettings.Kind.WEB, List.of("https://shop.example.com/callback"));
    }

    private static Secret secret(@Nullable Secret secret) {
        return Objects.requireNonNull(secret);
    }

    private Realm realm(@Nullable String host) {
        return realms.create(null, name(), RealmSettings.of("Test"), host, null);
    }

    private RealmUser user(Realm realm, String email, String name) {
        return users.create(
                realm.id(),
                new RealmUsers.Newcomer(
                        EmailAddress.parse("email", email),
                        true,
                        DisplayName.parse("name", name),
                        RealmUser.Profile.EMPTY,
                        NewPassword.parse("password", PASSWORD, List.of())));
    }

    private static RealmName name() {
        return new RealmName("r-" + unique());
    }

    private static String unique() {
        return RandomText.next().substring(0, 12).toLowerCase(Locale.ROOT);
    }
}
