package dev.havenkeep.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.havenkeep.credentials.PasskeyOptions.Requirement;
import dev.havenkeep.kernel.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PasskeysTest {

    private static final RelyingParty SITE = RelyingParty.at(URI.create("https://id.example.com/realms/main"), "Main");
    private static final String ANNA = base64url("anna");

    private final Passkeys passkeys = new Passkeys();
    private final SoftwareAuthenticator phone = new SoftwareAuthenticator(SoftwareAuthenticator.Kind.ES256);

    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ES256", "RS256"})
    void passkeyIsMadeAndUsed(SoftwareAuthenticator.Kind kind) {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(kind);
        String first = Passkeys.challenge();
        PasskeyRegistered registered =
                passkeys.register(authenticator.create(first), SITE, first, Requirement.REQUIRED);
        Passkey passkey = registered.passkey(ANNA);
        String second = Passkeys.challenge();
        String answer = authenticator.get(second, ANNA);

        Passkeys.Claim claim = passkeys.claim(answer);
        PasskeyUsed used = passkeys.use(answer, SITE, second, Requirement.REQUIRED, passkey);

        assertThat(registered.credentialId()).isEqualTo(authenticator.credentialId());
        assertThat(registered.transports()).containsExactly("hybrid", "internal");
        assertThat(registered.aaguid()).isEqualTo(new UUID(0, 0));
        assertThat(registered.userVerified()).isTrue();
        assertThat(registered.backupEligible()).isTrue();
        assertThat(registered.backupState()).isTrue();
        assertThat(claim).isEqualTo(new Passkeys.Claim(authenticator.credentialId(), ANNA));
        assertThat(used).isEqualTo(new PasskeyUsed(0, false, true, true));
    }

    @Test
    void optionsAreWhatTheSpecificationSays() {
        Passkey existing = new Passkey("AAEC", "AAEC", ANNA, 0, true, List.of("internal"));
        String creation = JsonMapper.shared()
                .writeValueAsString(Passkeys.creation(
                        SITE,
                        new PasskeyOptions.Person(ANNA, "anna@example.com", "Anna"),
                        "Q0hBTExFTkdF",
                        List.of(existing),
                        Requirement.REQUIRED,
                        Requirement.PREFERRED));
        String request = JsonMapper.shared()
                .writeValueAsString(Passkeys.request(SITE, "Q0hBTExFTkdF", List.of(existing), Requirement.REQUIRED));

        assertThat(json(creation)).isEqualTo(json("""
                {"rp": {"id": "id.example.com", "name": "Main"},
                 "user": {"id": "%s", "name": "anna@example.com", "displayName": "Anna"},
                 "challenge": "Q0hBTExFTkdF",
                 "pubKeyCredParams": [{"type": "public-key", "alg": -8}, {"type": "public-key", "alg": -7},
                                      {"type": "public-key", "alg": -257}],
                 "timeout": 300000,
                 "excludeCredentials": [{"type": "public-key", "id": "AAEC", "transports": ["internal"]}],
                 "authenticatorSelection": {"residentKey": "required", "requireResidentKey": true,
                                            "userVerification": "preferred"},
                 "attestation": "none"}
                """.formatted(ANNA)));
        assertThat(json(request)).isEqualTo(json("""
                {"challenge": "Q0hBTExFTkdF", "timeout": 300000, "rpId": "id.example.com",
                 "allowCredentials": [{"type": "public-key", "id": "AAEC", "transports": ["internal"]}],
                 "userVerification": "required"}
                """));
    }

    @Test
    void challengesAre256BitsAndAllDifferent() {
        assertThat(Passkeys.challenge()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(Passkeys.challenge());
    }

    @Test
    void passkeyOfAnotherSiteIsNotMade() {
        refusedToMake(authenticator -> authenticator.origin = "https://evil.example.net", "another site");
        refusedToMake(authenticator -> authenticator.origin = "http://id.example.com", "another site");
        refusedToMake(authenticator -> authenticator.origin = "https://id.example.com:8443", "another site");
        refusedToMake(authenticator -> authenticator.origin = "https://id.example.com.evil.net", "another site");
        refusedToMake(authenticator -> authenticator.rpId = "evil.example.net", "another site");
        refusedToMake(authenticator -> authenticator.rpId = "example.com", "another site");
        refusedToMake(authenticator -> authenticator.origin = "no origin at all", "");
    }

    @Test
    void answerOfTheOtherCeremonyIsNotAccepted() {
        refusedToMake(authenticator -> authenticator.createType = "webauthn.get", "not accepted");
        refusedToUse(authenticator -> authenticator.getType = "webauthn.create", "not accepted");
        refusedToUse(authenticator -> authenticator.getType = "payment.get", "");
    }

    @Test
    void whoIsNotThereOrNotVerifiedIsRefusedWhereThatIsRequired() {
        refusedToMake(authenticator -> authenticator.userVerified = false, "fingerprint");
        refusedToMake(authenticator -> authenticator.userPresent = false, "not accepted");
        refusedToUse(authenticator -> authenticator.userVerified = false, "fingerprint");
        refusedToUse(authenticator -> authenticator.userPresent = false, "not accepted");
    }

    @Test
    void whoIsNotVerifiedIsReportedWhereThatIsOnlyPreferred() {
        phone.userVerified = false;
        String first = Passkeys.challenge();
        PasskeyRegistered registered = passkeys.register(phone.create(first), SITE, first, Requirement.PREFERRED);
        String second = Passkeys.challenge();

        PasskeyUsed used =
                passkeys.use(phone.get(second, null), SITE, second, Requirement.PREFERRED, registered.passkey(ANNA));

        assertThat(registered.userVerified()).isFalse();
        assertThat(used.userVerified()).isFalse();
    }

    @Test
    void keysOfAKindThatWasNotAskedForAreRefused() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(SoftwareAuthenticator.Kind.ES384);
        String challenge = Passkeys.challenge();

        refused(() -> passkeys.register(authenticator.create(challenge), SITE, challenge, Requirement.REQUIRED), "");
    }

    @Test
    void passkeyOfAnotherSiteIsNotUsed() {
        refusedToUse(authenticator -> authenticator.origin = "https://evil.example.net", "another site");
        refusedToUse(authenticator -> authenticator.origin = "https://id.example.com:8443", "another site");
        refusedToUse(authenticator -> authenticator.rpId = "evil.example.net", "another site");
        refusedToUse(authenticator -> authenticator.crossOrigin = true, "not accepted");
    }

    @Test
    void answerToAnotherChallengeIsRefusedAndSoIsAReplayedOne() {
        String first = Passkeys.challenge();
        String registration = phone.create(first);
        Passkey passkey = passkeys.register(registration, SITE, first, Requirement.REQUIRED)
                .passkey(ANNA);
        String second = Passkeys.challenge();
        String answer = phone.get(second, ANNA);
        passkeys.use(answer, SITE, second, Requirement.REQUIRED, passkey);
        String next = Passkeys.challenge();

        refused(() -> passkeys.register(registration, SITE, next, Requirement.REQUIRED), "another request");
        refused(() -> passkeys.use(answer, SITE, next, Requirement.REQUIRED, passkey), "another request");
    }

    @Test
    void counterThatWentBackIsFlagged() {
        phone.signCount = 7;
        Passkey passkey = registered(phone);
        assertThat(passkey.signCount()).isEqualTo(7);

        assertThat(usedWithCounter(8, passkey)).isEqualTo(new PasskeyUsed(8, false, true, true));
        assertThat(usedWithCounter(7, passkey)).isEqualTo(new PasskeyUsed(7, true, true, true));
        assertThat(usedWithCounter(3, passkey)).isEqualTo(new PasskeyUsed(7, true, true, true));
        assertThat(usedWithCounter(0, passkey)).isEqualTo(new PasskeyUsed(7, true, true, true));
        assertThat(usedWithCounter(0xFFFFFFFFL, passkey).signCount()).isEqualTo(0xFFFFFFFFL);
    }

    @Test
    void passkeyOfSomebodyElseIsRefused() {
        Passkey annas = registered(phone);
        SoftwareAuthenticator other = new SoftwareAuthenticator(SoftwareAuthenticator.Kind.ES256);
        Passkey berts = registered(other);
        String challenge = Passkeys.challenge();
        Passkey annasIdWithBertsKey =
                new Passkey(annas.credentialId(), berts.publicKeyCose(), ANNA, 0, true, List.of());

        refused(
                () -> passkeys.use(other.get(challenge, ANNA), SITE, challenge, Requirement.REQUIRED, annas),
                "another passkey");
        refused(
                () -> passkeys.use(
                        phone.get(challenge, base64url("bert")), SITE, challenge, Requirement.REQUIRED, annas),
                "another passkey");
        refused(
                () -> passkeys.use(
                        phone.get(challenge, ANNA), SITE, challenge, Requirement.REQUIRED, annasIdWithBertsKey),
                "signature");
    }

    @Test
    void passkeyThatWasBoundToItsDeviceCannotTurnIntoACopy() {
        phone.backupEligible = false;
        phone.backedUp = false;
        Passkey passkey = registered(phone);
        phone.backupEligible = true;
        phone.backedUp = true;
        String challenge = Passkeys.challenge();

        refused(
                () -> passkeys.use(phone.get(challenge, ANNA), SITE, challenge, Requirement.REQUIRED, passkey),
                "not accepted");
    }

    @Test
    void signedDataCannotBeChanged() {
        Passkey passkey = registered(phone);
        String challenge = Passkeys.challenge();
        phone.userVerified = false;
        JsonNode honest = json(phone.get(challenge, ANNA));
        phone.userVerified = true;
        JsonNode verified = json(phone.get(challenge, ANNA));
        String forged = honest.toString()
                .replace(
                        honest.at("/response/authenticatorData").asString(),
                        verified.at("/response/authenticatorData").asString());

        refused(() -> passkeys.use(forged, SITE, challenge, Requirement.REQUIRED, passkey), "signature");
    }

    @Test
    void malformedCborIsRefused() {
        String challenge = Passkeys.challenge();
        byte[] good = phone.attestationObject();

        for (byte[] bad : List.of(
                new byte[0],
                new byte[] {(byte) 0xFF},
                "not CBOR at all".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length / 2),
                SoftwareAuthenticator.cbor(Map.of()),
                SoftwareAuthenticator.cbor(Map.of("fmt", "none")),
                SoftwareAuthenticator.cbor(Map.of("fmt", "none", "attStmt", Map.of(), "authData", new byte[37])),
                SoftwareAuthenticator.cbor(Map.of("fmt", "none", "attStmt", Map.of(), "authData", new byte[3])),
                // An array that claims to have four thousand million members, and one nested deeply.
                new byte[] {(byte) 0x9A, -1, -1, -1, -1},
                nested(20_000))) {
            refused(
                    () -> passkeys.register(phone.registration(challenge, bad), SITE, challenge, Requirement.REQUIRED),
                    "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "\"text\"",
                "{\"id\":null}",
                "{\"id\":\"AAEC\",\"rawId\":\"AAEC\",\"type\":\"public-key\",\"response\":null}",
                "{\"id\":\"AAEC\",\"rawId\":\"AAEC\",\"type\":\"public-key\",\"response\":{}}",
                "{\"id\":\"*\",\"rawId\":\"*\",\"type\":\"password\",\"response\":{\"clientDataJSON\":\"*\"}}",
                "{\"id\":[[[[",
            })
    void whatIsNoAnswerIsRefused(String text) {
        Passkey passkey = registered(phone);
        String challenge = Passkeys.challenge();

        refused(() -> passkeys.claim(text), "");
        refused(() -> passkeys.register(text, SITE, challenge, Requirement.REQUIRED), "");
        refused(() -> passkeys.use(text, SITE, challenge, Requirement.REQUIRED, passkey), "");
        refused(() -> passkeys.claim(text + " ".repeat(70_000)), "");
    }

    @Test
    void damagedAnswersNeverBreakTheReader() {
        Passkey passkey = registered(phone);
        String challenge = Passkeys.challenge();
        byte[] attestation = phone.attestationObject();
        String answer = phone.get(challenge, ANNA);
        Random random = new Random(1);

        for (int i = 0; i < 500; i++) {
            byte[] damaged = attestation.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            Throwable made = catchThrowable(() ->
                    passkeys.register(phone.registration(challenge, damaged), SITE, challenge, Requirement.REQUIRED));
            if (made != null) {
                assertThat(made).isInstanceOf(ProblemException.class);
            }
            StringBuilder text = new StringBuilder(answer);
            text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
            Throwable used =
                    catchThrowable(() -> passkeys.use(text.toString(), SITE, challenge, Requirement.REQUIRED, passkey));
            if (used != null) {
                assertThat(used).as(text.toString()).isInstanceOf(ProblemException.class);
            }
        }
    }

    @Test
    void authenticatorNamesItsModel() {
        UUID model = UUID.fromString("08987058-cadc-4b81-b6e1-30de50dcbe96");
        phone.aaguid = java.nio.ByteBuffer.allocate(16)
                .putLong(model.getMostSignificantBits())
                .putLong(model.getLeastSignificantBits())
                .array();
        String challenge = Passkeys.challenge();

        assertThat(passkeys.register(phone.create(challenge), SITE, challenge, Requirement.REQUIRED)
                        .aaguid())
                .isEqualTo(model);
    }

    @Test
    void siteIsWhereItsPagesAre() {
        assertThat(RelyingParty.at(URI.create("https://ID.example.com:8443/realms/x"), "X"))
                .isEqualTo(new RelyingParty("id.example.com", "X", Set.of("https://id.example.com:8443")));
        assertThat(new RelyingParty("example.com", "X", Set.of("https://a.example.com", "https://example.com")).id())
                .isEqualTo("example.com");
        assertThat(RelyingParty.at(URI.create("http://localhost:8080"), "X").id())
                .isEqualTo("localhost");
        for (String origin : List.of("http://example.com", "https://badexample.com", "https://example.net", "x:y")) {
            assertThatThrownBy(() -> new RelyingParty("example.com", "X", Set.of(origin)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Passkey registered(SoftwareAuthenticator authenticator) {
        String challenge = Passkeys.challenge();
        return passkeys.register(authenticator.create(challenge), SITE, challenge, Requirement.REQUIRED)
                .passkey(ANNA);
    }

    private PasskeyUsed usedWithCounter(long count, Passkey passkey) {
        phone.signCount = count;
        String challenge = Passkeys.challenge();
        return passkeys.use(phone.get(challenge, ANNA), SITE, challenge, Requirement.REQUIRED, passkey);
    }

    private void refusedToMake(Consumer<SoftwareAuthenticator> attack, String says) {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(SoftwareAuthenticator.Kind.ES256);
        attack.accept(authenticator);
        String challenge = Passkeys.challenge();
        refused(() -> passkeys.register(authenticator.create(challenge), SITE, challenge, Requirement.REQUIRED), says);
    }

    private void refusedToUse(Consumer<SoftwareAuthenticator> attack, String says) {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(SoftwareAuthenticator.Kind.ES256);
        Passkey passkey = registered(authenticator);
        attack.accept(authenticator);
        String challenge = Passkeys.challenge();
        refused(
                () -> passkeys.use(authenticator.get(challenge, ANNA), SITE, challenge, Requirement.REQUIRED, passkey),
                says);
    }

    private static void refused(ThrowingCallable ceremony, String says) {
        assertThatThrownBy(ceremony)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("passkey-refused")
                .hasMessageContaining(says);
    }

    private static byte[] nested(int depth) {
        byte[] arrays = new byte[depth];
        Arrays.fill(arrays, (byte) 0x81);
        return arrays;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static String base64url(String text) {
        return SoftwareAuthenticator.BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
