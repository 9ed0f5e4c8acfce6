package dev.havenkeep.realms;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keyed hashes (HMAC-SHA-256, RFC 2104) of what a realm hands out: each realm has a key of its own for each purpose,
 * made at first use and sealed in its store. What one realm gave out means nothing to another.
 */
@Component
public class RealmKeyring {

    private static final String ALGORITHM = "HmacSHA256";

    private record Key(RealmId realm, String purpose) {}

    private final Realms realms;
    private final SecretBox box;
    private final InstantSource clock;
    private final Map<Key, SecretKeySpec> keys = new ConcurrentHashMap<>();

    RealmKeyring(Realms realms, SecretBox box, InstantSource clock) {
        this.realms = realms;
        this.box = box;
        this.clock = clock;
    }

    /**
     * The keyed hash of a text, in hex.
     *
     * @param purpose names the key, for example {@code client-secret}
     */
    public String mac(RealmId realm, String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys.computeIfAbsent(new Key(realm, purpose), this::load));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @EventListener
    void forget(RealmChanged change) {
        keys.keySet().removeIf(key -> key.realm().equals(change.realm().id()));
    }

    private SecretKeySpec load(Key key) {
        RealmDatabase database = realms.database(key.realm());
        String owner = "realm/" + key.realm() + "/sealed-key/" + key.purpose();
        String sealed =
                database.transaction(() -> sealed(database, key.purpose()).orElseGet(() -> {
                    database.write("""
                            INSERT INTO {realm}.sealed_keys (purpose, sealed_key, created_at)
                            VALUES (:purpose, :sealed, :now) ON CONFLICT (purpose) DO NOTHING""")
                            .param("purpose", key.purpose())
                            .param("sealed", box.seal(Secret.of(RandomText.next()), owner))
                            .param("now", clock.millis())
                            .update();
                    return sealed(database, key.purpose()).orElseThrow();
                }));
        return new SecretKeySpec(box.open(sealed, owner).reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    private static Optional<String> sealed(RealmDatabase database, String purpose) {
        return database.read("SELECT sealed_key FROM {realm}.sealed_keys WHERE purpose = :purpose")
                .param("purpose", purpose)
                .query(String.class)
                .optional();
    }
}
