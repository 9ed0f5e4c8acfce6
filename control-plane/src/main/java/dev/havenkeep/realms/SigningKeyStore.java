package dev.havenkeep.realms;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The SQL of a realm's signing keys: public parts as X.509, private ones as PKCS #8, sealed. */
@Repository
class SigningKeyStore {

    private final SecretBox box;

    SigningKeyStore(SecretBox box) {
        this.box = box;
    }

    /** Every key that is still published, oldest first. */
    List<SigningKey> published(RealmDatabase store, Instant now) {
        return store.read("""
                        SELECT * FROM {realm}.signing_keys
                        WHERE published_until IS NULL OR published_until > :now ORDER BY signs_from, id""")
                .param("now", now.toEpochMilli())
                .query((row, _) -> key(store.realm(), row))
                .list();
    }

    void insert(RealmDatabase store, SigningKey key) {
        Base64.Encoder encoder = Base64.getEncoder();
        store.write("""
                        INSERT INTO {realm}.signing_keys (id, algorithm, public_key, sealed_key, created_at, signs_from)
                        VALUES (:id, :algorithm, :public, :sealed, :created, :from)""")
                .param("id", key.id())
                .param("algorithm", key.algorithm().name())
                .param("public", encoder.encodeToString(key.publicKey().getEncoded()))
                .param(
                        "sealed",
                        box.seal(
                                Secret.of(
                                        encoder.encodeToString(key.privateKey().getEncoded())),
                                owner(store.realm(), key.id())))
                .param("created", key.createdAt().toEpochMilli())
                .param("from", key.signsFrom().toEpochMilli())
                .update();
    }

    void retire(RealmDatabase store, String id, Instant signsUntil, Instant publishedUntil) {
        store.write("""
                        UPDATE {realm}.signing_keys SET signs_until = :until, published_until = :published
                        WHERE id = :id AND signs_until IS NULL""")
                .param("id", id)
                .param("until", signsUntil.toEpochMilli())
                .param("published", publishedUntil.toEpochMilli())
                .update();
    }

    void deleteUnpublished(RealmDatabase store, Instant now) {
        store.write("DELETE FROM {realm}.signing_keys WHERE published_until <= :now")
                .param("now", now.toEpochMilli())
                .update();
    }

    private SigningKey key(RealmId realm, ResultSet row) throws SQLException {
        SigningAlgorithm algorithm = SigningAlgorithm.valueOf(row.getString("algorithm"));
        String id = row.getString("id");
        Base64.Decoder decoder = Base64.getDecoder();
        try {
            KeyFactory factory = KeyFactory.getInstance(family(algorithm));
            return new SigningKey(
                    id,
                    algorithm,
                    factory.generatePublic(new X509EncodedKeySpec(decoder.decode(row.getString("public_key")))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(
                            decoder.decode(box.open(row.getString("sealed_key"), owner(realm, id))
                                    .reveal()))),
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    Instant.ofEpochMilli(row.getLong("signs_from")),
                    instant(row, "signs_until"),
                    instant(row, "published_until"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing key " + id + " of realm " + realm + " cannot be read", e);
        }
    }

    /** What the JDK calls keys of this algorithm. */
    static String family(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> "EC";
            case RS256 -> "RSA";
            case EdDSA -> "Ed25519";
        };
    }

    private static String owner(RealmId realm, String id) {
        return "realm/" + realm + "/signing-key/" + id;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
