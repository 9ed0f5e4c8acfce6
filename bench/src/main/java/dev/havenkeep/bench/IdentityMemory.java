package dev.havenkeep.bench;

import dev.havenkeep.bench.OpenIdProvider.Realm;
import dev.havenkeep.bench.OpenIdProvider.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Memory of everything that it takes to be an OpenID provider, database included, after tokens, sign-ins and refreshes
 * under load, as a share of Keycloak's after the same.
 */
final class IdentityMemory implements Benchmark {

    private static final double BUDGET = 0.45;
    private static final int USERS = 256;
    private static final int SETTLE_SECONDS = 60;

    @Override
    public String name() {
        return "identity-memory";
    }

    @Override
    public String description() {
        return "memory " + SETTLE_SECONDS + " s after that load, everything included, as a share of Keycloak's";
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        try (OpenIdProvider keycloak = Keycloak.up(workbench.home, "bench-" + workbench.unique)) {
            Realm theirRealm = keycloak.realm(Signature.ES256, USERS);
            for (Havenkeep.Store store : Havenkeep.Store.values()) {
                try (OpenIdProvider havenkeep = Havenkeep.start(workbench, store)) {
                    Realm ourRealm = havenkeep.realm(Signature.ES256, USERS);
                    for (VersusKeycloak.Kind kind : VersusKeycloak.Kind.values()) {
                        Contest.run(
                                havenkeep.address(),
                                VersusKeycloak.work(kind, ourRealm),
                                keycloak.address(),
                                VersusKeycloak.work(kind, theirRealm));
                    }
                    Thread.sleep(SETTLE_SECONDS * 1000L);
                    double ours = havenkeep.memory();
                    double theirs = keycloak.memory();
                    measurements.add(Measurement.atMost(
                            name() + "-" + store.word(),
                            ours / theirs,
                            "times",
                            BUDGET,
                            Map.of("havenkeepMegabytes", ours / 1e6, "keycloakMegabytes", theirs / 1e6)));
                }
            }
        }
        return measurements;
    }
}
