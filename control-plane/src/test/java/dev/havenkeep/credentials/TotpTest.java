package dev.havenkeep.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {

    private static final Duration THIRTY_SECONDS = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:10Z");

    @ParameterizedTest
    @CsvSource({
        "59,          94287082, 46119246, 90693936",
        "1111111109,  07081804, 68084774, 25091201",
        "1111111111,  14050471, 67062674, 99943326",
        "1234567890,  89005924, 91819424, 93441116",
        "2000000000,  69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826",
    })
    void passwordsAreThoseOfRfc6238AppendixB(long epochSecond, String sha1, String sha256, String sha512) {
        Instant moment = Instant.ofEpochSecond(epochSecond);
        String seed = "1234567890";

        assertThat(passwordAt(moment, seed.repeat(2), Totp.Algorithm.SHA1)).isEqualTo(sha1);
        assertThat(passwordAt(moment, seed.repeat(3) + "12", Totp.Algorithm.SHA256))
                .isEqualTo(sha256);
        assertThat(passwordAt(moment, seed.repeat(6) + "1234", Totp.Algorithm.SHA512))
                .isEqualTo(sha512);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314",
        "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489"
    })
    void passwordsAreThoseOfRfc4226AppendixD(long step, String password) {
        Totp totp = Totp.of(base32("12345678901234567890"));

        assertThat(totp.password(step).reveal()).isEqualTo(password);
    }

    @Test
    void newSecretsHave160BitsAndAreAllDifferent() {
        Totp totp = Totp.generate();

        assertThat(totp.secret().reveal()).matches("[A-Z2-7]{32}");
        assertThat(totp.secret()).isNotEqualTo(Totp.generate().secret());
        assertThat(Totp.of(totp.secret())).isEqualTo(totp);
    }

    @Test
    void passwordsOfNowAndOfOneStepBeforeAndAfterMatch() {
        Totp totp = Totp.generate();
        long current = totp.step(NOW);

        for (long step = current - 1; step <= current + 1; step++) {
            assertThat(totp.verify(totp.password(step).reveal(), NOW, Totp.NEVER_USED))
                    .hasValue(step);
        }
        assertThat(totp.verify(totp.password(current - 2).reveal(), NOW, Totp.NEVER_USED))
                .isEmpty();
        assertThat(totp.verify(totp.password(current + 2).reveal(), NOW, Totp.NEVER_USED))
                .isEmpty();
    }

    @Test
    void passwordIsGoodOnceAndSoIsEveryEarlierOne() {
        Totp totp = Totp.generate();
        String password = totp.password(totp.step(NOW)).reveal();
        String earlier = totp.password(totp.step(NOW) - 1).reveal();
        String next = totp.password(totp.step(NOW) + 1).reveal();

        long used = totp.verify(password, NOW, Totp.NEVER_USED).orElseThrow();

        assertThat(totp.verify(password, NOW, used)).isEmpty();
        assertThat(totp.verify(earlier, NOW, used)).isEmpty();
        assertThat(totp.verify(next, NOW, used)).hasValue(used + 1);
    }

    @Test
    void spacesInWhatWasTypedDoNotCount() {
        Totp totp = Totp.generate();
        String password = totp.password(totp.step(NOW)).reveal();

        assertThat(totp.verify(" " + password.substring(0, 3) + " " + password.substring(3) + "\n", NOW, 0))
                .isPresent();
    }

    @Test
    void anythingElseMatchesNothing() {
        Totp totp = Totp.generate();
        String password = totp.password(totp.step(NOW)).reveal();

        for (String typed : new String[] {null, "", "abcdef", password + "0", "0" + password, "1".repeat(70_000)}) {
            assertThat(totp.verify(typed, NOW, Totp.NEVER_USED)).isEmpty();
        }
    }

    @Test
    void addressNamesIssuerAndAccountWhateverTheyHold() {
        Totp totp = Totp.of(base32("12345678901234567890"));

        String uri = totp.uri("Ann & Bob: Ltd", "anna+x@example.com").reveal();

        assertThat(uri)
                .isEqualTo("otpauth://totp/Ann%20%26%20Bob%20%20Ltd:anna%2Bx%40example.com"
                        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ann%20%26%20Bob%20%20Ltd"
                        + "&algorithm=SHA1&digits=6&period=30");
        assertThat(URI.create(uri).getPath()).isEqualTo("/Ann & Bob  Ltd:anna+x@example.com");
        assertThat(totp).asString().doesNotContain("GEZDGNBV");
    }

    @Test
    void secretsFromElsewhereAreReadHoweverTheyAreSpelt() {
        Totp totp = new Totp(
                Secret.of("gezd gnbv gy3t qojq gezd-gnbv-gy3t-qojq===="), Totp.Algorithm.SHA1, 6, THIRTY_SECONDS);

        assertThat(totp).isEqualTo(Totp.of(base32("12345678901234567890")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GEZDGNBV", "GEZDGNBVGY3TQOJ1GEZDGNBV", "ÄÖÜGEZDGNBVGY3TQOJ", "GEZDGNBVGY3TQOJQ\u0000"})
    void whatIsNoSecretIsRefused(String secret) {
        assertThatThrownBy(() -> Totp.of(Secret.of(secret)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Base32");
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        Secret secret = base32("12345678901234567890");

        assertThatThrownBy(() -> new Totp(secret, Totp.Algorithm.SHA1, 5, THIRTY_SECONDS))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new Totp(secret, Totp.Algorithm.SHA1, 9, THIRTY_SECONDS))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new Totp(secret, Totp.Algorithm.SHA1, 6, Duration.ZERO))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new Totp(secret, Totp.Algorithm.SHA1, 6, Duration.ofDays(1)))
                .isInstanceOf(ProblemException.class);
    }

    private static String passwordAt(Instant moment, String seed, Totp.Algorithm algorithm) {
        Totp totp = new Totp(base32(seed), algorithm, 8, THIRTY_SECONDS);
        return totp.password(totp.step(moment)).reveal();
    }

    private static Secret base32(String ascii) {
        return Secret.of(Base32.encode(ascii.getBytes(StandardCharsets.US_ASCII)));
    }
}
