package dev.havenkeep.engine;

import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Link;
import dev.havenkeep.servers.Links;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The engines of all servers. */
@Component
public class Engines implements AutoCloseable {

    private final Links links;
    private final Deadlines deadlines = new Deadlines();
    private final Map<ServerId, Known> clients = new ConcurrentHashMap<>();

    /** A client and the link it was made for, which is another one after the server's address was changed. */
    private record Known(Link link, Docker docker) {}

    public Engines(Links links) {
        this.links = links;
    }

    /**
     * The client of a server's engine. It connects when it is used.
     *
     * @throws dev.havenkeep.kernel.ProblemException 404 when there is no such server
     */
    public Docker of(ServerId server) {
        Link link = links.of(server);
        return clients.compute(server, (id, known) -> {
                    if (known != null && known.link().equals(link)) {
                        return known;
                    }
                    if (known != null) {
                        known.docker().closeIdle();
                    }
                    return new Known(link, new Docker(link, deadlines));
                })
                .docker();
    }

    @Override
    public void close() {
        clients.values().forEach(known -> known.docker().closeIdle());
        deadlines.close();
    }
}
