package dev.havenkeep.api;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The table of idempotency keys. */
@Repository
class IdempotencyStore {

    /** How long a key is good for. */
    static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final SecretBox box;
    private final Json json;

    IdempotencyStore(Database database, SecretBox box, Json json) {
        this.database = database;
        this.box = box;
        this.json = json;
    }

    /**
     * An answer as it was given.
     *
     * @param headers those that belong to the answer itself and not to the connection
     * @param body in Base64; absent when it was too large to keep
     */
    record Answer(
            int status,
            Map<String, List<String>> headers,
            @Nullable String body) {}

    /**
     * A key that was used.
     *
     * @param answer absent while the request is still at work
     */
    record Used(String requestHash, @Nullable Answer answer) {}

    /** Takes the key for a request that begins now; answers what it was used for, if it is taken. */
    Optional<Used> take(String id, String requestHash, String process, Instant now) {
        return database.transaction(() -> {
            database.write()
                    .sql("DELETE FROM idempotency_keys WHERE id = :id AND created_at <= :old")
                    .param("id", id)
                    .param("old", now.minus(KEPT).toEpochMilli())
                    .update();
            int taken = database.write()
                    .sql("""
                            INSERT INTO idempotency_keys (id, request_hash, process, created_at)
                            VALUES (:id, :hash, :process, :now) ON CONFLICT (id) DO NOTHING""")
                    .param("id", id)
                    .param("hash", requestHash)
                    .param("process", process)
                    .param("now", now.toEpochMilli())
                    .update();
            return taken == 1 ? Optional.<Used>empty() : Optional.of(find(id));
        });
    }

    /** Keeps the answer of the request that took the key. */
    void keep(String id, Answer answer) {
        database.write()
                .sql("UPDATE idempotency_keys SET answer = :answer WHERE id = :id")
                .param("id", id)
                .param("answer", box.seal(Secret.of(json.write(answer)), owner(id)))
                .update();
    }

    /** Gives the key back: the request that took it changed nothing. */
    void release(String id) {
        database.write()
                .sql("DELETE FROM idempotency_keys WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Gives back the keys that a process took whose end interrupted the requests. */
    int releaseUnanswered(String process) {
        return database.write()
                .sql("DELETE FROM idempotency_keys WHERE process = :process AND answer IS NULL")
                .param("process", process)
                .update();
    }

    /** Forgets keys that are no longer good. */
    int deleteOld(Instant now) {
        return database.write()
                .sql("DELETE FROM idempotency_keys WHERE created_at <= :old")
                .param("old", now.minus(KEPT).toEpochMilli())
                .update();
    }

    private Used find(String id) {
        return database.write()
                .sql("SELECT request_hash, answer FROM idempotency_keys WHERE id = :id")
                .param("id", id)
                .query((row, number) -> {
                    String sealed = row.getString("answer");
                    return new Used(
                            row.getString("request_hash"),
                            sealed == null
                                    ? null
                                    : json.read(box.open(sealed, owner(id)).reveal(), Answer.class));
                })
                .single();
    }

    private static String owner(String id) {
        return "idempotency/" + id + "/answer";
    }
}
