package dev.havenkeep.realms;

import dev.havenkeep.kernel.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who the users of a realm are at upstream providers. An identity belongs to one user, and never to another without being unlinked. */
@Service
public class RealmIdentities {

    private final Realms realms;
    private final InstantSource clock;

    RealmIdentities(Realms realms, InstantSource clock) {
        this.realms = realms;
        this.clock = clock;
    }

    /**
     * What an identity is found by.
     *
     * @param connection the connection's name
     * @param provider who vouches: the issuer, or the site of a provider that has none
     * @param subject the provider's own key of the person
     */
    public record Key(String connection, String provider, String subject) {}

    /**
     * What the provider told of the person last.
     *
     * @param email an address, whether it is proven or not
     */
    public record Told(@Nullable String email, @Nullable String name) {}

    /** An identity that is linked to a user. */
    public record Linked(Key key, Told told, Instant linkedAt) {}

    /** The user that the identity is linked to. */
    public Optional<UserId> find(RealmId realm, Key key) {
        return realms.database(realm)
                .read("""
                        SELECT user_id FROM {realm}.identities
                        WHERE connection = :connection AND provider = :provider AND subject = :subject""")
                .param("connection", key.connection())
                .param("provider", key.provider())
                .param("subject", key.subject())
                .query((row, _) -> new UserId(row.getString("user_id")))
                .optional();
    }

    /** The identities of a user, oldest first. */
    public List<Linked> of(RealmId realm, UserId user) {
        return realms.database(realm)
                .read("SELECT * FROM {realm}.identities WHERE user_id = :user ORDER BY linked_at, connection, subject")
                .param("user", user.value())
                .query((row, _) -> new Linked(
                        new Key(row.getString("connection"), row.getString("provider"), row.getString("subject")),
                        new Told(row.getString("email"), row.getString("name")),
                        Instant.ofEpochMilli(row.getLong("linked_at"))))
                .list();
    }

    /** Links an identity to a user; false when it is linked already, to whomever. */
    public boolean link(RealmId realm, UserId user, Key key, Told told) {
        return realms.database(realm)
                        .write("""
                        INSERT INTO {realm}.identities (connection, provider, subject, user_id, email, name, linked_at)
                        VALUES (:connection, :provider, :subject, :user, :email, :name, :now)
                        ON CONFLICT (connection, provider, subject) DO NOTHING""")
                        .param("connection", key.connection())
                        .param("provider", key.provider())
                        .param("subject", key.subject())
                        .param("user", user.value())
                        .param("email", told.email())
                        .param("name", told.name())
                        .param("now", clock.millis())
                        .update()
                == 1;
    }

    /** Notes a sign-in and what the provider tells now; a name that it does not repeat stays. */
    public void signedIn(RealmId realm, Key key, Told told) {
        realms.database(realm)
                .write("""
                        UPDATE {realm}.identities
                        SET email = :email, name = coalesce(:name, name), last_sign_in_at = :now
                        WHERE connection = :connection AND provider = :provider AND subject = :subject""")
                .param("connection", key.connection())
                .param("provider", key.provider())
                .param("subject", key.subject())
                .param("email", told.email())
                .param("name", told.name())
                .param("now", clock.millis())
                .update();
    }
}
