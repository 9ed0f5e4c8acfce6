package dev.havenkeep.edge.haproxy;

import static dev.havenkeep.edge.lab.States.backend;
import static dev.havenkeep.edge.lab.States.plain;
import static dev.havenkeep.edge.lab.States.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.edge.certificates.Authority;
import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.lab.HaproxyContainer;
import dev.havenkeep.edge.lab.SecureLoad;
import dev.havenkeep.edge.lab.States;
import dev.havenkeep.edge.lab.SteadyLoad;
import dev.havenkeep.edge.lab.TinyUpstream;
import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HaproxyUnderLoadTest {

    private static final int SWITCHES = 30;

    @Test
    void switchesDomainChangesAndReloadsLoseNoRequest() {
        String application = UUID.randomUUID().toString();
        String backend = HaproxyConfiguration.backend(application);
        List<Route> routes = new ArrayList<>(List.of(plain("shop.test", "/"), plain(SecureLoad.HOST, "/")));
        TinyUpstream current = new TinyUpstream("shop-0", DockerCommand.gateway());
        try (HaproxyContainer haproxy = new HaproxyContainer(
                        States.of(backend(application, routes, server(current, true))),
                        Authority.create("test", Instant.now())
                                .issue(HostName.of("default.invalid"), Instant.now())
                                .pem()
                                .reveal());
                SteadyLoad load = new SteadyLoad("shop.test", haproxy.httpPort());
                SecureLoad secure = new SecureLoad(haproxy.httpsPort(), haproxy.http3Port())) {
            HaproxyRuntime runtime = haproxy.runtime();

            for (int i = 1; i <= SWITCHES; i++) {
                TinyUpstream next = new TinyUpstream("shop-" + i, DockerCommand.gateway());
                load.webSocket(10);
                runtime.add(backend, server(next, false));
                if (i % 3 == 0) {
                    // A domain comes while both are there.
                    routes.add(plain("more-" + i + ".test", "/"));
                    haproxy.load(States.of(backend(application, routes, server(current, true), server(next, false))));
                } else if (i % 6 == 1) {
                    haproxy.write(States.of(backend(application, routes, server(current, true), server(next, false))));
                    assertThat(runtime.reload()).isInstanceOf(HaproxyRuntime.Reload.Done.class);
                }
                List<BackendServer> both = List.of(server(next, true), server(current, false));
                runtime.weigh(backend, both);
                String old = current.name();
                Awaitility.await("nothing runs over " + old)
                        // A worker that ends while it is asked does not answer, which is no sign that it is done.
                        .ignoreExceptions()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> runtime.sessions(backend, old) == 0);
                runtime.remove(backend, old);
                current.close();
                current = next;
                haproxy.write(States.of(backend(application, routes, server(current, true))));
                int before = load.answered();
                int beforeHttp2 = secure.http2();
                int beforeHttp3 = secure.http3();
                Awaitility.await("the load goes on")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> load.answered() > before + 60
                                && secure.http2() > beforeHttp2 + 10
                                && secure.http3() > beforeHttp3 + 10);
            }

            assertThat(load.failures()).isEmpty();
            assertThat(secure.failures()).isEmpty();
            assertThat(secure.http3Closed()).isZero();
            assertThat(load.answered()).isGreaterThan(2_000);
            assertThat(load.frames()).isGreaterThan(100);
            assertThat(runtime.servers().get(backend)).containsOnlyKeys(current.name());
        } finally {
            current.close();
        }
    }
}
