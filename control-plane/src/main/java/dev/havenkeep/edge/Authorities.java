package dev.havenkeep.edge;

import dev.havenkeep.edge.certificates.Authority;
import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.engine.Installation;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** The installation's own certificate authority, made when it is first needed. */
@Component
class Authorities {

    private static final String INTERNAL = "internal";
    private static final String UNKNOWN = "unknown";

    private final CertificateStore store;
    private final Installation installation;
    private final InstantSource clock;

    Authorities(CertificateStore store, Installation installation, InstantSource clock) {
        this.store = store;
        this.installation = installation;
        this.clock = clock;
    }

    /** The authority. */
    Authority internal() {
        return new Authority(store.authority(INTERNAL).orElseGet(() -> {
            store.keepAuthority(
                    INTERNAL,
                    Authority.create("Havenkeep " + installation.shortId(), clock.instant())
                            .root());
            return store.authority(INTERNAL).orElseThrow();
        }));
    }

    /** What answers for names that an edge does not know; nobody is to believe it. */
    KeyedCertificate unknown() {
        return store.authority(UNKNOWN).orElseGet(() -> {
            store.keepAuthority(UNKNOWN, internal().issue(HostName.of("unknown.invalid"), clock.instant()));
            return store.authority(UNKNOWN).orElseThrow();
        });
    }
}
