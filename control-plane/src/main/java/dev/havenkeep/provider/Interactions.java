package dev.havenkeep.provider;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.realms.RealmDatabase;
import dev.havenkeep.realms.Realms;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sign-ins under way. Each belongs to one browser, is over after an hour, and ends once. */
@Component
class Interactions {

    /** How long somebody may take, a mail that is slow to come included. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Realms realms;
    private final Json json;
    private final InstantSource clock;

    Interactions(Realms realms, Json json, InstantSource clock) {
        this.realms = realms;
        this.json = json;
        this.clock = clock;
    }

    Interaction begin(RealmContext context, String browser, Errand errand, Interaction.Progress progress) {
        Interaction begun = new Interaction(
                RandomText.next(),
                RandomText.hash(browser),
                errand,
                progress,
                1,
                clock.instant().plus(LIFETIME));
        database(context)
                .write("""
                        INSERT INTO {realm}.interactions (id_hash, browser_hash, errand, progress, version, expires_at)
                        VALUES (:id, :browser, :errand, :progress, 1, :expires)""")
                .param("id", RandomText.hash(begun.id()))
                .param("browser", begun.browserHash())
                .param("errand", json.write(errand))
                .param("progress", json.write(progress))
                .param("expires", begun.expiresAt().toEpochMilli())
                .update();
        return begun;
    }

    /** The sign-in with this id, if it is this browser's and not over. */
    Optional<Interaction> find(RealmContext context, String id, String browser) {
        Instant now = clock.instant();
        return database(context)
                .read("""
                        SELECT browser_hash, errand, progress, version, expires_at FROM {realm}.interactions
                        WHERE id_hash = :id""")
                .param("id", RandomText.hash(id))
                .query((row, _) -> new Interaction(
                        id,
                        row.getString("browser_hash"),
                        json.read(row.getString("errand"), Errand.class),
                        json.read(row.getString("progress"), Interaction.Progress.class),
                        row.getLong("version"),
                        Instant.ofEpochMilli(row.getLong("expires_at"))))
                .optional()
                .filter(found -> now.isBefore(found.expiresAt()))
                .filter(found -> equal(found.browserHash(), RandomText.hash(browser)));
    }

    /** Keeps what has been done; empty when another post of the same page was faster. */
    Optional<Interaction> advance(RealmContext context, Interaction before, Interaction.Progress progress) {
        boolean first = database(context)
                        .write("""
                                UPDATE {realm}.interactions SET progress = :progress, version = version + 1
                                WHERE id_hash = :id AND version = :version""")
                        .param("progress", json.write(progress))
                        .param("id", RandomText.hash(before.id()))
                        .param("version", before.version())
                        .update()
                == 1;
        return first
                ? Optional.of(new Interaction(
                        before.id(),
                        before.browserHash(),
                        before.errand(),
                        progress,
                        before.version() + 1,
                        before.expiresAt()))
                : Optional.empty();
    }

    /** Ends it; false when it has ended before. */
    boolean end(RealmContext context, Interaction interaction) {
        return database(context)
                        .write("DELETE FROM {realm}.interactions WHERE id_hash = :id")
                        .param("id", RandomText.hash(interaction.id()))
                        .update()
                == 1;
    }

    private RealmDatabase database(RealmContext context) {
        return realms.database(context.id());
    }

    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
