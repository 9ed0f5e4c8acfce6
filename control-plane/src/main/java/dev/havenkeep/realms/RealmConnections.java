package dev.havenkeep.realms;

import dev.havenkeep.connections.ConnectionSettings;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The upstream providers that the people of realms may sign in with, their secrets sealed. */
@Service
public class RealmConnections {

    private final Realms realms;
    private final ConnectionStore store;
    private final Ids ids;
    private final InstantSource clock;

    RealmConnections(Realms realms, ConnectionStore store, Ids ids, InstantSource clock) {
        this.realms = realms;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The connection with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Connection get(RealmId realm, ConnectionId id) {
        return store.find(realms.database(realm), id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no connection with this id.")));
    }

    /** The connection with this name, if there is one that can be used. */
    public Optional<Connection> enabled(RealmId realm, String name) {
        return store.named(realms.database(realm), name)
                .filter(connection -> connection.offer().enabled());
    }

    /** The connections that can be used, oldest first. */
    public List<Connection> enabled(RealmId realm) {
        return store.enabled(realms.database(realm));
    }

    /** One page of a realm's connections, oldest first. */
    public Page<Connection> list(RealmId realm, Paging paging) {
        return Page.of(
                store.list(realms.database(realm), paging.after(), paging.rows()),
                paging,
                connection -> connection.id().value());
    }

    /**
     * Makes a connection.
     *
     * @throws ProblemException 409 when another has this name
     */
    public Connection create(RealmId realm, ConnectionName name, Connection.Offer offer, ConnectionSettings settings) {
        Instant now = now();
        Connection connection = new Connection(new ConnectionId(ids.next()), name, offer, settings, 1, now, now);
        if (!store.insert(realms.database(realm), connection)) {
            throw new ProblemException(Problem.conflict(
                    "connection-exists",
                    "There is such a connection already",
                    "Another connection of this realm has this name already."));
        }
        return connection;
    }

    /**
     * Replaces what a connection is.
     *
     * @throws ProblemException 412 when somebody else changed it since it was read
     */
    public Connection change(RealmId realm, Connection before, Connection.Offer offer, ConnectionSettings settings) {
        Connection after = new Connection(
                before.id(), before.name(), offer, settings, before.version() + 1, before.createdAt(), now());
        if (!store.update(realms.database(realm), after)) {
            throw new ProblemException(Problem.of(
                    412,
                    "precondition-failed",
                    "It has changed in the meantime",
                    "Somebody changed this connection since you read it. Read it again and repeat your change."));
        }
        return after;
    }

    /** Deletes the connection. Who signed in with it keeps their account, and is found again by one of the same name and provider. */
    public void delete(RealmId realm, ConnectionId id) {
        store.delete(realms.database(realm), id);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
