package dev.havenkeep.edge;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.PathPrefix;
import dev.havenkeep.edge.routing.Route;
import dev.havenkeep.kernel.ApplicationId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host name and path prefix that an application answers for, and how.
 *
 * @param host unique in the installation together with the path
 * @param path the start of the paths
 * @param settings everything that can be changed
 * @param version grows with each change; the resource's ETag
 */
record Domain(
        DomainId id,
        ApplicationId application,
        HostName host,
        PathPrefix path,
        Settings settings,
        long version,
        Instant createdAt,
        Instant changedAt) {

    /**
     * What can be changed about a domain.
     *
     * @param certificate where the certificate comes from; the same for all domains of one host
     * @param redirectTo where every request is sent instead, if anywhere
     */
    record Settings(
            CertificateSource certificate,
            AccessPolicy access,
            @Nullable HostName redirectTo,
            Route.Handling handling) {}

    /** Where the certificate of a host comes from. */
    enum CertificateSource {
        /** By ACME; by the installation's own authority for names that no public authority certifies. */
        AUTOMATIC,
        /** By the installation's own authority. */
        INTERNAL,
        /** A person brings it. */
        OWN,
        /** There is none: the domain is served over plain HTTP. */
        NONE;

        /** The text form of API and SQL. */
        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static CertificateSource of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** How the edge sees it. */
    Route route() {
        return new Route(id.value(), host, path, settings.access(), settings.redirectTo(), settings.handling());
    }

    /** Who certifies the host in the end. */
    Certifier certifier() {
        return switch (settings.certificate()) {
            case AUTOMATIC -> host.development() ? Certifier.INTERNAL : Certifier.ACME;
            case INTERNAL -> Certifier.INTERNAL;
            case OWN -> Certifier.PERSON;
            case NONE -> Certifier.NOBODY;
        };
    }

    /** Who makes a certificate. */
    enum Certifier {
        ACME,
        INTERNAL,
        PERSON,
        NOBODY
    }
}
