package dev.havenkeep.edge;

import dev.havenkeep.edge.certificates.AcmeClient;
import dev.havenkeep.edge.certificates.AcmeProperties;
import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.kernel.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sees to it that every host has the certificate that it should have: from the installation's own authority at once,
 * by ACME in the background, a new one after two thirds of its life, and again after a failure, later each time.
 */
@Component
class Certification implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Certification.class);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final Duration CLAIM = Duration.ofMinutes(10);
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final int AT_ONCE = 4;
    private static final List<Duration> BACKOFF = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12));

    private final CertificateStore store;
    private final DomainStore domains;
    private final EdgeStore edgeStore;
    private final Edges edges;
    private final EdgeReconciler reconciler;
    private final Authorities authorities;
    private final AcmeProperties properties;
    private final InstantSource clock;
    private final LinkedBlockingQueue<Boolean> wakeups = new LinkedBlockingQueue<>();
    private final Semaphore orders = new Semaphore(AT_ONCE);
    private final Set<HostName> ordering = ConcurrentHashMap.newKeySet();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private @Nullable Thread thread;

    Certification(
            CertificateStore store,
            DomainStore domains,
            EdgeStore edgeStore,
            Edges edges,
            EdgeReconciler reconciler,
            Authorities authorities,
            AcmeProperties properties,
            InstantSource clock) {
        this.store = store;
        this.domains = domains;
        this.edgeStore = edgeStore;
        this.edges = edges;
        this.reconciler = reconciler;
        this.authorities = authorities;
        this.properties = properties;
        this.clock = clock;
    }

    /** What is needed for a host: who certifies it, and the edges that serve it. */
    private record Need(Domain.Certifier by, Set<ServerId> servers) {}

    /** Looks at all hosts soon. */
    void wake() {
        wakeups.add(true);
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("certification").start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
        }
        // What they write down at their end needs the database.
        working.forEach(Thread::interrupt);
        try {
            for (Thread ending : working) {
                ending.join(ENDING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            try {
                needs().forEach(this::certify);
                wakeups.poll(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                wakeups.clear();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    LOG.warn("Certificates could not be looked after", e);
                }
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private boolean paused() {
        try {
            wakeups.poll(EVERY.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Map<HostName, Need> needs() {
        Map<HostName, Need> needs = new HashMap<>();
        for (Domain domain : domains.all()) {
            if (domain.settings().access() instanceof AccessPolicy.Private) {
                continue;
            }
            Need need = needs.computeIfAbsent(domain.host(), host -> new Need(domain.certifier(), new HashSet<>()));
            edgeStore.serverOf(domain.application()).ifPresent(need.servers()::add);
        }
        return needs;
    }

    private void certify(HostName host, Need need) {
        switch (need.by()) {
            case INTERNAL -> {
                if (due(host, need.by())) {
                    save(host, need, authorities.internal().issue(host, clock.instant()));
                }
            }
            case ACME -> {
                if (due(host, need.by()) && orders.tryAcquire()) {
                    begin(host, need);
                }
            }
            case PERSON, NOBODY -> {}
        }
    }

    /** Whether there is no certificate of this kind, or it is two thirds through its life. */
    private boolean due(HostName host, Domain.Certifier by) {
        Optional<CertificateStore.Stored> stored = store.find(host);
        return stored.isEmpty()
                || stored.get().by() != by
                || !clock.instant().isBefore(stored.get().certificate().renewAt());
    }

    private void begin(HostName host, Need need) {
        if (!ordering.add(host) || !store.claim(host, clock.instant(), CLAIM)) {
            ordering.remove(host);
            orders.release();
            return;
        }
        Thread started = Thread.ofVirtual().name("acme-" + host).unstarted(() -> {
            try {
                order(host, need);
            } catch (RuntimeException e) {
                LOG.warn("The order of a certificate for {} failed", host, e);
                failed(host, "It failed for an internal reason; see the log.", null);
            } finally {
                store.endChallenges(host);
                need.servers().forEach(reconciler::wake);
                ordering.remove(host);
                orders.release();
                working.remove(Thread.currentThread());
            }
        });
        working.add(started);
        started.start();
    }

    private void order(HostName host, Need need) {
        String directory = properties.directory();
        if (store.accountKey(directory).isEmpty()) {
            store.keepAccountKey(directory, AcmeClient.newAccountKey());
        }
        AcmeClient.Outcome outcome = new AcmeClient(properties)
                .order(host, store.accountKey(directory).orElseThrow(), (token, authorization) -> {
                    store.challenge(token, host, authorization, clock.instant());
                    need.servers().forEach(server -> edges.of(server).apply());
                });
        switch (outcome) {
            case AcmeClient.Outcome.Issued(KeyedCertificate certificate) -> {
                save(host, need, certificate);
                store.succeeded(host);
                LOG.info("{} has a certificate until {}", host, certificate.notAfter());
            }
            case AcmeClient.Outcome.Refused(String reason, @Nullable Instant retryAt) -> {
                if (running) {
                    LOG.warn("No certificate for {}: {}", host, reason);
                    failed(host, reason, retryAt);
                } else {
                    store.release(host);
                }
            }
        }
    }

    private void failed(HostName host, String reason, @Nullable Instant retryAt) {
        int failures = store.order(host).map(CertificateStore.Order::failures).orElse(0) + 1;
        Instant next = clock.instant().plus(BACKOFF.get(Math.min(failures, BACKOFF.size()) - 1));
        store.failed(host, failures, reason, retryAt != null && retryAt.isAfter(next) ? retryAt : next);
    }

    private void save(HostName host, Need need, KeyedCertificate certificate) {
        store.save(host, need.by(), certificate);
        need.servers().forEach(reconciler::wake);
    }
}
