package dev.havenkeep.provider;

import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.RealmEvents;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.stereotype.Component;

/** Writes down what happens at the realm's door, in the words of the protocol. */
@Component
class AuthEvents {

    private final RealmEvents events;
    private final RegisteredClients clients;

    AuthEvents(RealmEvents events, RegisteredClients clients) {
        this.events = events;
        this.clients = clients;
    }

    /** Something that came about. */
    void success(RealmContext context, String kind, @Nullable UserId user, @Nullable String clientId) {
        note(context, RealmEvents.Note.success(kind, user, clientId));
    }

    /** Something that did not, and why. */
    void failure(RealmContext context, String kind, String reason, @Nullable UserId user, @Nullable String clientId) {
        note(context, RealmEvents.Note.failure(kind, reason, user, clientId));
    }

    void note(RealmContext context, RealmEvents.Note note) {
        events.note(context.id(), context.visit(), note);
    }

    /** A code or refresh token came a second time, and the grant was ended for it. */
    void stolen(RealmContext context, Grant grant, String because) {
        note(
                context,
                RealmEvents.Note.failure(
                                "grant.replayed",
                                because,
                                new UserId(grant.facts().user()),
                                grant.request().clientId())
                        .with(Map.of("grant", grant.id())));
    }

    /** A grant was ended by its client. */
    void grantRevoked(RealmContext context, OAuth2Authorization authorization) {
        var client = clients.findById(authorization.getRegisteredClientId());
        note(
                context,
                RealmEvents.Note.success("grant.revoked", null, client == null ? null : client.getClientId())
                        .with(Map.of("grant", authorization.getId())));
    }
}
