package dev.havenkeep.edge;

import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.HeaderName;
import dev.havenkeep.edge.routing.HeaderValue;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.PathPrefix;
import dev.havenkeep.edge.routing.Route;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.IDN;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Domains over HTTP. */
@RestController
class DomainController {

    private static final int MOST_HEADERS = 50;
    /** Together with what the edge itself adds, they have to fit in the room that it keeps for headers. */
    private static final int MOST_HEADER_CHARACTERS = 6_000;

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Domains domains;
    private final DomainStatus.Reader statuses;
    private final EdgeProperties properties;

    DomainController(Domains domains, DomainStatus.Reader statuses, EdgeProperties properties) {
        this.domains = domains;
        this.statuses = statuses;
        this.properties = properties;
    }

    /**
     * A domain to be; what is absent has its default.
     *
     * @param host the name that it answers to; {@code *.example.com} for all names below
     * @param pathPrefix the paths that it takes; {@code /} for all and when absent
     * @param stripPrefix whether the application gets the paths without the prefix; false when absent
     * @param certificate where the certificate comes from; the same for all domains of one host; {@code automatic} when
     *     absent
     * @param redirectTo the host that every request is sent to instead
     * @param forceHttps whether plain HTTP is answered with a redirect to HTTPS; true when absent and there is a
     *     certificate
     * @param requestHeaders headers set on each request on its way to the application, at most 50 and 6,000 characters
     * @param responseHeaders headers set on each answer on its way to the client, at most 50 and 6,000 characters
     * @param accessPolicy who may come through; when absent, everybody may
     * @param compression whether the edge compresses answers that are not compressed; true when absent
     */
    record NewDomain(
            HostName host,
            @Nullable PathPrefix pathPrefix,
            @Nullable Boolean stripPrefix,
            Domain.@Nullable CertificateSource certificate,
            @Nullable HostName redirectTo,
            @Nullable Boolean forceHttps,
            @Nullable Map<HeaderName, HeaderValue> requestHeaders,
            @Nullable Map<HeaderName, HeaderValue> responseHeaders,
            @Nullable AccessPolicy accessPolicy,
            @Nullable Boolean compression) {}

    /**
     * A change of a domain.
     *
     * @param host the name that it answers to; {@code *.example.com} for all names below
     * @param pathPrefix the paths that it takes; {@code /} for all or null
     * @param stripPrefix whether the application gets the paths without the prefix
     * @param certificate where the certificate comes from; the same for all domains of one host
     * @param redirectTo the host that every request is sent to instead; null for none
     * @param forceHttps whether plain HTTP is answered with a redirect to HTTPS
     * @param requestHeaders headers set on each request on its way to the application, at most 50 and 6,000 characters; null for none
     * @param responseHeaders headers set on each answer on its way to the client, at most 50 and 6,000 characters; null for none
     * @param accessPolicy who may come through
     * @param compression whether the edge compresses answers that are not compressed
     */
    record DomainChange(
            Patch<HostName> host,
            Patch<PathPrefix> pathPrefix,
            Patch<Boolean> stripPrefix,
            Patch<Domain.CertificateSource> certificate,
            Patch<HostName> redirectTo,
            Patch<Boolean> forceHttps,
            Patch<Map<HeaderName, HeaderValue>> requestHeaders,
            Patch<Map<HeaderName, HeaderValue>> responseHeaders,
            Patch<AccessPolicy> accessPolicy,
            Patch<Boolean> compression) {}

    /**
     * A certificate and its private key, both in PEM.
     *
     * @param certificatePem the certificate, followed by its chain
     * @param privateKeyPem its private key, without a passphrase
     */
    record OwnCertificate(String certificatePem, Secret privateKeyPem) {}

    /**
     * A domain as it is answered.
     *
     * @param applicationId the application that answers
     * @param host the name that it answers to, in ASCII
     * @param displayHost the host as people write it, with its own letters
     * @param pathPrefix the paths that it takes; {@code /} for all
     * @param stripPrefix whether the application gets the paths without the prefix
     * @param certificate where the certificate comes from; the same for all domains of one host
     * @param redirectTo the host that every request is sent to instead
     * @param forceHttps whether plain HTTP is answered with a redirect to HTTPS
     * @param requestHeaders headers set on each request on its way to the application, at most 50 and 6,000 characters
     * @param responseHeaders headers set on each answer on its way to the client, at most 50 and 6,000 characters
     * @param accessPolicy who may come through
     * @param compression whether the edge compresses answers that are not compressed
     * @param url where it is reached
     * @param status whether it works
     */
    record DomainView(
            DomainId id,
            ApplicationId applicationId,
            String host,
            String displayHost,
            String pathPrefix,
            boolean stripPrefix,
            Domain.CertificateSource certificate,
            @Nullable String redirectTo,
            boolean forceHttps,
            Map<HeaderName, HeaderValue> requestHeaders,
            Map<HeaderName, HeaderValue> responseHeaders,
            AccessPolicy accessPolicy,
            boolean compression,
            String url,
            DomainStatus status,
            long version,
            Instant createdAt) {}

    /** Lists the domains of an application, oldest first. */
    @GetMapping("/api/v1/applications/{application}/domains")
    Page<DomainView> listDomains(
            @PathVariable ApplicationId application,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return domains.list(application, Paging.of(limit, cursor)).map(this::view);
    }

    /** Adds a domain to an application. A certificate is got by itself unless told otherwise. */
    @PostMapping("/api/v1/applications/{application}/domains")
    ResponseEntity<DomainView> createDomain(@PathVariable ApplicationId application, @RequestBody NewDomain body) {
        Domain.CertificateSource present = domains.certificateOf(body.host());
        Domain.CertificateSource certificate = body.certificate() != null
                ? body.certificate()
                : present != null ? present : Domain.CertificateSource.AUTOMATIC;
        boolean forceHttps =
                body.forceHttps() != null ? body.forceHttps() : certificate != Domain.CertificateSource.NONE;
        Domain created = domains.create(
                application,
                body.host(),
                body.pathPrefix() == null ? PathPrefix.ROOT : body.pathPrefix(),
                new Domain.Settings(
                        certificate,
                        body.accessPolicy() == null ? new AccessPolicy.Public() : body.accessPolicy(),
                        body.redirectTo(),
                        new Route.Handling(
                                forceHttps,
                                Boolean.TRUE.equals(body.stripPrefix()),
                                !Boolean.FALSE.equals(body.compression()),
                                headers("requestHeaders", body.requestHeaders()),
                                headers("responseHeaders", body.responseHeaders()))));
        return ResponseEntity.created(URI.create("/api/v1/domains/" + created.id()))
                .eTag(EntityTag.of(created.version()))
                .body(view(created));
    }

    /** Reads a domain with its status. */
    @GetMapping("/api/v1/domains/{domain}")
    ResponseEntity<DomainView> getDomain(@PathVariable DomainId domain) {
        return answer(domains.get(domain));
    }

    /** Changes a domain; no request that is under way fails. */
    @PatchMapping("/api/v1/domains/{domain}")
    ResponseEntity<DomainView> updateDomain(
            @PathVariable DomainId domain,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody DomainChange body) {
        Domain before = domains.get(domain);
        EntityTag.check(ifMatch, before.version());
        Domain.Settings settings = before.settings();
        Route.Handling handling = settings.handling();
        Domain.CertificateSource certificate = body.certificate().orKeep(settings.certificate());
        return answer(domains.update(
                before,
                body.host().orKeep(before.host()),
                body.pathPrefix().orKeepOrDefault(before.path(), PathPrefix.ROOT),
                new Domain.Settings(
                        certificate,
                        body.accessPolicy().orKeep(settings.access()),
                        body.redirectTo().orKeepOrClear(settings.redirectTo()),
                        new Route.Handling(
                                body.forceHttps().orKeep(handling.forceHttps()),
                                body.stripPrefix().orKeep(handling.stripPrefix()),
                                body.compression().orKeep(handling.compression()),
                                headers(
                                        "requestHeaders",
                                        body.requestHeaders().orKeepOrDefault(handling.requestHeaders(), Map.of())),
                                headers(
                                        "responseHeaders",
                                        body.responseHeaders()
                                                .orKeepOrDefault(handling.responseHeaders(), Map.of()))))));
    }

    /** Removes a domain from an application. */
    @DeleteMapping("/api/v1/domains/{domain}")
    ResponseEntity<Void> deleteDomain(@PathVariable DomainId domain) {
        domains.delete(domain);
        return ResponseEntity.noContent().build();
    }

    /** Replaces the own certificate of a domain's host. */
    @PutMapping("/api/v1/domains/{domain}/certificate")
    ResponseEntity<DomainView> uploadDomainCertificate(
            @PathVariable DomainId domain, @RequestBody OwnCertificate body) {
        return answer(domains.certify(domains.get(domain), body.certificatePem(), body.privateKeyPem()));
    }

    private ResponseEntity<DomainView> answer(Domain domain) {
        return ResponseEntity.ok().eTag(EntityTag.of(domain.version())).body(view(domain));
    }

    private DomainView view(Domain domain) {
        Domain.Settings settings = domain.settings();
        Route.Handling handling = settings.handling();
        return new DomainView(
                domain.id(),
                domain.application(),
                domain.host().value(),
                IDN.toUnicode(domain.host().value()),
                domain.path().value(),
                handling.stripPrefix(),
                settings.certificate(),
                settings.redirectTo() == null ? null : settings.redirectTo().value(),
                handling.forceHttps(),
                handling.requestHeaders(),
                handling.responseHeaders(),
                settings.access(),
                handling.compression(),
                url(domain),
                statuses.of(domain),
                domain.version(),
                domain.createdAt());
    }

    private String url(Domain domain) {
        boolean secure = domain.settings().certificate() != Domain.CertificateSource.NONE;
        int port = secure ? properties.httpsPort() : properties.httpPort();
        return (secure ? "https://" : "http://")
                + domain.host()
                + (port == (secure ? HTTPS : HTTP) ? "" : ":" + port)
                + domain.path();
    }

    private static SortedMap<HeaderName, HeaderValue> headers(
            String member, @Nullable Map<HeaderName, HeaderValue> headers) {
        if (headers == null) {
            return new TreeMap<>();
        }
        if (headers.size() > MOST_HEADERS) {
            throw new ProblemException(Problem.invalid(member, "must be at most " + MOST_HEADERS));
        }
        int size = headers.entrySet().stream()
                .mapToInt(header -> header.getKey().value().length()
                        + header.getValue().value().length())
                .sum();
        if (size > MOST_HEADER_CHARACTERS) {
            throw new ProblemException(
                    Problem.invalid(member, "must be at most " + MOST_HEADER_CHARACTERS + " characters in all"));
        }
        return new TreeMap<>(headers);
    }
}
