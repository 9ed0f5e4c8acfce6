package dev.havenkeep.servers;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.SecretBox;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.SshKeys;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The servers of all teams. */
@Service
public class Servers {

    private final ServerStore store;
    private final SecretBox secrets;
    private final Links links;
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Servers(
            ServerStore store,
            SecretBox secrets,
            Links links,
            Database database,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.secrets = secrets;
        this.links = links;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /** The server with this id. */
    public Optional<Server> find(ServerId id) {
        return store.find(id);
    }

    /**
     * The server with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Server get(ServerId id) {
        return find(id).orElseThrow(() -> new ProblemException(Problem.notFound("There is no such server.")));
    }

    /** Every server of every team, for reconcilers. */
    public List<Server> all() {
        return store.all();
    }

    /** Makes the machine that the control plane runs on a server of the team, named {@code local}; once. */
    public Server createLocal(TeamId team) {
        ServerName name = new ServerName("local");
        return database.transaction(() -> store.findByName(team, name).orElseGet(() -> {
            Instant now = clock.instant();
            Server server = new Server(new ServerId(ids.next()), team, name, new Server.Reach.Local(), 1, now, now);
            store.insert(server, null);
            events.publishEvent(new Audited(
                    "server.created", Scope.of(team), "server", server.id().value(), name.value(), Map.of()));
            return server;
        }));
    }

    /** A team's servers, oldest first. */
    Page<Server> list(TeamId team, Paging paging) {
        return Page.of(store.list(team, paging), paging, server -> server.id().value());
    }

    /**
     * Adds a server that is reached over SSH with this key.
     *
     * @param hostKey the host key to pin; absent to take that of the first contact after a person confirmed it
     * @throws ProblemException 409 when the team has a server of this name
     */
    Server create(TeamId team, ServerName name, SshAddress address, KeyPair key, @Nullable String hostKey) {
        Instant now = clock.instant();
        ServerId id = new ServerId(ids.next());
        Server.Reach.Ssh ssh = new Server.Reach.Ssh(
                address.host(), address.port(), address.user(), SshKeys.publicText(key), hostKey, null);
        Server server = new Server(id, team, name, ssh, 1, now, now);
        return database.transaction(() -> {
            if (!store.insert(server, seal(id, key))) {
                throw taken(name);
            }
            events.publishEvent(new Audited(
                    "server.created",
                    Scope.of(team),
                    "server",
                    id.value(),
                    name.value(),
                    Map.of("host", address.host(), "port", address.port(), "user", address.user())));
            return server;
        });
    }

    /**
     * Changes a server; its link connects anew.
     *
     * @param key another private key to sign in with; absent to keep the one there is
     * @throws ProblemException 409 when the team has another server of this name, 412 when it was changed meanwhile
     */
    Server change(Server before, ServerName name, Server.Reach reach, @Nullable KeyPair key) {
        Server after = new Server(
                before.id(), before.team(), name, reach, before.version() + 1, before.createdAt(), clock.instant());
        Server changed = database.transaction(() -> {
            if (store.findByName(before.team(), name)
                    .filter(other -> !other.id().equals(before.id()))
                    .isPresent()) {
                throw taken(name);
            }
            if (!store.update(after)) {
                EntityTag.check(EntityTag.of(before.version()), before.version() + 1);
            }
            if (key != null) {
                store.setPrivateKey(before.id(), seal(before.id(), key));
            }
            events.publishEvent(new Audited(
                    "server.changed",
                    Scope.of(before.team()),
                    "server",
                    before.id().value(),
                    name.value(),
                    changes(before, after, key != null)));
            return after;
        });
        links.forget(before.id());
        return changed;
    }

    /**
     * Removes a server from its team; nothing on the machine is touched.
     *
     * @throws ProblemException 409 when it is the machine of the control plane, or something still runs on it
     */
    void delete(ServerId id) {
        Server server = get(id);
        if (server.reach() instanceof Server.Reach.Local) {
            throw new ProblemException(Problem.conflict(
                    "server-local",
                    "This server stays",
                    "It is the machine that the control plane runs on, which cannot be removed."));
        }
        database.transaction(() -> {
            events.publishEvent(new ServerDeleting(id));
            store.delete(id);
            events.publishEvent(new Audited(
                    "server.deleted",
                    Scope.of(server.team()),
                    "server",
                    id.value(),
                    server.name().value(),
                    Map.of()));
        });
        links.forget(id);
    }

    /**
     * Notes which engine answers on a server. Two servers on one machine would fight over its edge.
     *
     * @param engine the engine's id, as it says itself
     * @throws ProblemException 409 {@code already-a-server} when that of another server has this id
     */
    public void identify(ServerId id, String engine) {
        Server server = get(id);
        try {
            database.transaction(() -> {
                Optional<Server> known = store.findByEngine(engine);
                if (known.isEmpty()) {
                    store.setEngine(id, engine);
                } else if (!known.get().id().equals(id)) {
                    throw ServerProblems.known(server, known.get().team().equals(server.team()) ? known.get() : null);
                }
            });
        } catch (DuplicateKeyException e) {
            throw ServerProblems.known(server, null);
        }
    }

    private String seal(ServerId id, KeyPair key) {
        return secrets.seal(SshKeys.privateText(key), keyOwner(id));
    }

    /** What a server's sealed private key is bound to. */
    static String keyOwner(ServerId id) {
        return "server/" + id + "/private-key";
    }

    private static Map<String, Object> changes(Server before, Server after, boolean keyChanged) {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (!before.name().equals(after.name())) {
            changes.put("name", after.name().value());
        }
        if (before.reach() instanceof Server.Reach.Ssh from && after.reach() instanceof Server.Reach.Ssh to) {
            if (!from.host().equals(to.host())) {
                changes.put("host", to.host());
            }
            if (from.port() != to.port()) {
                changes.put("port", to.port());
            }
            if (!from.user().equals(to.user())) {
                changes.put("user", to.user());
            }
            if (!Objects.equals(from.hostKey(), to.hostKey())) {
                changes.put("hostKey", to.hostKey() == null ? "unpinned" : SshKeys.fingerprint(to.hostKey()));
            }
        }
        if (keyChanged) {
            changes.put("privateKey", "[secret]");
        }
        return changes;
    }

    private static ProblemException taken(ServerName name) {
        return new ProblemException(Problem.conflict(
                "name-taken",
                "The name is taken",
                "The team has a server named " + name + " already; choose another."));
    }
}
