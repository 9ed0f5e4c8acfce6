package dev.havenkeep.edge;

import dev.havenkeep.edge.EdgeStore.Placed;
import dev.havenkeep.edge.EdgeStore.Stage;
import dev.havenkeep.edge.haproxy.EdgeProblems;
import dev.havenkeep.edge.haproxy.HaproxyConfiguration;
import dev.havenkeep.edge.haproxy.HaproxyRuntime;
import dev.havenkeep.edge.haproxy.ProbeRequest;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ServerId;
import java.net.IDN;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What deployments ask of the edge of a server: send requests to these containers from now on, and tell me when the
 * others are done. Everything is written down before it is done, and every method may be called again after a crash:
 * it then completes what was begun. Different applications may use it at the same time.
 */
@Service
public class Edge {

    private static final Duration PROBE = Duration.ofSeconds(10);
    private static final Duration UP = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Edges edges;
    private final EdgeReconciler reconciler;
    private final EdgeStore store;
    private final DomainStore domains;
    private final Database database;

    Edge(Edges edges, EdgeReconciler reconciler, EdgeStore store, DomainStore domains, Database database) {
        this.edges = edges;
        this.reconciler = reconciler;
        this.store = store;
        this.domains = domains;
        this.database = database;
    }

    /**
     * Makes sure that a server's edge exists, runs with what it should and answers.
     *
     * @throws ProblemException when it cannot be made so
     */
    public void ensure(ServerId server) {
        ServerEdge edge = edges.of(server);
        if (edge.outcome().map(ServerEdge.Outcome::problem).isEmpty()
                && edge.outcome().isPresent()) {
            // It was as it should be a moment ago, and is looked at every few seconds.
            if (edge.runtime().fingerprint().isPresent()) {
                return;
            }
        }
        edge.restore();
    }

    /**
     * Joins the edge of a server to a network, where its public names lead to it from shortly after on. The network has
     * to exist.
     */
    public void attach(ServerId server, String networkName) {
        if (store.networks(server).contains(networkName)
                && edges.of(server).container().runsIn(networkName)) {
            return;
        }
        store.attach(server, networkName);
        edges.of(server).restore();
        reconciler.wake(server);
    }

    /** Takes the edge of a server out of a network that is going to be removed. */
    public void detach(ServerId server, String networkName) {
        store.detach(server, networkName);
        edges.of(server).leave(networkName);
        edges.of(server).restore();
    }

    /** Makes an application known to the edge of its server, so that its domains have somewhere to lead. */
    public void declare(ApplicationId application, ServerId server, BackendOptions options) {
        if (store.serverOf(application).equals(Optional.of(server))
                && store.options(application).equals(Optional.of(options))) {
            return;
        }
        store.declare(application, server, options);
        edges.of(server).apply();
    }

    /**
     * Sends all new requests to these containers and to no others. The containers are added first, tried with real
     * requests through the edge, and then take over in one step; those before finish what they have: see {@link
     * #drain}.
     *
     * @throws ProblemException {@code upstream-unreachable} when one of them does not answer through the edge; then
     *     everything is as it was before
     */
    public void switchTo(ApplicationId application, List<Upstream> next) {
        ServerId server = server(application);
        Set<String> names = new HashSet<>();
        next.forEach(upstream -> names.add(upstream.containerName()));
        database.transaction(() -> {
            List<Placed> present = store.upstreams(application);
            for (Upstream upstream : next) {
                boolean active = present.contains(new Placed(upstream, Stage.ACTIVE));
                store.place(application, upstream, active ? Stage.ACTIVE : Stage.JOINING);
            }
        });
        edges.of(server).apply();
        try {
            next.forEach(upstream -> awaitAnswer(application, server, upstream));
        } catch (ProblemException e) {
            // The wait may have been interrupted, which must not keep this from being undone.
            boolean interrupted = Thread.interrupted();
            try {
                leaveOut(application, server);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            throw e;
        }
        database.transaction(() -> store.upstreams(application)
                .forEach(placed -> store.place(
                        application,
                        placed.upstream(),
                        names.contains(placed.upstream().containerName()) ? Stage.ACTIVE : Stage.DRAINING)));
        edges.of(server).apply();
    }

    /**
     * Waits until the containers that a switch replaced have no requests and no open streams any more, at most until
     * the deadline, and then removes them from the edge. Afterwards they can be stopped.
     */
    public void drain(ApplicationId application, Duration deadline) {
        ServerId server = server(application);
        long end = System.nanoTime() + deadline.toNanos();
        List<Upstream> leaving = store.upstreams(application).stream()
                .filter(placed -> placed.stage() == Stage.DRAINING)
                .map(Placed::upstream)
                .toList();
        if (leaving.isEmpty()) {
            return;
        }
        while (busy(server, application, leaving) && System.nanoTime() - end < 0) {
            pause();
        }
        database.transaction(
                () -> leaving.forEach(upstream -> store.removeUpstream(application, upstream.containerName())));
        edges.of(server).apply();
    }

    /** The containers that get the application's new requests. */
    public List<Upstream> active(ApplicationId application) {
        return store.upstreams(application).stream()
                .filter(placed -> placed.stage() == Stage.ACTIVE)
                .map(Placed::upstream)
                .toList();
    }

    /**
     * Sends a real request through the edge to the application, whether or not it has a domain.
     *
     * @param path the request target, for example {@code /health}
     */
    public Probe probe(ApplicationId application, String path) {
        return probe(server(application), application, path, null);
    }

    /** The hosts, each with its path prefix if it has one, that lead to an application. */
    public List<String> addresses(ApplicationId application) {
        return domains.list(application).stream()
                .map(domain -> IDN.toUnicode(domain.host().value())
                        + (domain.path().value().equals("/")
                                ? ""
                                : domain.path().value()))
                .toList();
    }

    /** Removes an application from its edge, with its containers; its domains then lead nowhere. */
    public void forget(ApplicationId application) {
        store.serverOf(application).ifPresent(server -> {
            store.forget(application);
            edges.of(server).apply();
        });
    }

    private Probe probe(ServerId server, ApplicationId application, String path, @Nullable String container) {
        long start = System.nanoTime();
        try {
            ProbeRequest.Head head = edges.probe(server).get(application.value(), path, container, PROBE);
            Duration latency = Duration.ofNanos(System.nanoTime() - start);
            return head.server()
                    .<Probe>map(name -> new Probe.Answered(head.status(), name, latency))
                    .orElseGet(() -> new Probe.Unanswered(
                            "the edge found no healthy container and answered " + head.status() + " by itself"));
        } catch (ProblemException e) {
            return new Probe.Unanswered(e.problem().detail());
        }
    }

    private void awaitAnswer(ApplicationId application, ServerId server, Upstream upstream) {
        String healthPath =
                store.options(application).orElse(BackendOptions.DEFAULT).healthPath();
        long end = System.nanoTime() + UP.toNanos();
        while (true) {
            Probe probe = probe(server, application, healthPath == null ? "/" : healthPath, upstream.containerName());
            String found = switch (probe) {
                case Probe.Answered answered
                when answered.container().equals(upstream.containerName())
                        && (healthPath == null || answered.status() / 100 == 2 || answered.status() / 100 == 3) -> {
                    yield "";
                }
                case Probe.Answered answered ->
                    answered.container().equals(upstream.containerName())
                            ? "it answered " + answered.status() + " to " + healthPath
                            : "no connection to " + upstream.address() + " port " + upstream.port();
                case Probe.Unanswered unanswered -> unanswered.reason();
            };
            if (found.isEmpty()) {
                return;
            }
            if (System.nanoTime() - end > 0) {
                throw EdgeProblems.unanswered(upstream.containerName(), found);
            }
            pause();
        }
    }

    private void leaveOut(ApplicationId application, ServerId server) {
        database.transaction(() -> store.upstreams(application).stream()
                .filter(placed -> placed.stage() == Stage.JOINING)
                .forEach(placed ->
                        store.removeUpstream(application, placed.upstream().containerName())));
        edges.of(server).apply();
    }

    private boolean busy(ServerId server, ApplicationId application, List<Upstream> leaving) {
        HaproxyRuntime runtime = edges.of(server).runtime();
        String backend = HaproxyConfiguration.backend(application.value());
        try {
            return leaving.stream().anyMatch(upstream -> runtime.sessions(backend, upstream.containerName()) > 0);
        } catch (ProblemException e) {
            // An edge that starts anew has no old requests, but may be out of reach only for now.
            return true;
        }
    }

    private ServerId server(ApplicationId application) {
        return store.serverOf(application)
                .orElseThrow(() -> new ProblemException(Problem.conflict(
                        "application-not-declared",
                        "The application has no place on an edge",
                        "The application was not made known to the edge of its server. Deploy it first.")));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EdgeProblems.unreachable("the wait for it was interrupted", e);
        }
    }
}
