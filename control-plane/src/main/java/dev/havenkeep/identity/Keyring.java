package dev.havenkeep.identity;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Keyed hashes (HMAC-SHA-256, RFC 2104) of what this installation hands out. Each purpose has a key of its own, made
 * at first use and kept sealed under the master key: a copied database alone can neither check nor forge.
 */
@Component
public class Keyring {

    private static final String ALGORITHM = "HmacSHA256";

    private final IdentityStore store;
    private final SecretBox box;
    private final Clock clock;
    private final ConcurrentMap<String, SecretKeySpec> keys = new ConcurrentHashMap<>();

    Keyring(IdentityStore store, SecretBox box, Clock clock) {
        this.store = store;
        this.box = box;
        this.clock = clock;
    }

    /**
     * The keyed hash of a text, in hex.
     *
     * @param purpose names the key, for example {@code api-token}
     */
    public String mac(String purpose, String text) {
        SecretKeySpec key = keys.computeIfAbsent(purpose, this::load);
        return HexFormat.of().formatHex(mac(key, text));
    }

    /** The keyed hash of a text under a secret that is itself unguessable. */
    static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static SecretKeySpec key(String text) {
        return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    private SecretKeySpec load(String purpose) {
        String owner = "sealed-key/" + purpose;
        String sealed = store.sealedKey(purpose).orElseGet(() -> {
            store.insertSealedKey(purpose, box.seal(Secret.of(RandomText.next()), owner), clock.instant());
            return store.sealedKey(purpose).orElseThrow();
        });
        return key(box.open(sealed, owner).reveal());
    }
}
