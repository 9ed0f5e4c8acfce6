package dev.havenkeep.servers;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.SshKeys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The links to all servers: one per server, made when first asked for and kept. */
@Component
public class Links implements AutoCloseable {

    private final Function<ServerId, Link> opening;
    private final Map<ServerId, Link> links = new ConcurrentHashMap<>();

    @Autowired
    Links(ServerStore store, SecretBox secrets, EngineSocket engine, SshTransport ssh) {
        this(id -> {
            Server server = store.find(id)
                    .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such server.")));
            return switch (server.reach()) {
                case Server.Reach.Local() -> new LocalLink(server.name().value(), engine.socket());
                case Server.Reach.Ssh reach ->
                    new SshLink(
                            ssh,
                            target(server, reach, privateKey(store, secrets, id)),
                            key -> store.offerHostKey(id, key));
            };
        });
    }

    Links(Function<ServerId, Link> opening) {
        this.opening = opening;
    }

    /**
     * The link to a server. It connects when it is used, and again after a connection was lost.
     *
     * @throws ProblemException 404 when there is no such server
     */
    public Link of(ServerId id) {
        return links.computeIfAbsent(id, opening);
    }

    /** Ends the link to a server that was changed or removed; the next one is made from its record. */
    void forget(ServerId id) {
        close(links.remove(id));
    }

    @Override
    public void close() {
        links.keySet().forEach(this::forget);
    }

    private static void close(@org.jspecify.annotations.Nullable Link link) {
        if (link instanceof SshLink ssh) {
            ssh.close();
        }
    }

    private static SshTransport.Target target(Server server, Server.Reach.Ssh reach, Secret privateKey) {
        return new SshTransport.Target(
                server.name().value(),
                reach.host(),
                reach.port(),
                reach.user(),
                SshKeys.parse(privateKey),
                reach.hostKey());
    }

    private static Secret privateKey(ServerStore store, SecretBox secrets, ServerId id) {
        String sealed = store.sealedPrivateKey(id)
                .orElseThrow(() -> new IllegalStateException("The server " + id + " has no private key"));
        return secrets.open(sealed, Servers.keyOwner(id));
    }
}
