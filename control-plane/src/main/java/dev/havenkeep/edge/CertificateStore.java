package dev.havenkeep.edge;

import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Certificates, the authority that makes some of them, and what is known of the efforts to get others. */
@Component
class CertificateStore {

    private final Database database;
    private final SecretBox secrets;
    private final Ids ids;

    CertificateStore(Database database, SecretBox secrets, Ids ids) {
        this.database = database;
        this.secrets = secrets;
        this.ids = ids;
    }

    /** The certificate of a host. */
    record Stored(String id, HostName host, Domain.Certifier by, KeyedCertificate certificate) {}

    /**
     * The efforts to certify a host.
     *
     * @param failures how many in a row
     * @param problem why the last one failed
     * @param nextAt when the next one is due
     */
    record Order(HostName host, int failures, @Nullable String problem, Instant nextAt) {}

    Optional<Stored> find(HostName host) {
        return database.read()
                .sql("SELECT id, host, kind, chain, private_key FROM edge_certificates WHERE host = :host")
                .param("host", host.value())
                .query((row, n) -> stored(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .optional();
    }

    List<Stored> all() {
        return database.read()
                .sql("SELECT id, host, kind, chain, private_key FROM edge_certificates ORDER BY id")
                .query((row, n) -> stored(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .list();
    }

    /** Keeps a host's certificate in place of the one before. */
    void save(HostName host, Domain.Certifier by, KeyedCertificate certificate) {
        database.write()
                .sql("""
                        INSERT INTO edge_certificates
                            (id, host, kind, chain, private_key, not_before_at, not_after_at)
                        VALUES (:id, :host, :kind, :chain, :key, :from, :until)
                        ON CONFLICT (host) DO UPDATE SET
                            kind = excluded.kind, chain = excluded.chain, private_key = excluded.private_key,
                            not_before_at = excluded.not_before_at, not_after_at = excluded.not_after_at
                        """)
                .param("id", ids.next())
                .param("host", host.value())
                .param("kind", by.name())
                .param("chain", certificate.chainPem())
                .param("key", secrets.seal(certificate.keyPem(), owner("certificate", host.value())))
                .param("from", certificate.notBefore().toEpochMilli())
                .param("until", certificate.notAfter().toEpochMilli())
                .update();
    }

    void delete(HostName host) {
        for (String table : List.of("edge_certificates", "edge_orders", "edge_challenges")) {
            database.write()
                    .sql("DELETE FROM " + table + " WHERE host = :host")
                    .param("host", host.value())
                    .update();
        }
    }

    Optional<KeyedCertificate> authority(String name) {
        return database.read()
                .sql("SELECT chain, private_key FROM edge_authorities WHERE name = :name")
                .param("name", name)
                .query((row, n) -> KeyedCertificate.read(
                        row.getString(1), secrets.open(row.getString(2), owner("authority", name))))
                .optional();
    }

    /** Keeps an authority, unless there is one of this name already. */
    void keepAuthority(String name, KeyedCertificate certificate) {
        database.write()
                .sql("""
                        INSERT INTO edge_authorities (name, chain, private_key) VALUES (:name, :chain, :key)
                        ON CONFLICT (name) DO NOTHING
                        """)
                .param("name", name)
                .param("chain", certificate.chainPem())
                .param("key", secrets.seal(certificate.keyPem(), owner("authority", name)))
                .update();
    }

    Optional<Order> order(HostName host) {
        return database.read()
                .sql("SELECT failures, problem, next_at FROM edge_orders WHERE host = :host")
                .param("host", host.value())
                .query((row, n) ->
                        new Order(host, row.getInt(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .optional();
    }

    /** Takes a host's order for oneself until a deadline; false when it is not due or somebody else has it. */
    boolean claim(HostName host, Instant now, Duration duration) {
        database.write().sql("""
                        INSERT INTO edge_orders (host, failures, problem, next_at, claimed_until)
                        VALUES (:host, 0, NULL, 0, 0) ON CONFLICT (host) DO NOTHING
                        """).param("host", host.value()).update();
        return database.write()
                        .sql("""
                                UPDATE edge_orders SET claimed_until = :until
                                WHERE host = :host AND next_at <= :now AND claimed_until <= :now
                                """)
                        .param("until", now.plus(duration).toEpochMilli())
                        .param("now", now.toEpochMilli())
                        .param("host", host.value())
                        .update()
                == 1;
    }

    void succeeded(HostName host) {
        finish(host, 0, null, Instant.EPOCH);
    }

    void failed(HostName host, int failures, String problem, Instant nextAt) {
        finish(host, failures, problem, nextAt);
    }

    /** Gives back a claim on an order that was not carried out. */
    void release(HostName host) {
        database.write()
                .sql("UPDATE edge_orders SET claimed_until = 0 WHERE host = :host")
                .param("host", host.value())
                .update();
    }

    /** Makes a host's order due now. */
    void hurry(HostName host) {
        database.write()
                .sql("UPDATE edge_orders SET next_at = 0 WHERE host = :host")
                .param("host", host.value())
                .update();
    }

    private void finish(HostName host, int failures, @Nullable String problem, Instant nextAt) {
        database.write()
                .sql("""
                        UPDATE edge_orders SET failures = :failures, problem = :problem, next_at = :next,
                            claimed_until = 0
                        WHERE host = :host
                        """)
                .param("failures", failures)
                .param("problem", problem)
                .param("next", nextAt.toEpochMilli())
                .param("host", host.value())
                .update();
    }

    void challenge(String token, HostName host, String authorization, Instant now) {
        database.write()
                .sql("""
                        INSERT INTO edge_challenges (token, host, authorization_text, created_at)
                        VALUES (:token, :host, :authorization, :now) ON CONFLICT (token) DO NOTHING
                        """)
                .param("token", token)
                .param("host", host.value())
                .param("authorization", authorization)
                .param("now", now.toEpochMilli())
                .update();
    }

    void endChallenges(HostName host) {
        database.write()
                .sql("DELETE FROM edge_challenges WHERE host = :host")
                .param("host", host.value())
                .update();
    }

    /** Key authorization by token. */
    Map<String, String> challenges() {
        Map<String, String> challenges = new HashMap<>();
        database.read()
                .sql("SELECT token, authorization_text FROM edge_challenges")
                .query(row -> {
                    challenges.put(row.getString(1), row.getString(2));
                });
        return challenges;
    }

    Optional<Secret> accountKey(String directory) {
        return database.read()
                .sql("SELECT private_key FROM edge_acme_accounts WHERE directory = :directory")
                .param("directory", directory)
                .query((row, n) -> secrets.open(row.getString(1), owner("acme", directory)))
                .optional();
    }

    /** Keeps an account's key, unless there is one already. */
    void keepAccountKey(String directory, Secret key) {
        database.write()
                .sql("""
                        INSERT INTO edge_acme_accounts (directory, private_key) VALUES (:directory, :key)
                        ON CONFLICT (directory) DO NOTHING
                        """)
                .param("directory", directory)
                .param("key", secrets.seal(key, owner("acme", directory)))
                .update();
    }

    private Stored stored(String id, String host, String kind, String chain, String key) {
        return new Stored(
                id,
                HostName.of(host),
                Domain.Certifier.valueOf(kind),
                KeyedCertificate.read(chain, secrets.open(key, owner("certificate", host))));
    }

    private static String owner(String kind, String name) {
        return kind + "/" + name + "/key";
    }
}
