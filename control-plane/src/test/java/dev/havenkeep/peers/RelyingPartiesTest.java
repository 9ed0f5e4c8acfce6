package dev.havenkeep.peers;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.edge.BackendOptions;
import dev.havenkeep.edge.EdgeLab;
import dev.havenkeep.edge.Upstream;
import dev.havenkeep.edge.certificates.Authority;
import dev.havenkeep.edge.certificates.KeyedCertificate;
import dev.havenkeep.edge.lab.DockerCommand;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmClients;
import dev.havenkeep.realms.RealmName;
import dev.havenkeep.realms.RealmSettings;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.realms.SigningAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lab's relying parties at a realm of a running Havenkeep, which they reach as everybody does: at its public URL, over
 * TLS, through the edge. Keycloak proves the parties themselves (lab/relying-parties).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelyingPartiesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery staple";

    private final String host = "id-" + unique() + ".localhost";
    private final Authority authority = Authority.create("Peers", Instant.now());
    private EdgeLab lab;
    private RelyingParties parties;

    @BeforeAll
    void start() throws Exception {
        InetAddress seenByTheEdge = DockerCommand.gateway();
        lab = new EdgeLab((_, https) -> Map.of(
                "haven.public-url", "https://" + host + ":" + https,
                "server.address", "0.0.0.0",
                "haven.trusted-proxies", "172.16.0.0/12"));
        parties = new RelyingParties(authority.root().chainPem());
        ApplicationId front = lab.application("front");
        lab.edge().declare(front, lab.server(), BackendOptions.DEFAULT);
        lab.edge().switchTo(front, List.of(new Upstream("havenkeep", seenByTheEdge.getHostAddress(), port())));
        KeyedCertificate certificate = authority.issue(HostName.of(host), Instant.now());
        String domain = lab.domain(front, Map.of("host", host, "certificate", "own"))
                .expect(201)
                .text("id");
        lab.owner()
                .put(
                        "/api/v1/domains/" + domain + "/certificate",
                        Map.of(
                                "certificatePem",
                                certificate.chainPem(),
                                "privateKeyPem",
                                certificate.keyPem().reveal()))
                .expect(200);
        Awaitility.await()
                .atMost(SOON)
                .until(() -> lab.owner().get("/api/v1/domains/" + domain).text("/status/state"), "active"::equals);
    }

    @AfterAll
    void stop() throws IOException {
        parties.close();
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid-client", "authjs", "next-auth", "mod-auth-openidc", "spring-client"})
    void signsInRefreshesAndSignsOut(String party) throws Exception {
        Realm realm = realm();

        parties.trial(party, issuer(realm), account(realm), Map.of(), addresses -> client(realm, addresses));
    }

    @Test
    void aRealmOfKeycloakSignsInRefreshesAndSignsOut() throws Exception {
        Realm realm = realm();

        try (KeycloakServer keycloak = KeycloakServer.up("broker-" + unique(), parties.certificates())) {
            parties.trust(keycloak.certificate());
            Map<String, Object> broker = Map.of("server", keycloak.description(), "name", "broker");
            parties.trial(
                    "keycloak-broker",
                    issuer(realm),
                    account(realm),
                    Map.of("broker", broker),
                    addresses -> client(realm, addresses));
        }
    }

    private Realm realm() {
        return lab.haven()
                .bean(Realms.class)
                .create(null, new RealmName("peers-" + unique()), RealmSettings.of("Peers"), null, null);
    }

    private String issuer(Realm realm) {
        return lab.haven().bean(Realms.class).issuer(realm);
    }

    private Map<String, String> account(Realm realm) {
        String email = "ada-" + unique() + "@example.com";
        lab.haven()
                .bean(RealmUsers.class)
                .create(
                        realm.id(),
                        new RealmUsers.Newcomer(
                                EmailAddress.parse("email", email),
                                true,
                                DisplayName.parse("name", "Ada Lovelace"),
                                RealmUser.Profile.EMPTY,
                                NewPassword.parse("password", Secret.of(PASSWORD), List.of())));
        return Map.of("email", email, "password", PASSWORD, "givenName", "Ada", "familyName", "Lovelace");
    }

    private Map<String, String> client(Realm realm, RelyingParties.Addresses addresses) {
        ClientSettings usual = ClientSettings.usual("Peer", ClientSettings.Kind.WEB, addresses.redirectUris());
        ClientSettings settings = new ClientSettings(
                usual.name(),
                usual.kind(),
                new ClientSettings.Addresses(addresses.redirectUris(), addresses.postLogoutRedirectUris(), null),
                usual.flows(),
                usual.proof(),
                new ClientSettings.Tokens(SigningAlgorithm.RS256, ClientSettings.TokenFormat.JWT, null, null, false),
                usual.connections(),
                usual.logoUrl());
        RealmClients.WithSecret made = lab.haven().bean(RealmClients.class).create(realm.id(), null, settings);
        Secret secret = Objects.requireNonNull(made.secret());
        return Map.of("id", made.client().clientId(), "secret", secret.reveal(), "algorithm", "RS256");
    }

    private int port() {
        return URI.create(lab.haven().url()).getPort();
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
