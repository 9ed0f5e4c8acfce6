package dev.havenkeep.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.edge.certificates.Authority;
import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.Backend;
import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.HeaderName;
import dev.havenkeep.edge.routing.HeaderValue;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.Network;
import dev.havenkeep.edge.routing.PathPrefix;
import dev.havenkeep.edge.routing.Route;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.testing.Kernel;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** What is written down about edges: backends and upstreams, domains, certificates. */
@OnBothDatabases
class EdgeStoresTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
    private static final BackendOptions CHECKED = new BackendOptions("/health?a=1", Duration.ofSeconds(90));

    private final Kernel kernel;
    private final EdgeStore edges;
    private final DomainStore domains;
    private final CertificateStore certificates;
    private final ServerId server;
    private final ApplicationId application;

    EdgeStoresTest(Kernel kernel) {
        this.kernel = kernel;
        this.edges = new EdgeStore(kernel.database());
        this.domains = new DomainStore(kernel.database(), kernel.json());
        this.certificates = new CertificateStore(kernel.database(), kernel.secrets(), kernel.ids());
        this.server = new ServerId(kernel.ids().next());
        this.application = new ApplicationId(kernel.ids().next());
    }

    @BeforeEach
    void anApplicationOnItsEdge() {
        insert(application);
        edges.declare(application, server, CHECKED);
    }

    @Test
    void aBackendIsDeclaredOnceAndChangedAfterwards() {
        edges.declareIfAbsent(application, new ServerId(kernel.ids().next()));

        assertThat(edges.serverOf(application)).contains(server);
        assertThat(edges.options(application)).contains(CHECKED);
        assertThat(edges.servers()).contains(server);

        edges.declare(application, server, BackendOptions.DEFAULT);
        assertThat(edges.options(application)).contains(BackendOptions.DEFAULT);

        edges.forget(application);
        assertThat(edges.serverOf(application)).isEmpty();
        edges.declareIfAbsent(application, server);
        assertThat(edges.options(application)).contains(BackendOptions.DEFAULT);
    }

    @Test
    void upstreamsChangeTheirStageAndAddressAndGoWithTheirBackend() {
        String one = "one-" + application;
        String two = "two-" + application;
        edges.place(application, new Upstream(one, "198.51.100.1", 3000), EdgeStore.Stage.JOINING);
        edges.place(application, new Upstream(two, "198.51.100.2", 3000), EdgeStore.Stage.DRAINING);

        edges.place(application, new Upstream(one, "198.51.100.1", 3000), EdgeStore.Stage.ACTIVE);
        edges.move(two, "198.51.100.3");

        assertThat(edges.upstreams(application))
                .containsExactly(
                        new EdgeStore.Placed(new Upstream(one, "198.51.100.1", 3000), EdgeStore.Stage.ACTIVE),
                        new EdgeStore.Placed(new Upstream(two, "198.51.100.3", 3000), EdgeStore.Stage.DRAINING));
        assertThat(edges.addresses(server)).isEqualTo(Map.of(one, "198.51.100.1", two, "198.51.100.3"));
        Route route = domain("shop.test", "/").route();
        assertThat(edges.backends(server, Map.of(application, List.of(route))))
                .containsExactly(new Backend(
                        application.value(),
                        "/health?a=1",
                        90,
                        List.of(route),
                        List.of(
                                new BackendServer(one, "198.51.100.1", 3000, true),
                                new BackendServer(two, "198.51.100.3", 3000, false))));

        edges.removeUpstream(application, one);
        assertThat(edges.upstreams(application)).hasSize(1);
        edges.forget(application);
        assertThat(edges.upstreams(application)).isEmpty();
        assertThat(edges.addresses(server)).isEmpty();
    }

    @Test
    void aNetworkIsAttachedOnce() {
        edges.attach(server, "haven-b");
        edges.attach(server, "haven-a");
        edges.attach(server, "haven-b");

        assertThat(edges.networks(server)).containsExactly("haven-a", "haven-b");
        edges.detach(server, "haven-b");
        assertThat(edges.networks(server)).containsExactly("haven-a");
    }

    @Test
    void aDomainIsFoundAsItWasInserted() {
        Domain plain = domain("plain-" + application + ".test", "/");
        Domain everything = new Domain(
                new DomainId(kernel.ids().next()),
                application,
                HostName.of("*.bücher-" + application.value().substring(24) + ".test"),
                PathPrefix.of("/a~b@c"),
                new Domain.Settings(
                        Domain.CertificateSource.OWN,
                        new AccessPolicy.IpAllowlist(List.of(Network.of("10.0.0.0/8"), Network.of("2001:db8::/32"))),
                        HostName.of("target.test"),
                        new Route.Handling(
                                false,
                                true,
                                false,
                                new TreeMap<>(Map.of(HeaderName.of("X-Odd"), HeaderValue.of("' \" \\ # %[src]"))),
                                new TreeMap<>(Map.of(HeaderName.of("Server"), HeaderValue.of(""))))),
                1,
                NOW,
                NOW);

        domains.insert(plain);
        domains.insert(everything);

        assertThat(domains.find(plain.id())).contains(plain);
        assertThat(domains.find(everything.id())).contains(everything);
        assertThat(domains.on(server)).containsExactly(plain, everything);
        assertThat(domains.all()).contains(plain, everything);
        Page<Domain> first = page(null);
        assertThat(first.items()).containsExactly(plain);
        assertThat(page(first.nextCursor()).items()).containsExactly(everything);
        domains.delete(plain.id());
        assertThat(domains.find(plain.id())).isEmpty();
    }

    @Test
    void aHostAndPathIsTakenOnce() {
        Domain domain = domain("taken-" + application + ".test", "/api");
        domains.insert(domain);

        assertThatThrownBy(() -> domains.insert(domain("taken-" + application + ".test", "/api")))
                .isInstanceOf(DuplicateKeyException.class);
        domains.insert(domain("taken-" + application + ".test", "/"));
    }

    @Test
    void anUpdateOfAnOldVersionChangesNothing() {
        Domain domain = domain("changed-" + application + ".test", "/");
        domains.insert(domain);
        Domain second = new Domain(
                domain.id(),
                application,
                domain.host(),
                PathPrefix.of("/second"),
                domain.settings(),
                2,
                NOW,
                NOW.plusSeconds(1));

        assertThat(domains.update(second)).isTrue();
        assertThat(domains.update(second)).isFalse();
        assertThat(domains.find(domain.id())).contains(second);
    }

    @Test
    void hostsOverlapAcrossWildcardsOfOneLabel() {
        String zone = "zone-" + application + ".test";
        Domain apex = domain(zone, "/");
        Domain wildcard = domain("*." + zone, "/");
        Domain child = domain("child." + zone, "/");
        Domain grandchild = domain("deep.child." + zone, "/");
        List.of(apex, wildcard, child, grandchild).forEach(domains::insert);

        assertThat(domains.overlapping(HostName.of(zone))).containsExactly(apex);
        assertThat(domains.overlapping(HostName.of("*." + zone))).containsExactly(wildcard, child);
        assertThat(domains.overlapping(HostName.of("child." + zone))).containsExactly(wildcard, child);
        assertThat(domains.overlapping(HostName.of("other." + zone))).containsExactly(wildcard);
        assertThat(domains.overlapping(HostName.of("deep.child." + zone))).containsExactly(grandchild);
    }

    @Test
    void aCertificateReplacesTheOneBeforeUnderTheSameIdWithItsKeySealed() {
        // As after the first connection over SSH; it changes nothing about how a key is written.
        Security.addProvider(new BouncyCastleProvider());
        HostName host = HostName.of("cert-" + application + ".test");
        Authority authority = Authority.create("test", NOW);
        KeyedCertificate first = authority.issue(host, NOW);
        KeyedCertificate second = authority.issue(host, NOW);
        certificates.save(host, Domain.Certifier.INTERNAL, first);
        String id = certificates.find(host).orElseThrow().id();

        certificates.save(host, Domain.Certifier.PERSON, second);

        CertificateStore.Stored stored = certificates.find(host).orElseThrow();
        assertThat(stored.id()).isEqualTo(id);
        assertThat(stored.by()).isEqualTo(Domain.Certifier.PERSON);
        assertThat(stored.certificate().serial()).isEqualTo(second.serial());
        assertThat(stored.certificate().keyPem().reveal())
                .isEqualTo(second.keyPem().reveal());
        assertThat(certificates.all()).extracting(CertificateStore.Stored::id).contains(id);
        assertThat(column("SELECT private_key FROM edge_certificates WHERE id = :id", id))
                .doesNotContain("PRIVATE KEY");
    }

    @Test
    void anAuthorityAndAnAccountAreKeptOnce() {
        String name = "authority-" + application;
        KeyedCertificate first = Authority.create("first", NOW).root();
        certificates.keepAuthority(name, first);
        certificates.keepAuthority(name, Authority.create("second", NOW).root());
        String directory = "https://acme.test/" + application;
        certificates.keepAccountKey(directory, Secret.of("first"));
        certificates.keepAccountKey(directory, Secret.of("second"));

        assertThat(certificates.authority(name).orElseThrow().serial()).isEqualTo(first.serial());
        assertThat(certificates.accountKey(directory).orElseThrow().reveal()).isEqualTo("first");
        assertThat(certificates.accountKey("https://other.test/")).isEmpty();
        assertThat(column("SELECT private_key FROM edge_authorities WHERE name = :id", name))
                .doesNotContain("PRIVATE KEY");
    }

    @Test
    void anOrderIsClaimedByOneUntilItsDeadline() {
        HostName host = HostName.of("order-" + application + ".test");
        Duration claim = Duration.ofMinutes(10);

        assertThat(certificates.claim(host, NOW, claim)).isTrue();
        assertThat(certificates.claim(host, NOW.plusSeconds(1), claim)).isFalse();
        assertThat(certificates.claim(host, NOW.plus(claim), claim)).isTrue();
        certificates.release(host);
        assertThat(certificates.claim(host, NOW, claim)).isTrue();
    }

    @Test
    void aFailedOrderWaitsUntilItsTimeOrUntilItIsHurried() {
        HostName host = HostName.of("failed-" + application + ".test");
        Duration claim = Duration.ofMinutes(10);
        Instant next = NOW.plusSeconds(300);
        assertThat(certificates.claim(host, NOW, claim)).isTrue();

        certificates.failed(host, 2, "It's \"wrong\".", next);

        assertThat(certificates.order(host)).contains(new CertificateStore.Order(host, 2, "It's \"wrong\".", next));
        assertThat(certificates.claim(host, next.minusMillis(1), claim)).isFalse();
        certificates.hurry(host);
        assertThat(certificates.claim(host, NOW, claim)).isTrue();
        certificates.succeeded(host);
        assertThat(certificates.order(host)).contains(new CertificateStore.Order(host, 0, null, Instant.EPOCH));
    }

    @Test
    void challengesEndWithTheirHostAndEverythingGoesWithIt() {
        HostName host = HostName.of("challenged-" + application + ".test");
        String token = "token-" + application;
        certificates.challenge(token, host, "authorization", NOW);
        certificates.challenge(token, host, "another", NOW);
        assertThat(certificates.challenges()).containsEntry(token, "authorization");

        certificates.endChallenges(host);
        assertThat(certificates.challenges()).doesNotContainKey(token);

        certificates.challenge(token, host, "authorization", NOW);
        certificates.claim(host, NOW, Duration.ofMinutes(1));
        certificates.save(
                host, Domain.Certifier.ACME, Authority.create("test", NOW).issue(host, NOW));
        certificates.delete(host);
        assertThat(certificates.find(host)).isEmpty();
        assertThat(certificates.order(host)).isEmpty();
        assertThat(certificates.challenges()).doesNotContainKey(token);
    }

    @Test
    void everythingOfAnApplicationGoesWithIt() {
        domains.insert(domain("gone-" + application + ".test", "/"));
        edges.place(application, new Upstream("gone-" + application, "198.51.100.1", 80), EdgeStore.Stage.ACTIVE);

        kernel.database()
                .write()
                .sql("DELETE FROM applications WHERE id = :id")
                .param("id", application.value())
                .update();

        assertThat(domains.on(server)).isEmpty();
        assertThat(domains.all()).noneMatch(domain -> domain.application().equals(application));
        assertThat(edges.backends(server, Map.of())).isEmpty();
        assertThat(edges.upstreams(application)).isEmpty();
    }

    private Domain domain(String host, String path) {
        return new Domain(
                new DomainId(kernel.ids().next()),
                application,
                HostName.of(host),
                PathPrefix.of(path),
                new Domain.Settings(
                        Domain.CertificateSource.AUTOMATIC,
                        new AccessPolicy.Public(),
                        null,
                        new Route.Handling(true, false, true, new TreeMap<>(), new TreeMap<>())),
                1,
                NOW,
                NOW);
    }

    private Page<Domain> page(@Nullable String cursor) {
        Paging paging = Paging.of(1, cursor);
        return Page.of(
                domains.list(application, paging), paging, domain -> domain.id().value());
    }

    private String column(String sql, String id) {
        return kernel.database()
                .read()
                .sql(sql)
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** A row of another module that foreign keys ask for. */
    private void insert(ApplicationId id) {
        kernel.database()
                .write()
                .sql("""
                        INSERT INTO applications (id, team_id, project_id, environment_id, server_id, name, configuration,
                            version, created_at, changed_at, state, replicas_running)
                        VALUES (:id, 't', 'p', :environment, 's', 'app', '{}', 1, 0, 0, 'none', 0)
                        """)
                .param("id", id.value())
                .param("environment", kernel.ids().next())
                .update();
    }
}
