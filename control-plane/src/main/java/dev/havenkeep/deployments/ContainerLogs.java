package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.LogLine;
import dev.havenkeep.engine.LogOptions;
import dev.havenkeep.engine.LogStream;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Execution;
import dev.havenkeep.web.EventStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Follows what the containers of an application print, all replicas together, going over to those of the next
 * deployment as they come. Each container has a follower of its own; a slow reader slows all of them down, and the
 * engine keeps what they have not read.
 */
@Component
class ContainerLogs {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLogs.class);
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final Engines engines;
    private final Replicas replicas;
    private final InstantSource clock;
    private final Map<Semaphore, ApplicationId> waiting = new ConcurrentHashMap<>();

    ContainerLogs(Engines engines, Replicas replicas, InstantSource clock) {
        this.engines = engines;
        this.replicas = replicas;
        this.clock = clock;
    }

    /**
     * Where to begin in containers that are there already.
     *
     * @param tail how many of the last lines of each
     * @param since only what was printed then or later
     * @param positions how far an earlier stream came
     */
    record Start(int tail, @Nullable Instant since, LogPositions positions) {}

    /**
     * A line as the stream carries it.
     *
     * @param at when it was printed
     * @param container the name of the container that printed it
     * @param stream {@code stdout} or {@code stderr}
     * @param text the line, without its end
     * @param continued whether the next event goes on with the same line, which is too long for one
     */
    record ContainerLogLine(Instant at, String container, String stream, String text, boolean continued) {}

    /** A deployment that goes on may have made new containers: streams need not wait until they look again. */
    @EventListener
    void deploymentChanged(DeploymentChanged change) {
        waiting.forEach((signal, application) -> {
            if (application.equals(change.application())) {
                signal.release();
            }
        });
    }

    /** Sends lines until the stream ends. */
    void follow(Application application, Start start, EventStream.Feed feed) throws InterruptedException {
        Semaphore signal = new Semaphore(0);
        waiting.put(signal, application.id());
        Following following = new Following(application, start, feed);
        try {
            boolean first = true;
            while (true) {
                following.look(first);
                first = false;
                if (signal.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            }
        } finally {
            waiting.remove(signal);
            following.close();
        }
    }

    /** Takes a log out of those that are open. */
    @FunctionalInterface
    private interface Entered extends AutoCloseable {
        @Override
        void close();
    }

    /** One stream at work. */
    private final class Following {

        private final Application application;
        private final Start start;
        private final EventStream.Feed feed;
        private final Set<String> known = ConcurrentHashMap.newKeySet();
        private final Set<String> reading = ConcurrentHashMap.newKeySet();
        private final Set<LogStream> open = ConcurrentHashMap.newKeySet();
        private volatile boolean closed;

        Following(Application application, Start start, EventStream.Feed feed) {
            this.application = application;
            this.start = start;
            this.feed = feed;
        }

        void look(boolean first) throws InterruptedException {
            Docker docker = engines.of(application.configuration().server());
            Set<String> there = new HashSet<>();
            try {
                for (ContainerSummary container : replicas.of(docker, application.id())) {
                    String id = container.id().value();
                    there.add(id);
                    // A log ends with its container, which may be started again.
                    boolean wanted = known.add(id) || container.running();
                    if (wanted && reading.add(id)) {
                        follow(docker, container, first);
                    }
                }
                known.retainAll(there);
            } catch (ProblemException e) {
                if (first) {
                    throw e;
                }
                LOG.debug("The containers of {} cannot be listed now", application.id(), e);
            }
        }

        private void follow(Docker docker, ContainerSummary container, boolean first) {
            String id = container.id().value();
            LogPositions.Position position;
            LogOptions options;
            synchronized (start.positions()) {
                position = start.positions().of(id).orElse(null);
                if (position == null) {
                    start.positions().begin(id, first ? clock.instant() : container.createdAt());
                }
            }
            if (position != null) {
                options = new LogOptions(true, null, position.at());
            } else if (first) {
                options = new LogOptions(true, start.since() == null ? start.tail() : null, start.since());
            } else {
                options = new LogOptions(true, null, null);
            }
            Thread.ofVirtual().name("container-log").start(() -> {
                boolean whole = read(docker, container, options, position);
                reading.remove(id);
                if (!whole) {
                    known.remove(id);
                }
            });
        }

        /** Sends what a container prints until that ends; false when the connection was lost before. */
        private boolean read(
                Docker docker,
                ContainerSummary container,
                LogOptions options,
                LogPositions.@Nullable Position position) {
            try (LogStream log = docker.containers().logs(container.id(), options);
                    Entered entered = enter(log)) {
                int atPosition = 0;
                LogLine line;
                while ((line = log.next()) != null) {
                    if (position != null && position.covers(line.at(), atPosition)) {
                        atPosition += line.at().equals(position.at()) ? 1 : 0;
                        continue;
                    }
                    send(container, line);
                }
                return true;
            } catch (ProblemException e) {
                LOG.debug("The log of {} cannot be read any more", container.name(), e);
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        /** So that the end of the stream ends the log, whichever comes first. */
        private Entered enter(LogStream log) {
            open.add(log);
            if (closed) {
                log.close();
            }
            return () -> open.remove(log);
        }

        private void send(ContainerSummary container, LogLine line) throws InterruptedException {
            ContainerLogLine event = new ContainerLogLine(
                    line.at(),
                    container.name().value(),
                    line.channel() == Execution.Channel.OUT ? "stdout" : "stderr",
                    line.text(),
                    line.continued());
            synchronized (start.positions()) {
                start.positions().give(container.id().value(), line.at());
                feed.send(new EventStream.Event(start.positions().toString(), "log", event));
            }
        }

        void close() {
            closed = true;
            open.forEach(LogStream::close);
        }
    }
}
