package dev.havenkeep.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.havenkeep.connections.UpstreamFailure.Code;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.testing.upstream.FakeOidcProvider;
import dev.havenkeep.testing.upstream.FakeProvider.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Who may sign an ID token, and with what. */
class TokenSignatureTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Long enough for an HMAC key. */
    private static final String SECRET = "a-client-secret-of-more-than-thirty-two-bytes";

    private final StillClock clock = new StillClock();
    private final FakeOidcProvider provider =
            FakeOidcProvider.open(FakeOidcProvider.Flavour.GENERIC, clock, "havenkeep", SECRET);
    private final Upstream upstream = Journey.upstream(clock, ProviderAddresses.PUBLIC);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void unsignedTokenIsRefused() {
        assertRefused(
                (key, claims) -> text("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + text(json(claims)) + ".",
                "signed with none");
        assertRefused((key, claims) -> text("{\"alg\":\"NoNe\"}") + "." + text(json(claims)) + ".", "signed with NoNe");
        assertRefused((key, claims) -> text("{\"typ\":\"JWT\"}") + "." + text(json(claims)) + ".", "signed with");
    }

    @Test
    void hmacOverThePublicKeyOrTheSecretIsRefusedEvenWhenTheProviderAnnouncesIt() {
        provider.metadata(Map.of("id_token_signing_alg_values_supported", List.of("RS256", "HS256", "none")));

        assertRefused((key, claims) -> hmac(publicKey(key), key.getKeyID(), claims), "signed with HS256");
        assertRefused(
                (key, claims) -> hmac(SECRET.getBytes(StandardCharsets.UTF_8), key.getKeyID(), claims),
                "signed with HS256");
        assertRefused((key, claims) -> text("{\"alg\":\"none\"}") + "." + text(json(claims)) + ".", "signed with none");
    }

    @Test
    void connectionCannotAskForHmacEither() {
        provider.signWith((key, claims) -> hmac(SECRET.getBytes(StandardCharsets.UTF_8), key.getKeyID(), claims));

        Journey.assertFailed(
                Journey.signIn(upstream, settings(Set.of("HS256", "RS256"))), Code.BAD_SIGNATURE, "only RS256");
    }

    @Test
    void algorithmThatWasNotAnnouncedIsRefusedThoughTheKeyIsRight() {
        assertRefused(
                (key, claims) -> FakeOidcProvider.sign(
                        key,
                        new JWSHeader.Builder(JWSAlgorithm.RS512)
                                .keyID(key.getKeyID())
                                .build(),
                        claims),
                "only RS256 is accepted");
    }

    @Test
    void algorithmsOfTheConnectionReplaceTheAnnouncedOnes() {
        Journey.assertFailed(
                Journey.signIn(upstream, settings(Set.of("ES256"))), Code.BAD_SIGNATURE, "only ES256 is accepted");
    }

    @Test
    void anotherKeyUnderTheSameIdIsRefused() {
        RSAKey attackers = FakeOidcProvider.foreignKey();

        assertRefused(
                (key, claims) -> FakeOidcProvider.sign(
                        attackers,
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(key.getKeyID())
                                .build(),
                        claims),
                "not signed by a key of the provider");
    }

    @Test
    void keysThatTheTokenNamesItselfAreNotLookedAt() {
        RSAKey attackers = FakeOidcProvider.foreignKey();
        try (FakeOidcProvider elsewhere = FakeOidcProvider.open(FakeOidcProvider.Flavour.GENERIC, clock, "x", "x")) {
            URI keys = URI.create(elsewhere.base() + "/keys");
            elsewhere.replace(
                    "/keys",
                    request -> Reply.json(
                            Map.of("keys", List.of(attackers.toPublicJWK().toJSONObject()))));

            assertRefused(
                    (key, claims) -> FakeOidcProvider.sign(
                            attackers,
                            new JWSHeader.Builder(JWSAlgorithm.RS256)
                                    .keyID(attackers.getKeyID())
                                    .jwk(attackers.toPublicJWK())
                                    .jwkURL(keys)
                                    .x509CertURL(keys)
                                    .build(),
                            claims),
                    "not signed by a key of the provider");
            assertThat(elsewhere.asked("/keys")).isEmpty();
        }
    }

    @Test
    void changedClaimsAndTokensOfOtherKindsAreRefused() {
        assertRefused(
                (key, claims) -> {
                    String[] parts = FakeOidcProvider.sign(key, claims).split("\\.");
                    Map<String, Object> other = new LinkedHashMap<>(claims);
                    other.put("sub", "somebody-else");
                    return parts[0] + "." + text(json(other)) + "." + parts[2];
                },
                "not signed by a key of the provider");
        assertFails(
                (key, claims) -> FakeOidcProvider.sign(
                        key,
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID(key.getKeyID())
                                .build(),
                        claims),
                Code.BAD_TOKEN,
                "another kind: at+jwt");
        assertFails((key, claims) -> "a.b.c.d.e", Code.BAD_TOKEN, "encrypted");
        assertFails((key, claims) -> "garbage", Code.BAD_TOKEN, "no signed JWT");
        assertFails((key, claims) -> "!!.!!.!!", Code.BAD_TOKEN, "no header");
        assertFails((key, claims) -> text("[]") + ".e30.x", Code.BAD_TOKEN, "no header");
        assertFails((key, claims) -> "x".repeat(70_000), Code.BAD_TOKEN, "65536");
        assertFails(
                (key, claims) -> FakeOidcProvider.sign(
                        key,
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(key.getKeyID())
                                .criticalParams(Set.of("exp"))
                                .customParam("exp", 1)
                                .build(),
                        claims),
                Code.BAD_SIGNATURE,
                "not signed by a key");
    }

    @Test
    void shortKeysAndKeysForEncryptionSignNothing() throws JOSEException {
        RSAKey small = new RSAKeyGenerator(1024, true).keyID("small").generate();
        publish(small.toPublicJWK(), Map.of());
        assertRefused((key, claims) -> FakeOidcProvider.sign(small, claims), "not signed by a key of the provider");

        RSAKey big = FakeOidcProvider.foreignKey();
        publish(big.toPublicJWK(), Map.of("use", "enc"));
        clock.advance(Duration.ofMinutes(1));
        assertRefused((key, claims) -> FakeOidcProvider.sign(big, claims), "not signed by a key of the provider");
    }

    @Test
    void ellipticCurvesAreAcceptedWhenAnnounced() throws JOSEException {
        provider.metadata(Map.of("id_token_signing_alg_values_supported", List.of("ES256", "EdDSA")));
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        OctetKeyPair ed = new OctetKeyPairGenerator(Curve.Ed25519).keyID("ed").generate();

        publish(ec.toPublicJWK(), Map.of());
        provider.signWith(
                (key, claims) -> signed(JWSAlgorithm.ES256, "ec", claims, token -> token.sign(new ECDSASigner(ec))));
        provider.tamper(TokenSignatureTest::withoutHash);
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);

        publish(ed.toPublicJWK(), Map.of());
        provider.signWith(
                (key, claims) -> signed(JWSAlgorithm.EdDSA, "ed", claims, token -> token.sign(new Ed25519Signer(ed))));
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);
    }

    @Test
    void keyThatIsNewIsAskedForOnceAndNotAgainSoon() {
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);
        assertThat(provider.asked("/keys")).hasSize(1);
        assertThat(provider.asked("/.well-known/openid-configuration")).hasSize(1);

        provider.rotateKey(true);
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);
        assertThat(provider.asked("/keys")).hasSize(2);

        RSAKey unknown = FakeOidcProvider.foreignKey();
        for (int i = 0; i < 3; i++) {
            assertRefused((key, claims) -> FakeOidcProvider.sign(unknown, claims), unknown.getKeyID());
        }
        assertThat(provider.asked("/keys")).hasSize(2);

        clock.advance(Duration.ofSeconds(31));
        assertRefused((key, claims) -> FakeOidcProvider.sign(unknown, claims), unknown.getKeyID());
        assertThat(provider.asked("/keys")).hasSize(3);
    }

    @Test
    void keyThatWasWithdrawnSignsNothingAfterAnHour() {
        RSAKey[] old = new RSAKey[1];
        provider.signWith((key, claims) -> {
            old[0] = key;
            return FakeOidcProvider.sign(key, claims);
        });
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);

        provider.rotateKey(false);
        clock.advance(Duration.ofMinutes(61));

        assertRefused((key, claims) -> FakeOidcProvider.sign(old[0], claims), "not signed by a key of the provider");
    }

    @Test
    void keysAndMetadataAreUsedOnWhileTheProviderCannotShowThem() {
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);
        provider.replace("/keys", request -> Reply.text(503, "maintenance"));
        provider.replace("/.well-known/openid-configuration", request -> Reply.text(503, "maintenance"));

        clock.advance(Duration.ofHours(5));
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);

        clock.advance(Duration.ofHours(25));
        assertThat(upstream.start("x", settings(Set.of()), Journey.CALLBACK, AuthorizationHints.none()))
                .isInstanceOf(AuthorizationStart.Failed.class);
    }

    @Test
    void crowdAsksOnce() throws InterruptedException {
        Queue<AuthorizationStart> starts = new ConcurrentLinkedQueue<>();
        List<Thread> crowd = IntStream.range(0, 20)
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> starts.add(
                                upstream.start("x", settings(Set.of()), Journey.CALLBACK, AuthorizationHints.none()))))
                .toList();
        for (Thread somebody : crowd) {
            somebody.join();
        }

        assertThat(starts).hasSize(20).allMatch(AuthorizationStart.Redirect.class::isInstance);
        assertThat(provider.asked("/.well-known/openid-configuration")).hasSize(1);
    }

    @Test
    void providerThatFailsIsLeftAloneForAMoment() {
        provider.replace("/.well-known/openid-configuration", request -> Reply.text(503, "maintenance"));
        for (int i = 0; i < 3; i++) {
            assertThat(upstream.start("x", settings(Set.of()), Journey.CALLBACK, AuthorizationHints.none()))
                    .isInstanceOf(AuthorizationStart.Failed.class);
        }
        assertThat(provider.asked("/.well-known/openid-configuration")).hasSize(1);

        provider.restore("/.well-known/openid-configuration");
        clock.advance(Duration.ofSeconds(6));
        assertThat(Journey.signIn(upstream, settings(Set.of()))).isInstanceOf(UpstreamOutcome.Proven.class);
    }

    private void publish(JWK key, Map<String, Object> members) {
        Map<String, Object> jwk = new LinkedHashMap<>(key.toJSONObject());
        jwk.putAll(members);
        provider.replace(
                "/keys", request -> Reply.json(Map.of("keys", List.of(Map.of("kty", "a-kind-of-tomorrow"), jwk))));
    }

    private void assertRefused(BiFunction<RSAKey, Map<String, Object>, String> signer, String reason) {
        assertFails(signer, Code.BAD_SIGNATURE, reason);
    }

    private void assertFails(BiFunction<RSAKey, Map<String, Object>, String> signer, Code code, String reason) {
        provider.signWith(signer);
        Journey.assertFailed(Journey.signIn(upstream, settings(Set.of())), code, reason);
    }

    private ConnectionSettings.Oidc settings(Set<String> algorithms) {
        return new ConnectionSettings.Oidc(
                "havenkeep",
                new ClientAuthentication.SecretBasic(Secret.of(SECRET)),
                List.of(),
                provider.issuer(),
                algorithms,
                EmailAuthority.none());
    }

    private static Map<String, Object> withoutHash(Map<String, Object> claims) {
        Map<String, Object> without = new LinkedHashMap<>(claims);
        without.remove("at_hash");
        return without;
    }

    private static byte[] publicKey(RSAKey key) {
        try {
            return key.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(byte[] secret, String keyId, Map<String, Object> claims) {
        return signed(JWSAlgorithm.HS256, keyId, claims, token -> token.sign(new MACSigner(secret)));
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, Map<String, Object> claims, Signing signing) {
        JWSObject token =
                new JWSObject(new JWSHeader.Builder(algorithm).keyID(keyId).build(), new Payload(claims));
        try {
            signing.sign(token);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @FunctionalInterface
    private interface Signing {

        void sign(JWSObject token) throws JOSEException;
    }

    private static String json(Map<String, Object> claims) {
        return JSON.writeValueAsString(claims);
    }

    private static String text(String text) {
        return Base64URL.encode(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
