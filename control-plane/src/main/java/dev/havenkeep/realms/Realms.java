package dev.havenkeep.realms;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The registry of realms, and the way into each one's store. What is asked for at every request (a realm by name or
 * host, its settings) is kept in memory; a change forgets it.
 */
@Service
public class Realms {

    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");
    private static final int LONGEST_HOST = 253;

    private final RegistryStore registry;
    private final RealmStores stores;
    private final Database database;
    private final HavenProperties properties;
    private final Environment environment;
    private final Json json;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    private final Map<String, Optional<Realm>> byName = new ConcurrentHashMap<>();
    private final Map<String, Optional<Realm>> byHost = new ConcurrentHashMap<>();
    private final Map<RealmId, Versioned> settings = new ConcurrentHashMap<>();

    /** A realm's settings and how often they have changed. */
    public record Versioned(RealmSettings settings, long version) {}

    Realms(
            RegistryStore registry,
            RealmStores stores,
            Database database,
            HavenProperties properties,
            Environment environment,
            Json json,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.registry = registry;
        this.stores = stores;
        this.database = database;
        this.properties = properties;
        this.environment = environment;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /** The realm with this id, if there is one. */
    public Optional<Realm> find(RealmId id) {
        return registry.find(id);
    }

    /**
     * The realm with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Realm get(RealmId id) {
        return find(id).orElseThrow(() -> new ProblemException(Problem.notFound("There is no realm with this id.")));
    }

    /** The realm whose issuer's path has this name. */
    public Optional<Realm> named(String name) {
        if (!RealmName.is(name)) {
            return Optional.empty();
        }
        Optional<Realm> known = byName.get(name);
        return known != null ? known : remember(byName, name, registry.named(new RealmName(name)));
    }

    /** The realm whose issuer is this host. */
    public Optional<Realm> atHost(String host) {
        String key = host.toLowerCase(Locale.ROOT);
        Optional<Realm> known = byHost.get(key);
        return known != null ? known : remember(byHost, key, registry.atHost(key));
    }

    /** Only what there is: names that strangers make up are not kept. */
    private static Optional<Realm> remember(Map<String, Optional<Realm>> cache, String key, Optional<Realm> found) {
        found.ifPresent(realm -> cache.put(key, found));
        return found;
    }

    /** One page of a team's realms, oldest first. */
    public Page<Realm> list(TeamId team, Paging paging) {
        return Page.of(registry.list(team, paging), paging, realm -> realm.id().value());
    }

    /** Every realm, oldest first. */
    public List<Realm> all() {
        return registry.all();
    }

    /**
     * The realm's issuer identifier (OpenID Connect Discovery 1.0 section 3): {@code https://HOST} when it has a host of
     * its own, else {@code PUBLIC-URL/realms/NAME}. It depends on nothing that a request says.
     */
    public String issuer(Realm realm) {
        return realm.host() != null ? "https://" + realm.host() : publicUrl() + "/realms/" + realm.name();
    }

    private String publicUrl() {
        if (properties.publicUrl() != null) {
            return properties.publicUrl();
        }
        String port = environment.getProperty("local.server.port", environment.getProperty("server.port", "7350"));
        return "http://localhost:" + port;
    }

    /** The realm's own store. */
    public RealmDatabase database(RealmId id) {
        RealmDatabase store = stores.opened(id);
        if (store != null) {
            return store;
        }
        return stores.open(registry.place(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no realm with this id."))));
    }

    /** How the realm behaves and looks. */
    public RealmSettings settings(RealmId id) {
        return versionedSettings(id).settings();
    }

    /** How the realm behaves and looks, with the version for an update. */
    public Versioned versionedSettings(RealmId id) {
        Versioned known = settings.get(id);
        return known != null
                ? known
                : settings.computeIfAbsent(
                        id,
                        _ -> database(id)
                                .read("SELECT document, version FROM {realm}.settings WHERE id = 1")
                                .query((row, _) -> new Versioned(
                                        json.read(row.getString("document"), RealmSettings.class),
                                        row.getLong("version")))
                                .single());
    }

    /**
     * Makes a realm with its store.
     *
     * @param team whose it is; null for the platform's own
     * @param host a host of its own as its issuer
     * @param own a PostgreSQL database of its own; null for a file or schema beside the installation's database
     * @throws ProblemException 409 when the name or host is taken, 422 when the host is none or the realm's own
     *     database cannot be used
     */
    public Realm create(
            @Nullable TeamId team,
            RealmName name,
            RealmSettings initial,
            @Nullable String host,
            @Nullable PostgresqlAccess own) {
        String issuerHost = host(host);
        Instant now = now();
        Realm realm = new Realm(new RealmId(ids.next()), team, name, issuerHost, 1, now, now);
        RealmStores.Place place = stores.place(realm.id(), own);
        requireFree(realm);
        if (own != null) {
            RealmStores.check(own);
        }
        RealmDatabase store = stores.open(place);
        try {
            return database.transaction(() -> {
                requireFree(realm);
                registry.insert(realm, place);
                store.write("INSERT INTO {realm}.settings (id, document, version) VALUES (1, :document, 1)")
                        .param("document", json.write(initial))
                        .update();
                events.publishEvent(audited("realm.created", realm, Map.of("name", name.value())));
                events.publishEvent(new RealmChanged(realm, RealmChanged.Change.CREATED));
                return realm;
            });
        } catch (RuntimeException e) {
            stores.remove(place);
            throw e;
        }
    }

    /** Gives the realm a host of its own as its issuer, or takes it away. Tokens of the issuer before end with that. */
    public Realm changeHost(Realm before, @Nullable String host) {
        String issuerHost = host(host);
        Realm after = new Realm(
                before.id(),
                before.teamId(),
                before.name(),
                issuerHost,
                before.version() + 1,
                before.createdAt(),
                now());
        return database.transaction(() -> {
            if (issuerHost != null
                    && registry.atHost(issuerHost)
                            .filter(other -> !other.id().equals(before.id()))
                            .isPresent()) {
                throw hostTaken();
            }
            if (!registry.update(after)) {
                throw changedMeanwhile();
            }
            forgetAfterwards(before);
            Map<String, Object> change =
                    Map.of("host", Map.of("from", String.valueOf(before.host()), "to", String.valueOf(issuerHost)));
            events.publishEvent(audited("realm.changed", after, change));
            events.publishEvent(new RealmChanged(after, RealmChanged.Change.CHANGED));
            return after;
        });
    }

    /**
     * Replaces the realm's settings.
     *
     * @param version the version that the change was made for
     * @throws ProblemException 412 when somebody else changed them since
     */
    public Versioned changeSettings(Realm realm, RealmSettings after, long version) {
        RealmSettings before = settings(realm.id());
        RealmDatabase store = database(realm.id());
        database.transaction(() -> {
            int updated = store.write("""
                            UPDATE {realm}.settings SET document = :document, version = version + 1
                            WHERE id = 1 AND version = :version""")
                    .param("document", json.write(after))
                    .param("version", version)
                    .update();
            if (updated != 1) {
                throw changedMeanwhile();
            }
            forgetAfterwards(realm);
            events.publishEvent(audited("realm.changed", realm, differences(before, after)));
            events.publishEvent(new RealmChanged(realm, RealmChanged.Change.CHANGED));
        });
        settings.remove(realm.id());
        return versionedSettings(realm.id());
    }

    /** Deletes a realm with everybody and everything in it. */
    public void delete(Realm realm) {
        RealmStores.Place place = registry.place(realm.id())
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no realm with this id.")));
        database.transaction(() -> {
            registry.delete(realm.id());
            forgetAfterwards(realm);
            events.publishEvent(
                    audited("realm.deleted", realm, Map.of("name", realm.name().value())));
            events.publishEvent(new RealmChanged(realm, RealmChanged.Change.DELETED));
        });
        stores.remove(place);
        forget(realm);
    }

    private void requireFree(Realm realm) {
        if (registry.named(realm.name()).isPresent()) {
            throw new ProblemException(Problem.conflict(
                    "realm-exists", "The name is taken", "There is a realm named " + realm.name() + " already."));
        }
        if (realm.host() != null && registry.atHost(realm.host()).isPresent()) {
            throw hostTaken();
        }
    }

    /** What readers have meanwhile read again, from before the commit, is forgotten after it too. */
    private void forgetAfterwards(Realm realm) {
        forget(realm);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                forget(realm);
            }
        });
    }

    private void forget(Realm realm) {
        byName.remove(realm.name().value());
        byHost.values()
                .removeIf(known ->
                        known.filter(other -> other.id().equals(realm.id())).isPresent());
        settings.remove(realm.id());
    }

    private static Map<String, Object> differences(RealmSettings before, RealmSettings after) {
        Map<String, Object> changes = new java.util.TreeMap<>();
        differ(changes, "displayName", before.displayName(), after.displayName());
        differ(changes, "signUp", before.signUp(), after.signUp());
        differ(changes, "passwords", before.passwords(), after.passwords());
        differ(changes, "lifetimes", before.lifetimes(), after.lifetimes());
        differ(changes, "branding", before.branding(), after.branding());
        differ(changes, "language", before.language(), after.language());
        differ(changes, "algorithm", before.algorithm(), after.algorithm());
        return changes;
    }

    private static void differ(Map<String, Object> changes, String name, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.put(name, Map.of("from", before, "to", after));
        }
    }

    private static @Nullable String host(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String host = text.strip().toLowerCase(Locale.ROOT);
        if (host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
            throw new ProblemException(Problem.invalid("host", "must be a host name such as auth.example.com"));
        }
        return host;
    }

    private static ProblemException hostTaken() {
        return new ProblemException(
                Problem.conflict("host-taken", "The host is taken", "Another realm answers at this host already."));
    }

    private static ProblemException changedMeanwhile() {
        return new ProblemException(Problem.of(
                412,
                "precondition-failed",
                "It has changed in the meantime",
                "Somebody changed this since you read it. Read it again and repeat your change."));
    }

    private static Audited audited(String action, Realm realm, Map<String, Object> changes) {
        return new Audited(
                action,
                realm.teamId() == null ? null : Scope.of(realm.teamId()),
                "realm",
                realm.id().value(),
                realm.name().value(),
                changes);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
