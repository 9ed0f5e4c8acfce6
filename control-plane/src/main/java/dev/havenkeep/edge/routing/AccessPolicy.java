package dev.havenkeep.edge.routing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.List;

/** Who may come through a domain. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AccessPolicy.Public.class, name = "public"),
    @JsonSubTypes.Type(value = AccessPolicy.IpAllowlist.class, name = "ip-allowlist"),
    @JsonSubTypes.Type(value = AccessPolicy.Private.class, name = "private")
})
public sealed interface AccessPolicy {

    /** Everybody. */
    record Public() implements AccessPolicy {}

    /**
     * Who comes from one of these networks; everybody else is answered 403.
     *
     * @param networks 1 to 1000 addresses or networks (CIDR)
     */
    record IpAllowlist(List<Network> networks) implements AccessPolicy {

        private static final int MAX_NETWORKS = 1000;

        public IpAllowlist {
            networks = networks == null
                    ? List.of()
                    : networks.stream().sorted().distinct().toList();
            if (networks.isEmpty() || networks.size() > MAX_NETWORKS) {
                throw new ProblemException(Problem.invalid(
                        "accessPolicy.networks",
                        "must name 1 to " + MAX_NETWORKS + " networks; private lets nobody in"));
            }
        }
    }

    /** Nobody: the name is kept, but the edge has no route for it. */
    record Private() implements AccessPolicy {}
}
