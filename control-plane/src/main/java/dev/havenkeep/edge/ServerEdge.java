package dev.havenkeep.edge;

import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.haproxy.EdgeProblems;
import dev.havenkeep.edge.haproxy.HaproxyConfiguration;
import dev.havenkeep.edge.haproxy.HaproxyRuntime;
import dev.havenkeep.edge.haproxy.HaproxyRuntime.RunningServer;
import dev.havenkeep.edge.haproxy.Layout;
import dev.havenkeep.edge.routing.Backend;
import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.EdgeState.ServedCertificate;
import dev.havenkeep.kernel.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the edge of one server what it should be, step by step, each of them only where it differs: its files, its
 * container, the configuration it runs with, its networks, the servers behind each application, certificates and
 * challenges. Every way of changing an edge is to write down what is wanted and to come here.
 */
final class ServerEdge {

    private static final Logger LOG = LoggerFactory.getLogger(ServerEdge.class);
    private static final Duration START = Duration.ofSeconds(5);
    /** How long an edge that runs may be silent, as it is while it starts. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Runnable identify;
    private final Supplier<DesiredEdge> desired;
    private final EdgeFolder folder;
    private final EdgeContainer container;
    private final HaproxyRuntime runtime;
    private final PublicNames names;

    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock publishing = new ReentrantLock();
    private final AtomicLong asked = new AtomicLong();
    /** The serial number that HAProxy was seen to answer with, by certificate: it reads the same from its files. */
    private final Map<String, String> confirmed = new HashMap<>();
    /** The hash of each file as it was last seen or written, by path; each restoration looks anew. */
    private final Map<String, String> kept = new HashMap<>();

    private boolean identified;
    private long done;
    private volatile @Nullable Outcome outcome;

    /**
     * How the last attempt came out.
     *
     * @param problem why it failed; absent when the edge is what it should be
     * @param domains the version of each domain that is in effect, by id
     */
    record Outcome(@Nullable String problem, Map<DomainId, Long> domains) {}

    /**
     * Makes it.
     *
     * @param identify makes sure that no other server has this machine, and its edge, already
     */
    ServerEdge(
            Runnable identify,
            Supplier<DesiredEdge> desired,
            EdgeFolder folder,
            EdgeContainer container,
            HaproxyRuntime runtime,
            PublicNames names) {
        this.identify = identify;
        this.desired = desired;
        this.folder = folder;
        this.container = container;
        this.runtime = runtime;
        this.names = names;
    }

    HaproxyRuntime runtime() {
        return runtime;
    }

    EdgeContainer container() {
        return container;
    }

    EdgeFolder folder() {
        return folder;
    }

    /** How the last attempt came out; empty before the first. */
    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Makes the edge what it should be, whatever happened to it. */
    void restore() {
        converge(true);
    }

    /** Makes the edge's public names known on its server; takes longer than a deployment should wait. */
    void publishNames() {
        publishing.lock();
        try {
            DesiredEdge edge = desired.get();
            names.publish(edge.names(), edge.networks());
        } finally {
            publishing.unlock();
        }
    }

    /** Takes the edge out of a network that it no longer serves, after whoever is just joining it there. */
    void leave(String network) {
        lock.lock();
        try {
            container.leave(network);
        } finally {
            lock.unlock();
        }
        publishing.lock();
        try {
            names.leave(network);
        } finally {
            publishing.unlock();
        }
    }

    /** Brings what was just written down into effect; looks at the rest only when something is wrong. */
    void apply() {
        converge(false);
    }

    /**
     * Callers that wait for the lock together are served by the first of them that gets it: what they wrote before they
     * asked is read after.
     */
    private void converge(boolean everything) {
        long ticket = asked.incrementAndGet();
        lock.lock();
        try {
            if (!everything && done >= ticket) {
                return;
            }
            long upTo = asked.get();
            try {
                DesiredEdge edge = desired.get();
                attempt(edge, everything);
                done = upTo;
                outcome = new Outcome(null, edge.domains());
            } catch (RuntimeException e) {
                outcome = new Outcome(
                        e instanceof ProblemException known
                                ? known.problem().detail()
                                : "An internal error; see the log.",
                        outcome == null ? Map.of() : outcome.domains());
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void attempt(DesiredEdge edge, boolean everything) {
        if (!identified) {
            identify.run();
            identified = true;
        }
        Optional<String> fingerprint = runtime.fingerprint();
        if (everything || fingerprint.isEmpty()) {
            kept.clear();
            boolean runs = container.runs();
            if (!runs || fingerprint.isEmpty()) {
                folder.prepare();
            }
            writeDiffering(edge);
            if (!runs || !answersWithin(PATIENCE)) {
                start(edge, runs);
            }
            container.join(edge.networks()).forEach(gone -> LOG.debug("The network {} is not there yet", gone));
            fingerprint = runtime.fingerprint();
        }
        if (!fingerprint.equals(Optional.of(edge.rendered().fingerprint()))) {
            load(edge);
        }
        List<BackendServer> added = servers(edge);
        certificates(edge);
        runtime.challenges(edge.challenges());
        keepConfiguration(edge);
        if (!added.isEmpty()) {
            LOG.debug("Added {}", added);
        }
    }

    /** One that runs and yet does not answer may see a folder that is gone: it has to be ended first. */
    private void start(DesiredEdge edge, boolean runs) {
        LOG.info("Starting the edge {}", container.name());
        write(Layout.CONFIGURATION, edge.rendered().configuration());
        if (runs) {
            container.kill();
            names.reset();
        }
        container.start();
        awaitAnswer();
    }

    private void awaitAnswer() {
        if (!answersWithin(START)) {
            throw EdgeProblems.unreachable("HAProxy in " + container.name() + " gives no sign of life", null);
        }
    }

    private boolean answersWithin(Duration patience) {
        try {
            return runtime.answersWithin(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EdgeProblems.unreachable("the wait for it was interrupted", e);
        }
    }

    private void writeDiffering(DesiredEdge edge) {
        keep(edge.files());
    }

    /** Looks at these files, and writes those that are not so. */
    private void keep(Map<String, String> files) {
        for (String file : folder.differing(files)) {
            write(file, Objects.requireNonNull(files.get(file)));
        }
        files.forEach((file, content) -> kept.put(file, EdgeFolder.hash(content)));
    }

    private void write(String file, String content) {
        kept.remove(file);
        folder.write(file, content);
        kept.put(file, EdgeFolder.hash(content));
    }

    /** Render, write beside, check, swap, reload: a configuration that HAProxy refuses never replaces a good one. */
    private void load(DesiredEdge edge) {
        writeDiffering(edge);
        write(Layout.CANDIDATE, edge.rendered().configuration());
        Optional<String> refusal = container.refusalOfCandidate();
        if (refusal.isPresent()) {
            throw EdgeProblems.configuration(refusal.get());
        }
        write(Layout.CONFIGURATION, edge.rendered().configuration());
        switch (runtime.reload()) {
            case HaproxyRuntime.Reload.Done() -> {}
            case HaproxyRuntime.Reload.Failed(String log) -> throw EdgeProblems.configuration(log);
        }
        awaitAnswer();
        folder.sweep(edge.files().keySet());
        kept.clear();
    }

    /** Adds, moves, weighs and removes servers; each backend's new ones get requests before its old ones lose them. */
    private List<BackendServer> servers(DesiredEdge edge) {
        List<BackendServer> added = new ArrayList<>();
        Map<String, Map<String, RunningServer>> running = runtime.servers();
        for (Backend backend : edge.state().backends()) {
            String name = HaproxyConfiguration.backend(backend.application());
            Map<String, RunningServer> present = running.getOrDefault(name, Map.of());
            List<BackendServer> weigh = new ArrayList<>();
            Set<String> wanted = new HashSet<>();
            for (BackendServer server : backend.servers()) {
                wanted.add(server.name());
                RunningServer now = present.get(server.name());
                if (now != null && !now.enabled()) {
                    // Left over from a removal that was cut short.
                    runtime.remove(name, server.name());
                    now = null;
                }
                if (now == null) {
                    runtime.add(name, server);
                    added.add(server);
                    continue;
                }
                if (!now.address().equals(server.address()) || now.port() != server.port()) {
                    runtime.move(name, server);
                }
                if ((now.weight() > 0) != server.taking()) {
                    weigh.add(server);
                }
            }
            runtime.weigh(name, weigh);
            for (String gone : present.keySet()) {
                if (!wanted.contains(gone)) {
                    runtime.remove(name, gone);
                }
            }
        }
        return added;
    }

    private void certificates(DesiredEdge edge) {
        List<String> loaded = runtime.certificates();
        boolean reload = false;
        for (ServedCertificate entry : edge.state().certificates()) {
            KeyedCertificate certificate =
                    Objects.requireNonNull(edge.certificates().get(entry.id()));
            boolean known = loaded.contains(entry.id());
            String serial = certificate.serial();
            if (known && serial.equals(confirmed.get(entry.id()))) {
                continue;
            }
            if (!known || !runtime.serial(entry).equals(Optional.of(serial))) {
                write(Layout.certificate(entry.id()), certificate.pem().reveal());
                reload |= !runtime.certify(entry, certificate.pem().reveal(), known);
            }
            confirmed.put(entry.id(), serial);
        }
        if (reload) {
            load(edge);
        }
    }

    /** The files always say what HAProxy was told, so that it comes back right all by itself. */
    private void keepConfiguration(DesiredEdge edge) {
        SortedMap<String, String> files = edge.files();
        files.keySet().removeIf(file -> file.startsWith(Layout.FILES + "/"));
        files.put(Layout.CONFIGURATION, edge.rendered().configuration());
        files.entrySet().removeIf(file -> EdgeFolder.hash(file.getValue()).equals(kept.get(file.getKey())));
        if (!kept.keySet().containsAll(files.keySet())) {
            keep(files);
            return;
        }
        files.forEach(this::write);
    }
}
