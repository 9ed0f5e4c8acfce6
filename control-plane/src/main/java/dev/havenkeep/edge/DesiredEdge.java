package dev.havenkeep.edge;

import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.haproxy.HaproxyConfiguration;
import dev.havenkeep.edge.haproxy.Layout;
import dev.havenkeep.edge.haproxy.Rendered;
import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.EdgeState;
import dev.havenkeep.edge.routing.EdgeState.ServedCertificate;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.Route;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What the edge of one server should be, read from the database at one instant.
 *
 * @param state what it serves
 * @param rendered the same as HAProxy reads it
 * @param certificates what answers for whom, by the id in {@link EdgeState}
 * @param challenges HTTP-01 challenges to be answered: key authorization by token
 * @param networks the networks that it is joined to
 * @param names the public names that it answers to, without wildcards
 * @param unknown answers for all other names
 * @param domains the version of each domain that is in it, by id
 */
record DesiredEdge(
        EdgeState state,
        Rendered rendered,
        Map<String, KeyedCertificate> certificates,
        SortedMap<String, String> challenges,
        List<String> networks,
        SortedSet<String> names,
        KeyedCertificate unknown,
        Map<DomainId, Long> domains) {

    /** Every file in the edge's folder but the configuration itself, by path. */
    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>(rendered.files());
        files.put(Layout.CERTIFICATE_LIST, rendered.certificateList());
        files.put(Layout.DEFAULT_CERTIFICATE, unknown.pem().reveal());
        certificates.forEach((id, certificate) ->
                files.put(Layout.certificate(id), certificate.pem().reveal()));
        files.put(
                Layout.CHALLENGES,
                challenges.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
        return files;
    }

    /** Reads it. */
    @Component
    static class Reader {

        private final EdgeStore edges;
        private final DomainStore domains;
        private final CertificateStore certificates;
        private final Authorities authorities;
        private final EdgeProperties properties;

        Reader(
                EdgeStore edges,
                DomainStore domains,
                CertificateStore certificates,
                Authorities authorities,
                EdgeProperties properties) {
            this.edges = edges;
            this.domains = domains;
            this.certificates = certificates;
            this.authorities = authorities;
            this.properties = properties;
        }

        DesiredEdge read(ServerId server) {
            Map<ApplicationId, List<Route>> routes = new HashMap<>();
            Set<HostName> hosts = new HashSet<>();
            SortedSet<String> names = new TreeSet<>();
            Map<DomainId, Long> versions = new HashMap<>();
            for (Domain domain : domains.on(server)) {
                routes.computeIfAbsent(domain.application(), id -> new ArrayList<>())
                        .add(domain.route());
                hosts.add(domain.host());
                versions.put(domain.id(), domain.version());
                if (!domain.host().wildcard() && !(domain.settings().access() instanceof AccessPolicy.Private)) {
                    names.add(domain.host().value());
                }
            }
            Map<String, KeyedCertificate> keyed = new HashMap<>();
            List<ServedCertificate> served = new ArrayList<>();
            for (CertificateStore.Stored stored : certificates.all()) {
                if (hosts.contains(stored.host())) {
                    keyed.put(stored.id(), stored.certificate());
                    served.add(new ServedCertificate(stored.id(), stored.host()));
                }
            }
            EdgeState state = new EdgeState(properties.settings(), edges.backends(server, routes), served);
            return new DesiredEdge(
                    state,
                    HaproxyConfiguration.render(state),
                    keyed,
                    new TreeMap<>(certificates.challenges()),
                    edges.networks(server),
                    names,
                    authorities.unknown(),
                    Map.copyOf(versions));
        }
    }
}
