package dev.havenkeep.edge;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.edge.routing.AccessPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether a domain works.
 *
 * @param state in one word
 * @param detail for a person: what is waited for, or what is wrong and what to do
 * @param certificate what its host answers with; absent while there is none
 */
record DomainStatus(State state, String detail, @Nullable Certificate certificate) {

    /** In one word. */
    enum State {
        /** Something is still under way, or waits for a person. */
        PENDING,
        /** It is served. */
        ACTIVE,
        /** Something is wrong. */
        ERROR;

        /** The text form of the API. */
        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A certificate as people know it.
     *
     * @param issuer who issued it
     * @param notAfter until when it is valid
     */
    record Certificate(String issuer, Instant notAfter) {}

    /** Finds it out. */
    @Component
    static class Reader {

        private final CertificateStore certificates;
        private final Applications applications;
        private final Edges edges;
        private final InstantSource clock;

        Reader(CertificateStore certificates, Applications applications, Edges edges, InstantSource clock) {
            this.certificates = certificates;
            this.applications = applications;
            this.edges = edges;
            this.clock = clock;
        }

        DomainStatus of(Domain domain) {
            if (domain.settings().access() instanceof AccessPolicy.Private) {
                return new DomainStatus(State.ACTIVE, "The name is kept; nobody is let in.", null);
            }
            Optional<ServerEdge.Outcome> outcome = edges.of(applications
                            .get(domain.application())
                            .configuration()
                            .server())
                    .outcome();
            Optional<CertificateStore.Stored> stored =
                    domain.certifier() == Domain.Certifier.NOBODY ? Optional.empty() : certificates.find(domain.host());
            Certificate certificate = stored.map(known -> new Certificate(
                            known.certificate().issuer(), known.certificate().notAfter()))
                    .orElse(null);
            String problem = outcome.map(ServerEdge.Outcome::problem).orElse(null);
            if (problem != null) {
                return new DomainStatus(State.ERROR, problem, certificate);
            }
            if (outcome.isEmpty() || !Objects.equals(outcome.get().domains().get(domain.id()), domain.version())) {
                return new DomainStatus(State.PENDING, "The server's edge is being told.", certificate);
            }
            return certified(domain, stored, certificate);
        }

        private DomainStatus certified(
                Domain domain, Optional<CertificateStore.Stored> stored, @Nullable Certificate certificate) {
            if (domain.certifier() == Domain.Certifier.NOBODY) {
                return new DomainStatus(State.ACTIVE, "Served over plain HTTP.", null);
            }
            String failure = certificates
                    .order(domain.host())
                    .filter(order -> order.problem() != null)
                    .map(order -> order.problem() + " The next try is at " + order.nextAt() + ".")
                    .orElse(null);
            if (stored.isEmpty()) {
                return switch (domain.certifier()) {
                    case PERSON -> new DomainStatus(State.PENDING, "Upload the certificate and its key.", null);
                    case ACME ->
                        failure == null
                                ? new DomainStatus(State.PENDING, "The certificate is being ordered.", null)
                                : new DomainStatus(State.ERROR, failure, null);
                    case INTERNAL, NOBODY -> new DomainStatus(State.PENDING, "The certificate is being made.", null);
                };
            }
            Instant end = stored.get().certificate().notAfter();
            if (clock.instant().isAfter(end)) {
                return new DomainStatus(
                        State.ERROR,
                        "The certificate has expired at " + end + "."
                                + (domain.certifier() == Domain.Certifier.PERSON ? " Upload a new one." : "")
                                + (failure == null ? "" : " " + failure),
                        certificate);
            }
            if (failure != null && domain.certifier() == Domain.Certifier.ACME) {
                return new DomainStatus(State.ACTIVE, "Served, but the renewal failed: " + failure, certificate);
            }
            return new DomainStatus(State.ACTIVE, "Served.", certificate);
        }
    }
}
