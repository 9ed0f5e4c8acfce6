package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.connections.ConnectionSettings.TrustedTenant;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.TestClock;
import dev.havenkeep.testing.upstream.Browser;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import dev.havenkeep.testing.upstream.FakeProvider.Reply;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Microsoft: an issuer per tenant, known by tenant and object, and an e-mail claim that anybody can write. */
class MicrosoftConnectionTest {

    private static final String CONTOSO = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    private static final String EVIL = "eeeeeeee-86f1-41af-91ab-2d7cd011db47";
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";
    private static final String JANE = "a1b2c3d4-0000-4000-8000-000000000001";

    private final TestClock clock = new TestClock();
    private final FakeOidcProvider microsoft =
            FakeOidcProvider.open(FakeOidcProvider.Flavour.MICROSOFT, clock, "app", "secret");
    private final Upstream upstream = Journey.upstream(clock, Journey.addresses(microsoft, microsoft, microsoft));

    @AfterEach
    void close() {
        microsoft.close();
    }

    @Test
    void peopleAreTheirTenantAndObject() {
        microsoft.person(person(CONTOSO, Map.of("name", "Jane Doe", "preferred_username", "jane@contoso.com")));

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings("common", List.of())));

        assertThat(identity.provider()).isEqualTo(microsoft.base());
        assertThat(identity.subject()).isEqualTo(CONTOSO + "/" + JANE);
        assertThat(identity.email()).isInstanceOf(UpstreamEmail.Missing.class);
        assertThat(identity.profile().username()).isEqualTo("jane@contoso.com");
        assertThat(identity.claims()).containsEntry("tid", CONTOSO);
    }

    static List<Object> ownersVerdicts() {
        return List.of(true, "1", "true", "True", 1, false, "0", "false", 0, "yes", List.of(true));
    }

    @ParameterizedTest
    @MethodSource("ownersVerdicts")
    void addressIsProofWhenTheDomainOwnerIsVerified(Object verdict) {
        microsoft.person(person(EVIL, Map.of("email", "victim@contoso.com", "xms_edov", verdict)));

        UpstreamIdentity identity = Journey.proven(Journey.signIn(upstream, settings("common", List.of())));

        boolean proof = List.of(true, "1", "true", "True", 1).contains(verdict);
        assertThat(identity.email())
                .isInstanceOf(proof ? UpstreamEmail.Authoritative.class : UpstreamEmail.Unverified.class);
    }

    @Test
    void addressThatATenantMadeUpIsNoProofThoughItSaysItIsVerified() {
        microsoft.person(person(
                EVIL,
                Map.of(
                        "email",
                        "victim@contoso.com",
                        "email_verified",
                        true,
                        "verified_primary_email",
                        List.of("victim@contoso.com"))));

        assertThat(Journey.proven(Journey.signIn(upstream, settings("common", trusted())))
                        .email())
                .isInstanceOf(UpstreamEmail.Unverified.class);
    }

    @Test
    void addressOfATrustedTenantIsProofWithinItsDomains() {
        microsoft.person(person(CONTOSO, Map.of("email", "Jane@contoso.com")));
        assertThat(Journey.proven(Journey.signIn(upstream, settings("common", trusted())))
                        .email())
                .isEqualTo(new UpstreamEmail.Authoritative(new EmailAddress("jane@contoso.com")));

        // A guest of the tenant, with an address that its administrators do not assign.
        microsoft.person(person(CONTOSO, Map.of("email", "victim@gmail.com")));
        assertThat(Journey.proven(Journey.signIn(upstream, settings("common", trusted())))
                        .email())
                .isInstanceOf(UpstreamEmail.Unverified.class);
        assertThat(Journey.proven(Journey.signIn(
                                upstream, settings("common", List.of(new TrustedTenant(CONTOSO, Set.of())))))
                        .email())
                .isInstanceOf(UpstreamEmail.Authoritative.class);
    }

    @Test
    void tenantInTheIssuerMustBeThatOfTheToken() {
        // Signed with a right key, but the issuer is of one tenant and tid of another.
        microsoft.person(
                person(CONTOSO, Map.of("iss", microsoft.base() + "/" + EVIL + "/v2.0", "email", "jane@contoso.com")));
        Journey.assertFailed(Journey.signIn(upstream, settings("common", trusted())), Code.WRONG_ISSUER, EVIL);

        microsoft.person(person(CONTOSO, Map.of("iss", microsoft.base() + "/{tenantid}/v2.0")));
        Journey.assertFailed(Journey.signIn(upstream, settings("common", List.of())), Code.WRONG_ISSUER, "{tenantid}");

        microsoft.person(person("{tenantid}", Map.of()));
        Journey.assertFailed(Journey.signIn(upstream, settings("common", List.of())), Code.WRONG_ISSUER, "{tenantid}");

        microsoft.tamper(claims -> {
            Map<String, Object> without = new HashMap<>(claims);
            without.remove("tid");
            return without;
        });
        Journey.assertFailed(
                Journey.signIn(upstream, settings("common", List.of())), Code.WRONG_ISSUER, "ID token is from");
    }

    @ParameterizedTest
    @CsvSource({
        "common,        72f988bf-86f1-41af-91ab-2d7cd011db47, ",
        "common,        9188040d-6c67-4c5b-b112-36a304b66dad, ",
        "organizations, 72f988bf-86f1-41af-91ab-2d7cd011db47, ",
        "organizations, 9188040d-6c67-4c5b-b112-36a304b66dad, NOT_ALLOWED",
        "72F988BF-86f1-41af-91ab-2d7cd011db47, 72f988bf-86f1-41af-91ab-2d7cd011db47, ",
        "72f988bf-86f1-41af-91ab-2d7cd011db47, eeeeeeee-86f1-41af-91ab-2d7cd011db47, WRONG_ISSUER",
    })
    void connectionLetsInTheTenantsThatItSays(String configured, String tenant, @Nullable Code refusal) {
        microsoft.person(person(tenant, Map.of()));

        UpstreamOutcome outcome = Journey.signIn(upstream, settings(configured, List.of()));

        if (refusal == null) {
            assertThat(Journey.proven(outcome).subject()).isEqualTo(tenant + "/" + JANE);
        } else {
            Journey.assertFailed(outcome, refusal, tenant);
        }
    }

    @Test
    void personalAccountsAndTenantsByDomainHaveTheirOwnIssuer() {
        microsoft.metadata(Map.of("issuer", microsoft.base() + "/" + CONSUMERS + "/v2.0"));
        microsoft.person(person(CONSUMERS, Map.of()));
        assertThat(Journey.signIn(upstream, settings("consumers", List.of())))
                .isInstanceOf(UpstreamOutcome.Proven.class);

        microsoft.metadata(Map.of("issuer", microsoft.base() + "/" + CONTOSO + "/v2.0"));
        microsoft.person(person(CONTOSO, Map.of()));
        assertThat(Journey.signIn(upstream, settings("contoso.com", List.of())))
                .isInstanceOf(UpstreamOutcome.Proven.class);
        microsoft.person(person(EVIL, Map.of()));
        Journey.assertFailed(Journey.signIn(upstream, settings("contoso.com", List.of())), Code.WRONG_ISSUER, EVIL);
    }

    @Test
    void discoveryOfAnotherIssuerIsRefused() {
        for (String issuer : List.of(
                "https://evil.example/{tenantid}/v2.0",
                microsoft.base() + "/" + EVIL + "/v2.0",
                microsoft.base() + "/v2.0",
                microsoft.base() + "//v2.0")) {
            microsoft.metadata(Map.of("issuer", issuer));
            Upstream fresh = Journey.upstream(clock, Journey.addresses(microsoft, microsoft, microsoft));
            assertThat(fresh.check(settings("common", List.of())))
                    .as(issuer)
                    .map(UpstreamFailure::code)
                    .contains(Code.WRONG_ISSUER);
        }
        assertThat(upstream.check(settings("../evil", List.of())))
                .map(UpstreamFailure::code)
                .contains(Code.BAD_SETTINGS);
    }

    @Test
    void keyOfOneTenantSignsForNoOther() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        microsoft.signWith((key, claims) -> {
            jwk.putAll(key.toPublicJWK().toJSONObject());
            return FakeOidcProvider.sign(key, claims);
        });
        microsoft.replace("/keys", request -> {
            Map<String, Object> bound = new LinkedHashMap<>(jwk);
            bound.put("issuer", microsoft.base() + "/" + EVIL + "/v2.0");
            return Reply.json(Map.of("keys", List.of(bound)));
        });
        microsoft.person(person(CONTOSO, Map.of()));

        Journey.assertFailed(
                Journey.signIn(upstream, settings("common", List.of())), Code.BAD_SIGNATURE, "not signed by a key");
        microsoft.person(person(EVIL, Map.of()));
        assertThat(Journey.signIn(upstream, settings("common", List.of()))).isInstanceOf(UpstreamOutcome.Proven.class);
    }

    @Test
    void tokenWithoutObjectIdIsNobodys() {
        microsoft.person(Map.of("sub", "pairwise", "tid", CONTOSO));
        Journey.assertFailed(Journey.signIn(upstream, settings("common", List.of())), Code.BAD_TOKEN, "oid");
        microsoft.person(Map.of("sub", "pairwise", "tid", CONTOSO, "oid", "../" + JANE));
        Journey.assertFailed(Journey.signIn(upstream, settings("common", List.of())), Code.BAD_TOKEN, "oid");
    }

    @Test
    void answerThatNamesItsIssuerMustNameATenantOfMicrosoft() {
        microsoft.person(person(CONTOSO, Map.of()));
        ConnectionSettings.Microsoft settings = settings("common", List.of());
        for (Map.Entry<String, Boolean> named : Map.of(
                        microsoft.base() + "/" + CONTOSO + "/v2.0", true,
                        microsoft.base() + "/{tenantid}/v2.0", false,
                        microsoft.base() + "/common/v2.0", false,
                        "https://evil.example/" + CONTOSO + "/v2.0", false)
                .entrySet()) {
            AuthorizationStart.Redirect start = Journey.start(upstream, settings);
            Browser.Return back = Browser.visit(start.location()).with("iss", named.getKey());
            UpstreamOutcome outcome = upstream.finish(settings, start.pending(), Journey.parameters(back));
            if (named.getValue()) {
                assertThat(outcome).isInstanceOf(UpstreamOutcome.Proven.class);
            } else {
                Journey.assertFailed(outcome, Code.MIX_UP, named.getKey());
            }
        }
    }

    private static Map<String, Object> person(String tenant, Map<String, Object> more) {
        Map<String, Object> person = new HashMap<>(Map.of("sub", "pairwise", "tid", tenant, "oid", JANE));
        person.putAll(more);
        return person;
    }

    private static List<TrustedTenant> trusted() {
        return List.of(new TrustedTenant(CONTOSO, Set.of("Contoso.com")));
    }

    private static ConnectionSettings.Microsoft settings(String tenant, List<TrustedTenant> trusted) {
        return new ConnectionSettings.Microsoft(
                "app", Secret.of("secret"), ConnectionSettings.Microsoft.SCOPES, tenant, trusted);
    }
}
