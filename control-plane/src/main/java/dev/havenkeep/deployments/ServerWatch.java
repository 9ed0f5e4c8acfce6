package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.Installation;
import dev.havenkeep.engine.Labels;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Server;
import dev.havenkeep.servers.Servers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks after each server now and then: how many containers of each application run, and whether there is something that
 * nothing accounts for. One call to the engine each time; a server that does not answer keeps no other one waiting.
 */
@Component
class ServerWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    private static final long PAUSE_MILLIS = 10_000;
    /** Every how many looks the server is swept; the first one is at the start. */
    private static final int SWEEP_EVERY = 6;

    private final Servers servers;
    private final Applications applications;
    private final Engines engines;
    private final Statuses statuses;
    private final OrphanSweep sweep;
    private final Installation installation;
    private final Set<ServerId> busy = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread thread;

    ServerWatch(
            Servers servers,
            Applications applications,
            Engines engines,
            Statuses statuses,
            OrphanSweep sweep,
            Installation installation) {
        this.servers = servers;
        this.applications = applications;
        this.engines = engines;
        this.statuses = statuses;
        this.sweep = sweep;
        this.installation = installation;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("server-watch").start(this::run);
    }

    private void run() {
        try {
            for (int round = 0; !Thread.currentThread().isInterrupted(); round++) {
                boolean sweeping = round % SWEEP_EVERY == 0;
                for (Server server : servers.all()) {
                    if (busy.add(server.id())) {
                        Thread.ofVirtual().name("server-look").start(() -> look(server.id(), sweeping));
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at one server once. */
    void look(ServerId server, boolean sweeping) {
        try (Caller.Bound bound = Caller.bind(Caller.system("server-watch"))) {
            List<Application> here = applications.on(server);
            if (!here.isEmpty() || sweeping) {
                Map<String, List<ContainerSummary>> containers = engines
                        .of(server)
                        .containers()
                        .list(Map.of(Labels.INSTALLATION, installation.id(), Labels.ROLE, Labels.Role.APP.text()))
                        .stream()
                        .collect(Collectors.groupingBy(container -> container.label(Labels.APPLICATION)));
                here.forEach(application -> statuses.refresh(
                        application, containers.getOrDefault(application.id().value(), List.of())));
            }
            if (sweeping) {
                sweep.sweep(server);
            }
        } catch (RuntimeException e) {
            LOG.debug("The server {} cannot be looked at now", server, e);
        } finally {
            busy.remove(server);
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
