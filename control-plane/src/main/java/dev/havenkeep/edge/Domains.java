package dev.havenkeep.edge;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.PathPrefix;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The domains of all applications. A host belongs to one team, with everything that its wildcard covers. */
@Service
class Domains {

    private final DomainStore store;
    private final EdgeStore edges;
    private final CertificateStore certificates;
    private final Applications applications;
    private final EdgeReconciler reconciler;
    private final Certification certification;
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Domains(
            DomainStore store,
            EdgeStore edges,
            CertificateStore certificates,
            Applications applications,
            EdgeReconciler reconciler,
            Certification certification,
            Database database,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.edges = edges;
        this.certificates = certificates;
        this.applications = applications;
        this.reconciler = reconciler;
        this.certification = certification;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    Page<Domain> list(ApplicationId application, Paging paging) {
        return Page.of(
                store.list(application, paging), paging, domain -> domain.id().value());
    }

    Domain get(DomainId id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no domain with this id.")));
    }

    /** The certificate source that the other domains of a host have, if there are any. */
    Domain.@Nullable CertificateSource certificateOf(HostName host) {
        return store.overlapping(host).stream()
                .filter(domain -> domain.host().equals(host))
                .map(domain -> domain.settings().certificate())
                .findFirst()
                .orElse(null);
    }

    Domain create(ApplicationId id, HostName host, PathPrefix path, Domain.Settings settings) {
        Application application = open(id);
        check(host, settings);
        Domain created = unique(() -> {
            Instant now = clock.instant();
            Domain domain = new Domain(new DomainId(ids.next()), id, host, path, settings, 1, now, now);
            free(domain, application);
            store.insert(domain);
            edges.declareIfAbsent(id, application.configuration().server());
            events.publishEvent(audited("domain.created", application, domain, changes(null, domain)));
            return domain;
        });
        alignCertificates(created);
        wake(application);
        return created;
    }

    Domain update(Domain before, HostName host, PathPrefix path, Domain.Settings settings) {
        Application application = open(before.application());
        check(host, settings);
        Domain updated = unique(() -> {
            Domain domain = new Domain(
                    before.id(),
                    before.application(),
                    host,
                    path,
                    settings,
                    before.version() + 1,
                    before.createdAt(),
                    clock.instant());
            free(domain, application);
            if (!store.update(domain)) {
                throw new ProblemException(Problem.of(
                        412,
                        "precondition-failed",
                        "It has changed in the meantime",
                        "Somebody changed this since you read it. Read it again and repeat your change."));
            }
            forgetUnused(before.host());
            // Perhaps what kept it from being certified was put right.
            certificates.hurry(host);
            events.publishEvent(audited("domain.changed", application, domain, changes(before, domain)));
            return domain;
        });
        alignCertificates(updated);
        wake(application);
        return updated;
    }

    void delete(DomainId id) {
        Domain domain = get(id);
        Application application = applications.get(domain.application());
        database.transaction(() -> {
            store.delete(id);
            forgetUnused(domain.host());
            events.publishEvent(audited("domain.deleted", application, domain, Map.of()));
        });
        wake(application);
    }

    /** Takes a certificate that a person brings for a domain's host. */
    Domain certify(Domain domain, String certificatePem, Secret privateKeyPem) {
        Application application = open(domain.application());
        KeyedCertificate certificate =
                KeyedCertificate.accept(certificatePem, privateKeyPem, domain.host(), clock.instant());
        Domain.Settings settings = domain.settings();
        Domain certified = database.transaction(() -> {
            certificates.save(domain.host(), Domain.Certifier.PERSON, certificate);
            Domain changed = new Domain(
                    domain.id(),
                    domain.application(),
                    domain.host(),
                    domain.path(),
                    new Domain.Settings(
                            Domain.CertificateSource.OWN,
                            settings.access(),
                            settings.redirectTo(),
                            settings.handling()),
                    domain.version() + 1,
                    domain.createdAt(),
                    clock.instant());
            if (!store.update(changed)) {
                throw new ProblemException(Problem.of(
                        412,
                        "precondition-failed",
                        "It has changed in the meantime",
                        "Somebody changed this since you read it. Read it again and repeat your change."));
            }
            events.publishEvent(audited(
                    "domain.certificate-uploaded",
                    application,
                    changed,
                    Map.of(
                            "issuer", certificate.issuer(),
                            "notAfter", certificate.notAfter().toString(),
                            "privateKey", "[secret]")));
            return changed;
        });
        alignCertificates(certified);
        wake(application);
        return certified;
    }

    /** Looks at a domain and its edge now instead of at the next time. */
    private void wake(Application application) {
        ServerId server = application.configuration().server();
        reconciler.wake(server);
        certification.wake();
    }

    private Application open(ApplicationId id) {
        Application application = applications.get(id);
        if (application.record().deletion() != null) {
            throw Applications.beingDeleted();
        }
        return application;
    }

    private static void check(HostName host, Domain.Settings settings) {
        boolean automatic = settings.certificate() == Domain.CertificateSource.AUTOMATIC;
        if (host.wildcard() && automatic && !host.development()) {
            throw invalid(
                    "certificate",
                    "cannot be automatic for a wildcard, which only DNS can prove; use own and upload one, or internal");
        }
        if (settings.certificate() == Domain.CertificateSource.NONE
                && settings.handling().forceHttps()) {
            throw invalid("forceHttps", "needs a certificate; with certificate none it must be false");
        }
        if (host.equals(settings.redirectTo())) {
            throw invalid("redirectTo", "must be another host");
        }
        if (settings.redirectTo() != null && settings.redirectTo().wildcard()) {
            throw invalid("redirectTo", "must be one host, not a wildcard");
        }
    }

    /** Refuses what is somebody else's. Whose it is, is told to nobody but its own team. */
    private void free(Domain wanted, Application application) {
        if (application.configuration().port() == null) {
            throw new ProblemException(Problem.conflict(
                    "application-without-port",
                    "The application has no port",
                    "A domain needs something to lead to. Give the application a port first."));
        }
        for (Domain other : store.overlapping(wanted.host())) {
            if (other.id().equals(wanted.id())) {
                continue;
            }
            Application owner = applications.get(other.application());
            if (!owner.scope().team().equals(application.scope().team())) {
                throw taken(
                        "It belongs to somebody else on this installation. If the name is yours, ask its operator.");
            }
            if (other.host().equals(wanted.host()) && other.path().equals(wanted.path())) {
                throw taken("The application " + owner.name() + " already serves " + other.host() + other.path()
                        + ". Choose another path prefix, or remove it there.");
            }
        }
    }

    private static ProblemException taken(String detail) {
        return new ProblemException(Problem.conflict("domain-taken", "The domain is taken", detail));
    }

    private Domain unique(java.util.function.Supplier<Domain> work) {
        try {
            return database.transaction(work);
        } catch (DuplicateKeyException e) {
            throw taken("Somebody has just taken it.");
        }
    }

    /** All domains of one host have their certificate from the same place: the one that was chosen last. */
    private void alignCertificates(Domain chosen) {
        for (Domain other : store.overlapping(chosen.host())) {
            if (other.host().equals(chosen.host())
                    && other.settings().certificate() != chosen.settings().certificate()) {
                Domain.Settings settings = other.settings();
                store.update(new Domain(
                        other.id(),
                        other.application(),
                        other.host(),
                        other.path(),
                        new Domain.Settings(
                                chosen.settings().certificate(),
                                settings.access(),
                                settings.redirectTo(),
                                settings.handling()),
                        other.version() + 1,
                        other.createdAt(),
                        clock.instant()));
            }
        }
    }

    private void forgetUnused(HostName host) {
        boolean used = store.overlapping(host).stream()
                .anyMatch(domain -> domain.host().equals(host));
        if (!used) {
            certificates.delete(host);
        }
    }

    private static Audited audited(String action, Application application, Domain domain, Map<String, Object> changes) {
        return new Audited(
                action,
                application.scope(),
                "domain",
                domain.id().value(),
                domain.host() + (domain.path().root() ? "" : domain.path().value()),
                changes);
    }

    /** What is different now. Header values may hold credentials, so only their names are told. */
    private static Map<String, Object> changes(@Nullable Domain before, Domain after) {
        Map<String, Object> now = told(after);
        if (before != null) {
            Map<String, Object> then = told(before);
            now.entrySet().removeIf(entry -> entry.getValue().equals(then.get(entry.getKey())));
        }
        return now;
    }

    private static Map<String, Object> told(Domain domain) {
        Domain.Settings settings = domain.settings();
        Map<String, Object> told = new TreeMap<>();
        told.put("host", domain.host().value());
        told.put("pathPrefix", domain.path().value());
        told.put("certificate", settings.certificate().text());
        told.put(
                "redirectTo",
                settings.redirectTo() == null ? "" : settings.redirectTo().value());
        told.put("forceHttps", settings.handling().forceHttps());
        told.put("stripPrefix", settings.handling().stripPrefix());
        told.put("compression", settings.handling().compression());
        told.put("accessPolicy", settings.access().toString());
        told.put("requestHeaders", names(settings.handling().requestHeaders().keySet()));
        told.put("responseHeaders", names(settings.handling().responseHeaders().keySet()));
        return told;
    }

    private static List<String> names(java.util.Collection<?> headers) {
        return headers.stream().map(Object::toString).toList();
    }

    private static ProblemException invalid(String path, String message) {
        return new ProblemException(Problem.invalid(path, message));
    }
}
