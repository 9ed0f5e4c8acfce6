package dev.havenkeep.provider;

import dev.havenkeep.connections.PendingAuthorization;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import dev.havenkeep.realms.RealmDatabase;
import dev.havenkeep.realms.RealmIdentities;
import dev.havenkeep.realms.Realms;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/**
 * Sign-ins at upstream providers that have not come back: kept sealed under their state, for the browser that began
 * them, and taken out once. Beside them what came back and waits until the person has proved that an account is theirs.
 */
@Component
class UpstreamRequests {

    private static final TypeReference<Map<String, List<String>>> FORM = new TypeReference<>() {};

    private final Realms realms;
    private final SecretBox box;
    private final Json json;
    private final InstantSource clock;

    UpstreamRequests(Realms realms, SecretBox box, Json json, InstantSource clock) {
        this.realms = realms;
        this.box = box;
        this.json = json;
        this.clock = clock;
    }

    private record Document(String interaction, String pending) {}

    /**
     * What came back to.
     *
     * @param interaction the id of the sign-in that it is part of
     * @param form what the provider posted; null when it answered by a redirect
     */
    record Taken(
            String interaction,
            PendingAuthorization pending,
            @Nullable Map<String, List<String>> form) {}

    /**
     * An identity that is to be linked to an account.
     *
     * @param account the user's id
     * @param label the provider's name for people
     */
    record Offered(String account, String label, RealmIdentities.Key key, RealmIdentities.Told told) {}

    /** Keeps what is pending. */
    void keep(RealmContext context, Interaction interaction, PendingAuthorization pending) {
        RealmDatabase database = realms.database(context.id());
        String hash = RandomText.hash(pending.guards().state());
        database.write("DELETE FROM {realm}.upstream_requests WHERE expires_at < :now")
                .param("now", clock.millis())
                .update();
        database.write("""
                        INSERT INTO {realm}.upstream_requests (state_hash, browser_hash, sealed, expires_at)
                        VALUES (:state, :browser, :sealed, :expires)""")
                .param("state", hash)
                .param("browser", interaction.browserHash())
                .param(
                        "sealed",
                        box.seal(
                                Secret.of(json.write(new Document(interaction.id(), pending.toJson()))),
                                owner(context, hash, "pending")))
                .param(
                        "expires",
                        clock.instant().plus(PendingAuthorization.LIFETIME).toEpochMilli())
                .update();
    }

    /** Keeps what a provider posted, until the browser comes for it with its cookie; false when nothing waits for it. */
    boolean keepForm(RealmContext context, String state, Map<String, List<String>> form) {
        String hash = RandomText.hash(state);
        return realms.database(context.id())
                        .write("""
                        UPDATE {realm}.upstream_requests SET sealed_form = :form
                        WHERE state_hash = :state AND sealed_form IS NULL AND expires_at > :now""")
                        .param("form", box.seal(Secret.of(json.write(form)), owner(context, hash, "form")))
                        .param("state", hash)
                        .param("now", clock.millis())
                        .update()
                == 1;
    }

    /** Takes what is pending for its one use; only the browser that began it can. */
    Optional<Taken> take(RealmContext context, String state, String browser) {
        String hash = RandomText.hash(state);
        return realms.database(context.id())
                .write("""
                        DELETE FROM {realm}.upstream_requests
                        WHERE state_hash = :state AND browser_hash = :browser AND expires_at > :now
                        RETURNING sealed, sealed_form""")
                .param("state", hash)
                .param("browser", RandomText.hash(browser))
                .param("now", clock.millis())
                .query((row, _) -> {
                    Document document = json.read(
                            box.open(row.getString("sealed"), owner(context, hash, "pending"))
                                    .reveal(),
                            Document.class);
                    String form = row.getString("sealed_form");
                    return new Taken(
                            document.interaction(),
                            PendingAuthorization.fromJson(document.pending()),
                            form == null
                                    ? null
                                    : json.read(
                                            box.open(form, owner(context, hash, "form"))
                                                    .reveal(),
                                            FORM));
                })
                .optional();
    }

    /** Keeps an identity until the person has proved that the account is theirs; it replaces one before. */
    void offer(RealmContext context, Interaction interaction, Offered offered) {
        RealmDatabase database = realms.database(context.id());
        database.write("DELETE FROM {realm}.offered_identities WHERE expires_at < :now")
                .param("now", clock.millis())
                .update();
        database.write("""
                        INSERT INTO {realm}.offered_identities (interaction_hash, document, expires_at)
                        VALUES (:interaction, :document, :expires)
                        ON CONFLICT (interaction_hash) DO UPDATE
                        SET document = excluded.document, expires_at = excluded.expires_at""")
                .param("interaction", RandomText.hash(interaction.id()))
                .param("document", json.write(offered))
                .param("expires", interaction.expiresAt().toEpochMilli())
                .update();
    }

    /** The identity that waits in this sign-in. */
    Optional<Offered> offered(RealmContext context, Interaction interaction) {
        return realms.database(context.id())
                .read("""
                        SELECT document FROM {realm}.offered_identities
                        WHERE interaction_hash = :interaction AND expires_at > :now""")
                .param("interaction", RandomText.hash(interaction.id()))
                .param("now", clock.millis())
                .query(String.class)
                .optional()
                .map(document -> json.read(document, Offered.class));
    }

    /** Takes the identity that waits for its one use; false when somebody was faster. */
    boolean endOffer(RealmContext context, Interaction interaction) {
        return realms.database(context.id())
                        .write("DELETE FROM {realm}.offered_identities WHERE interaction_hash = :interaction")
                        .param("interaction", RandomText.hash(interaction.id()))
                        .update()
                == 1;
    }

    private static String owner(RealmContext context, String stateHash, String what) {
        return "realm/" + context.id() + "/upstream-request/" + stateHash + "/" + what;
    }
}
