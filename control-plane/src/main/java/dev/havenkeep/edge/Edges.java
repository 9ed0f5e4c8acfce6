package dev.havenkeep.edge;

import dev.havenkeep.edge.haproxy.HaproxyRuntime;
import dev.havenkeep.edge.haproxy.ProbeRequest;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.Installation;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Link;
import dev.havenkeep.servers.Links;
import dev.havenkeep.servers.Servers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The edges of all servers. */
@Component
class Edges implements DisposableBean {

    private final Servers servers;
    private final Links links;
    private final Engines engines;
    private final Installation installation;
    private final EdgeProperties properties;
    private final DesiredEdge.Reader reader;
    private final Map<ServerId, Known> edges = new ConcurrentHashMap<>();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("edge-deadlines").daemon().factory());

    /** An edge and the link it was made for, which is another one after the server's address was changed. */
    private record Known(Link link, ServerEdge edge) {}

    Edges(
            Servers servers,
            Links links,
            Engines engines,
            Installation installation,
            EdgeProperties properties,
            DesiredEdge.Reader reader) {
        this.servers = servers;
        this.links = links;
        this.engines = engines;
        this.installation = installation;
        this.properties = properties;
        this.reader = reader;
    }

    /** The edge of a server. */
    ServerEdge of(ServerId server) {
        Link link = links.of(server);
        return edges.compute(
                        server, (id, known) -> known != null && known.link().equals(link) ? known : make(id, link))
                .edge();
    }

    /** Requests that go through the edge of a server. */
    ProbeRequest probe(ServerId server) {
        return new ProbeRequest(of(server).folder().sockets(), deadlines);
    }

    @Override
    public void destroy() {
        deadlines.shutdownNow();
    }

    private Known make(ServerId server, Link link) {
        String path = properties.folder() + "/edge-" + installation.shortId();
        EdgeFolder folder = new EdgeFolder(link, path);
        Docker docker = engines.of(server);
        EdgeContainer container =
                new EdgeContainer(docker, properties, path, installation.id(), installation.shortId());
        ServerEdge edge = new ServerEdge(
                () -> servers.identify(server, docker.info().id()),
                () -> reader.read(server),
                folder,
                container,
                new HaproxyRuntime(folder.sockets(), deadlines),
                new PublicNames(
                        docker,
                        properties,
                        folder,
                        installation.id(),
                        installation.shortId(),
                        generation -> HaproxyRuntime.ofNames(folder.sockets(), generation, deadlines)));
        return new Known(link, edge);
    }
}
