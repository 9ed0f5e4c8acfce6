package dev.havenkeep.realms;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The clients of realms. The token endpoint asks for one at every request, so those that are in use are kept in memory
 * for a few seconds; a change made by this process is seen at once, one made by another within that time.
 */
@Service
public class RealmClients {

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 1_000;

    private final Realms realms;
    private final ClientStore store;
    private final RealmKeyring keyring;
    private final Ids ids;
    private final InstantSource clock;

    private record Key(RealmId realm, String clientId) {}

    private record Kept(ClientStore.Row row, Instant until) {}

    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    RealmClients(Realms realms, ClientStore store, RealmKeyring keyring, Ids ids, InstantSource clock) {
        this.realms = realms;
        this.store = store;
        this.keyring = keyring;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A client and the secret that it was just given.
     *
     * @param secret to be handed over once; null for a client without one
     */
    public record WithSecret(Client client, @Nullable Secret secret) {}

    /** The client with this id, if there is one. */
    public Optional<Client> find(RealmId realm, ClientId id) {
        return store.find(realms.database(realm), id).map(ClientStore.Row::client);
    }

    /**
     * The client with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Client get(RealmId realm, ClientId id) {
        return find(realm, id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no client with this id.")));
    }

    /** The client that calls itself this, if there is one. */
    public Optional<Client> withClientId(RealmId realm, String clientId) {
        return row(realm, clientId).map(ClientStore.Row::client);
    }

    /** Whether this is the secret of the client that calls itself this; compared in constant time. */
    public boolean matches(RealmId realm, String clientId, Secret secret) {
        String mac = keyring.mac(realm, "client-secret", secret.reveal());
        String known = row(realm, clientId).map(ClientStore.Row::secretMac).orElse(null);
        return known != null
                && MessageDigest.isEqual(
                        known.getBytes(StandardCharsets.US_ASCII), mac.getBytes(StandardCharsets.US_ASCII));
    }

    /** One page of a realm's clients, oldest first. */
    public Page<Client> list(RealmId realm, Paging paging) {
        return Page.of(
                store.list(realms.database(realm), paging.after(), paging.rows()),
                paging,
                client -> client.id().value());
    }

    /**
     * Makes a client; one that keeps a secret is given one.
     *
     * @param clientId what it is to call itself; null for a new unguessable one
     * @throws ProblemException 409 when another calls itself this, 422 when it is no such text
     */
    public WithSecret create(RealmId realm, @Nullable String clientId, ClientSettings settings) {
        Instant now = now();
        ClientId id = new ClientId(ids.next());
        String called = clientId == null ? id.value() : clientId;
        if (!CLIENT_ID.matcher(called).matches()) {
            throw new ProblemException(Problem.invalid(
                    "clientId", "must be 1 to 100 letters, digits, dots, underscores, tildes and hyphens"));
        }
        Secret secret = usesSecret(settings) ? Secret.of(RandomText.next()) : null;
        Client client = new Client(id, called, secret != null, settings, 1, now, now);
        String mac = secret == null ? null : keyring.mac(realm, "client-secret", secret.reveal());
        if (!store.insert(realms.database(realm), client, mac)) {
            throw new ProblemException(Problem.conflict(
                    "client-exists", "There is such a client already", "Another client has this client_id already."));
        }
        return new WithSecret(client, secret);
    }

    /**
     * Replaces a client's settings. One that begins to use a secret is given one, one that ceases to loses it.
     *
     * @throws ProblemException 412 when somebody else changed it since it was read
     */
    public WithSecret change(RealmId realm, Client before, ClientSettings settings) {
        RealmDatabase database = realms.database(realm);
        String mac = store.find(database, before.id())
                .map(ClientStore.Row::secretMac)
                .orElse(null);
        Secret secret = null;
        if (!usesSecret(settings)) {
            mac = null;
        } else if (mac == null) {
            secret = Secret.of(RandomText.next());
            mac = keyring.mac(realm, "client-secret", secret.reveal());
        }
        return new WithSecret(update(realm, before, settings, mac), secret);
    }

    /**
     * Gives the client a new secret; the one before is worth nothing from then on.
     *
     * @throws ProblemException 409 when it is a client without a secret, 412 when it changed since it was read
     */
    public WithSecret rotateSecret(RealmId realm, Client before) {
        if (!usesSecret(before.settings())) {
            throw new ProblemException(Problem.conflict(
                    "no-secret", "This client has no secret", "A client of this kind proves itself in another way."));
        }
        Secret secret = Secret.of(RandomText.next());
        String mac = keyring.mac(realm, "client-secret", secret.reveal());
        return new WithSecret(update(realm, before, before.settings(), mac), secret);
    }

    /** Deletes the client; what it was given ends with it. */
    public void delete(RealmId realm, Client client) {
        store.delete(realms.database(realm), client.id());
        kept.remove(new Key(realm, client.clientId()));
    }

    @EventListener
    void forget(RealmChanged change) {
        kept.keySet().removeIf(key -> key.realm().equals(change.realm().id()));
    }

    private Client update(RealmId realm, Client before, ClientSettings settings, @Nullable String mac) {
        Client after = new Client(
                before.id(), before.clientId(), mac != null, settings, before.version() + 1, before.createdAt(), now());
        if (!store.update(realms.database(realm), after, mac)) {
            throw new ProblemException(Problem.of(
                    412,
                    "precondition-failed",
                    "It has changed in the meantime",
                    "Somebody changed this client since you read it. Read it again and repeat your change."));
        }
        kept.remove(new Key(realm, before.clientId()));
        return after;
    }

    private Optional<ClientStore.Row> row(RealmId realm, String clientId) {
        Instant now = clock.instant();
        Key key = new Key(realm, clientId);
        Kept known = kept.get(key);
        if (known != null && known.until().isAfter(now)) {
            return Optional.of(known.row());
        }
        Optional<ClientStore.Row> found = store.withClientId(realms.database(realm), clientId);
        if (found.isEmpty()) {
            kept.remove(key);
        } else {
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            kept.put(key, new Kept(found.get(), now.plus(KEPT)));
        }
        return found;
    }

    private static boolean usesSecret(ClientSettings settings) {
        return settings.proof().kinds().stream().anyMatch(kind -> switch (kind) {
            case SECRET_BASIC, SECRET_POST -> true;
            case PRIVATE_KEY_JWT, TLS, SELF_SIGNED_TLS, NONE -> false;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
