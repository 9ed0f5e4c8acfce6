package dev.havenkeep.edge;

import dev.havenkeep.engine.EngineEvents;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.Installation;
import dev.havenkeep.engine.Labels;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Servers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps every edge what it should be: at intervals, when its engine tells that a container came or went, and when asked
 * to. One thread per server, so that a server that is not reachable keeps no other one waiting.
 */
@Component
class EdgeReconciler implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeReconciler.class);
    private static final Set<String> TELLING = Set.of("start", "die", "destroy", "restart", "unpause");

    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final Edges edges;
    private final EdgeStore store;
    private final Engines engines;
    private final Servers servers;
    private final Installation installation;
    private final EdgeProperties properties;
    private final Map<ServerId, Watch> watches = new ConcurrentHashMap<>();
    private volatile boolean running;
    private @Nullable Thread overseer;
    private final SynchronousQueue<Boolean> stop = new SynchronousQueue<>();

    EdgeReconciler(
            Edges edges,
            EdgeStore store,
            Engines engines,
            Servers servers,
            Installation installation,
            EdgeProperties properties) {
        this.edges = edges;
        this.store = store;
        this.engines = engines;
        this.servers = servers;
        this.installation = installation;
        this.properties = properties;
    }

    /** Makes the edge of a server be looked at now. */
    void wake(ServerId server) {
        if (running) {
            watches.computeIfAbsent(server, this::watch).wake();
        }
    }

    @Override
    public void start() {
        running = true;
        overseer = Thread.ofVirtual().name("edge-reconciler").start(this::oversee);
    }

    @Override
    public void stop() {
        running = false;
        Thread thread = overseer;
        if (thread != null) {
            thread.interrupt();
        }
        watches.values().forEach(Watch::end);
        watches.values().forEach(Watch::awaitEnd);
        watches.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Begins to watch over servers as they get something to serve. */
    private void oversee() {
        while (running) {
            try {
                store.servers().forEach(server -> watches.computeIfAbsent(server, this::watch));
                if (stop.poll(properties.reconcileEvery().toMillis(), TimeUnit.MILLISECONDS) != null) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("The list of edges could not be read", e);
            }
        }
    }

    private Watch watch(ServerId server) {
        return new Watch(server);
    }

    /** Looks after the edge of one server. */
    private final class Watch {
        private final ServerId server;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition woken = lock.newCondition();
        private boolean due;
        private boolean ended;
        private @Nullable String lastProblem;
        private volatile @Nullable EngineEvents events;
        private final Thread looking;
        private final Thread listening;

        Watch(ServerId server) {
            this.server = server;
            this.looking = Thread.ofVirtual().name("edge-" + server).start(this::look);
            this.listening = Thread.ofVirtual().name("edge-events-" + server).start(this::listen);
        }

        void wake() {
            lock.lock();
            try {
                due = true;
                woken.signal();
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                ended = true;
                woken.signal();
            } finally {
                lock.unlock();
            }
            EngineEvents open = events;
            if (open != null) {
                open.close();
            }
            looking.interrupt();
            listening.interrupt();
        }

        /** Whoever stops this may then remove the edge, which must not be made anew behind them. */
        void awaitEnd() {
            try {
                if (!looking.join(LAST_LOOK)) {
                    LOG.warn("The edge of server {} is still being looked at", server);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void look() {
            while (rested()) {
                try {
                    follow();
                    edges.of(server).restore();
                    edges.of(server).publishNames();
                    tell(null);
                } catch (RuntimeException e) {
                    if (servers.find(server).isEmpty()) {
                        watches.remove(server, this);
                        end();
                    } else {
                        tell(e);
                    }
                }
            }
        }

        /** Waits for the next time; false when there is none. */
        private boolean rested() {
            lock.lock();
            try {
                long left = properties.reconcileEvery().toNanos();
                while (!due && !ended && left > 0) {
                    left = woken.awaitNanos(left);
                }
                due = false;
                return !ended;
            } catch (InterruptedException e) {
                return false;
            } finally {
                lock.unlock();
            }
        }

        /** Containers that were started again may have other addresses. */
        private void follow() {
            Map<String, String> known = new HashMap<>(store.addresses(server));
            if (known.isEmpty()) {
                return;
            }
            Map<String, String> present = edges.of(server).container().addresses(store.networks(server));
            known.forEach((container, address) -> {
                String now = present.get(container);
                if (now != null && !now.equals(address)) {
                    LOG.info("{} moved from {} to {}", container, address, now);
                    store.move(container, now);
                }
            });
        }

        private void tell(@Nullable RuntimeException failure) {
            String problem = failure == null ? null : String.valueOf(failure.getMessage());
            if (!Objects.equals(problem, lastProblem) && !ended) {
                if (failure == null) {
                    LOG.info("The edge of server {} is as it should be", server);
                } else {
                    LOG.warn("The edge of server {} is not as it should be", server, failure);
                }
                lastProblem = problem;
            }
        }

        private void listen() {
            while (!ended) {
                try (EngineEvents open =
                        engines.of(server).events(Map.of(Labels.INSTALLATION, installation.id()), null)) {
                    events = open;
                    for (var event = open.next(); event != null && !ended; event = open.next()) {
                        if (event.type().equals("container") && TELLING.contains(event.action()) && concerns(event)) {
                            wake();
                        }
                    }
                } catch (RuntimeException e) {
                    LOG.debug("No news from the engine of server {}", server, e);
                }
                if (!paused()) {
                    return;
                }
            }
        }

        /** It is the edge's own, or one that it sends requests to: containers of a deployment come and go beside it. */
        private boolean concerns(EngineEvents.Event event) {
            return Labels.Role.EDGE.text().equals(event.attributes().get(Labels.ROLE))
                    || store.addresses(server).containsKey(event.attributes().getOrDefault("name", ""));
        }

        /** Waits before the next try to listen; false when there is none. */
        private boolean paused() {
            try {
                Thread.sleep(properties.reconcileEvery());
                return !ended;
            } catch (InterruptedException e) {
                return false;
            }
        }
    }
}
