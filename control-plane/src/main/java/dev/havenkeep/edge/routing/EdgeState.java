package dev.havenkeep.edge.routing;

import java.util.Comparator;
import java.util.List;

/**
 * Everything that the edge of one server serves.
 *
 * @param settings how it is set up
 * @param backends the applications, in the order of their ids
 * @param certificates which certificate answers for which host, in the order of their ids
 */
public record EdgeState(EdgeSettings settings, List<Backend> backends, List<ServedCertificate> certificates) {

    public EdgeState {
        backends = backends.stream()
                .sorted(Comparator.comparing(Backend::application))
                .toList();
        certificates = certificates.stream()
                .sorted(Comparator.comparing(ServedCertificate::id))
                .toList();
    }

    /**
     * A certificate as an edge knows it.
     *
     * @param id a UUID, the name of its file
     * @param host the name that it answers for
     */
    public record ServedCertificate(String id, HostName host) {}
}
