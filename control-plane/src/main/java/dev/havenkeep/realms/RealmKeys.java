package dev.havenkeep.realms;

import dev.havenkeep.credentials.RandomText;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The keys that realms sign tokens with. A key is made when its algorithm is first used; it is replaced every ninety
 * days: its successor is published a day before it signs, and it stays published for as long as a token that it signed
 * may live.
 */
@Service
public class RealmKeys {

    private static final Duration SIGNS_FOR = Duration.ofDays(90);
    /** How long readers may keep a JWK set before they ask again. */
    private static final Duration ANNOUNCED = Duration.ofDays(1);

    private static final Duration REMEMBERED = Duration.ofDays(2);
    /** What other processes did is seen within this time. */
    private static final Duration READ_AGAIN_AFTER = Duration.ofMinutes(1);

    private static final int RSA_BITS = 2048;

    private record KeySet(List<SigningKey> keys, Instant readAgainAt) {}

    private final Realms realms;
    private final SigningKeyStore store;
    private final InstantSource clock;
    private final Map<RealmId, KeySet> known = new ConcurrentHashMap<>();

    RealmKeys(Realms realms, SigningKeyStore store, InstantSource clock) {
        this.realms = realms;
        this.store = store;
        this.clock = clock;
    }

    /** Every key whose tokens may be met: those to come, those that sign, and those that did of late. */
    public List<SigningKey> published(RealmId realm) {
        Instant now = now();
        KeySet set = known.get(realm);
        if (set == null || !set.readAgainAt().isAfter(now)) {
            // The default algorithm's key exists from the beginning, so that a JWK set is never empty.
            signing(realm, realms.settings(realm).algorithm());
            set = read(realm, now);
        }
        return set.keys();
    }

    /** The key that signs now with this algorithm; made now if this is the first time. */
    public SigningKey signing(RealmId realm, SigningAlgorithm algorithm) {
        Instant now = now();
        KeySet set = known.get(realm);
        if (set == null || !set.readAgainAt().isAfter(now)) {
            set = read(realm, now);
        }
        SigningKey newest = signing(set, algorithm, now);
        if (newest != null
                && newest.signsFrom().plus(SIGNS_FOR).minus(ANNOUNCED).isAfter(now)) {
            return newest;
        }
        return renew(realm, algorithm, now);
    }

    /** Makes a new key that signs at once, and announces the end of the one before: for an operator's emergency. */
    public SigningKey rotate(RealmId realm, SigningAlgorithm algorithm) {
        Instant now = now();
        RealmDatabase database = realms.database(realm);
        SigningKey made = database.transaction(() -> {
            store.published(database, now).stream()
                    .filter(key -> key.algorithm() == algorithm && key.signsUntil() == null)
                    .forEach(key -> store.retire(database, key.id(), now, now.plus(REMEMBERED)));
            SigningKey key = generate(algorithm, now, now);
            store.insert(database, key);
            return key;
        });
        known.remove(realm);
        return made;
    }

    @EventListener
    void forget(RealmChanged change) {
        known.remove(change.realm().id());
    }

    /** The first key of an algorithm, or the successor of one whose time comes. */
    private SigningKey renew(RealmId realm, SigningAlgorithm algorithm, Instant now) {
        RealmDatabase database = realms.database(realm);
        SigningKey signing = database.transaction(() -> {
            // A write first, so that two processes come one after the other on either database.
            store.deleteUnpublished(database, now);
            KeySet set = new KeySet(store.published(database, now), now);
            SigningKey current = signing(set, algorithm, now);
            if (current == null) {
                SigningKey first = generate(algorithm, now, now);
                store.insert(database, first);
                return first;
            }
            boolean due = !current.signsFrom().plus(SIGNS_FOR).minus(ANNOUNCED).isAfter(now);
            boolean announced = set.keys().stream()
                    .anyMatch(key ->
                            key.algorithm() == algorithm && key.signsFrom().isAfter(now));
            if (due && !announced) {
                Instant from = now.plus(ANNOUNCED);
                store.insert(database, generate(algorithm, now, from));
                store.retire(database, current.id(), from, from.plus(REMEMBERED));
            }
            return current;
        });
        read(realm, now);
        return signing;
    }

    private KeySet read(RealmId realm, Instant now) {
        KeySet set = new KeySet(store.published(realms.database(realm), now), now.plus(READ_AGAIN_AFTER));
        known.put(realm, set);
        return set;
    }

    private static @org.jspecify.annotations.Nullable SigningKey signing(
            KeySet set, SigningAlgorithm algorithm, Instant now) {
        return set.keys().stream()
                .filter(key -> key.algorithm() == algorithm
                        && !key.signsFrom().isAfter(now)
                        && (key.signsUntil() == null || key.signsUntil().isAfter(now)))
                .max(Comparator.comparing(SigningKey::signsFrom))
                .orElse(null);
    }

    private static SigningKey generate(SigningAlgorithm algorithm, Instant now, Instant signsFrom) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(SigningKeyStore.family(algorithm));
            switch (algorithm) {
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case RS256 -> generator.initialize(RSA_BITS);
                case EdDSA -> {}
            }
            KeyPair pair = generator.generateKeyPair();
            String id = RandomText.next().substring(0, 20);
            return new SigningKey(id, algorithm, pair.getPublic(), pair.getPrivate(), now, signsFrom, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No key for " + algorithm + " can be made", e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
