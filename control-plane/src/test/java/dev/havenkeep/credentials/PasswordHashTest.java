package dev.havenkeep.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PasswordHashTest {

    private static final Secret PASSWORD = Secret.of("correct horse bättery");
    private static final Secret WRONG = Secret.of("correct horse bättery2");
    private static final String SALTED = "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final PasswordHasher hasher = new PasswordHasher();

    static Stream<String> foreignHashes() throws IOException {
        try (InputStream file = PasswordHashTest.class.getResourceAsStream("foreign-password-hashes.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("foreignHashes")
    void passwordsOfElsewhereMatchTheirHashesAndNothingElseDoes(String foreign) {
        String stored = PasswordHash.parse("hash", foreign).text();

        assertThat(hasher.matches(PASSWORD, stored)).isTrue();
        assertThat(hasher.matches(WRONG, stored)).isFalse();
        assertThat(hasher.matchesNobody(PASSWORD, stored)).isFalse();
        assertThat(PasswordHash.parse("hash", stored).text()).isEqualTo(stored);
        assertThat(hasher.needsRehash(stored)).isTrue();
    }

    @Test
    void passwordsOfFirebaseMatchTheProjectsOwnExample() {
        FirebaseScrypt project = new FirebaseScrypt(
                Secret.of("jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=="),
                "Bw==",
                8,
                14);
        String digest = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==";
        String stored = project.hash("hash", "42xEC+ixf3L2lw==", digest).text();
        String byAdminInterface = project.hash(
                        "hash", "42xEC-ixf3L2lw", digest.replace('/', '_').replace('+', '-'))
                .text();

        assertThat(hasher.matches(Secret.of("user1password"), stored)).isTrue();
        assertThat(hasher.matches(Secret.of("user2password"), stored)).isFalse();
        assertThat(byAdminInterface).isEqualTo(stored);
        assertThat(PasswordHash.parse("hash", stored).text()).isEqualTo(stored);
        assertThat(hasher.needsRehash(stored)).isTrue();
        assertThatThrownBy(() -> project.hash("hash", "42xEC+ixf3L2lw==", "c2hvcnQgaGFzaCBvZiBpdA=="))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Firebase project");
    }

    @Test
    void passwordOlderThanTheRulesIsRehashedAndMatchesAfterwards() {
        Secret shortOne = Secret.of("kurz");
        String hash = hasher.rehash(shortOne);

        assertThat(hasher.needsRehash(hash)).isFalse();
        assertThat(hasher.matches(shortOne, hash)).isTrue();
    }

    @Test
    void bcryptIgnoresWhatIsBeyond72Bytes() {
        String hash = "$2b$05$iG0YHhSJuphEL1.jNzxOjeEQR7/nBUGaDLhr2/ALScWh5q8ZMtyvG";

        assertThat(hasher.matches(Secret.of("x".repeat(100)), hash)).isTrue();
        assertThat(hasher.matches(Secret.of("x".repeat(72) + "y"), hash)).isTrue();
        assertThat(hasher.matches(Secret.of("x".repeat(71) + "y"), hash)).isFalse();
    }

    @Test
    void foreignPasswordMatchesInTheSpellingThatItWasHashedIn() {
        Secret decomposed = Secret.of("correct horse ba\u0308ttery");
        // As Python's hashlib made it of the decomposed spelling.
        String hash = "$pbkdf2-sha256$i=1000$c2Vhc2FsdDEyMzQ1$ANq8M+q95WT30vVR9Jz6MuzU54tsQqX4jtTVD8XVsYg";

        assertThat(hasher.matches(decomposed, hash)).isTrue();
        assertThat(hasher.matches(PASSWORD, hash)).isFalse();
    }

    @Test
    void costOfAHasherIsItsOwnAndCheaperHashesAreRenewed() {
        PasswordHasher cheap = hasher.costing(new PasswordHasher.Cost(7 * 1024, 5, 1));
        String hash = cheap.rehash(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
        assertThat(cheap.needsRehash(hash)).isFalse();
        assertThat(hasher.needsRehash(hash)).isTrue();
        assertThat(hasher.matches(PASSWORD, hash)).isTrue();
        assertThat(cheap.matches(WRONG, null)).isFalse();
        assertThatThrownBy(() -> new PasswordHasher.Cost(1024 * 1024, 1, 1)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$argon2id$v=19$m=131073,t=1,p=1" + SALTED + "        | memory in KiB",
                "$argon2id$v=19$m=131072,t=9,p=1" + SALTED + "        | memory times passes",
                "$argon2id$v=19$m=999999999,t=999999999,p=1" + SALTED + " | memory in KiB",
                "$argon2id$v=19$m=8,t=999999999,p=1" + SALTED + "     | passes",
                "$argon2id$v=19$m=8,t=1,p=2" + SALTED + "             | memory in KiB",
                "$argon2id$v=19$m=1024,t=1,p=17" + SALTED + "         | lanes",
                "$argon2id$v=19$m=1024,t=0,p=1" + SALTED + "          | passes",
                "$argon2id$v=19$m=99999999999,t=1,p=1" + SALTED + "   | number",
                "$argon2id$v=19$m=1024,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | salt",
                "$argon2id$v=19$m=1024,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA | bytes of hash",
                "$argon2id$v=19$m=1024,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$***** | Base64",
                "$argon2id$v=19$m=1024,t=1,p=1,keyid=AAAA" + SALTED + " | not supported",
                "$argon2id$v=20$m=1024,t=1,p=1" + SALTED + "          | version 20",
                "$argon2id$v=19$m=1024,t=1,p=1                        | form",
                "$2b$15$iG0YHhSJuphEL1.jNzxOjeEQR7/nBUGaDLhr2/ALScWh5q8ZMtyvG | bcrypt cost",
                "$2b$03$iG0YHhSJuphEL1.jNzxOjeEQR7/nBUGaDLhr2/ALScWh5q8ZMtyvG | bcrypt cost",
                "$2x$05$iG0YHhSJuphEL1.jNzxOjeEQR7/nBUGaDLhr2/ALScWh5q8ZMtyvG | $2y$",
                "$2b$05$iG0YHhSJuphEL1.jNzxOje                        | $2y$",
                "$pbkdf2-sha256$i=2000001" + SALTED + "               | iterations",
                "$pbkdf2-sha256$i=0" + SALTED + "                     | iterations",
                "pbkdf2_sha256$999999999$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= | iterations",
                "$scrypt$ln=18,r=8,p=1" + SALTED + "                  | scrypt memory in KiB",
                "$scrypt$ln=17,r=8,p=5" + SALTED + "                  | memory times p",
                "$scrypt$ln=63,r=8,p=1" + SALTED + "                  | scrypt ln",
                "$scrypt$ln=16,r=1,p=1" + SALTED + "                  | scrypt ln",
                "scrypt$16383$salty$8$1$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= | power of two",
                "$firebase-scrypt$ln=14,r=8,sk=AAAA" + SALTED + "     | signer key",
                "{\"algorithm\":\"pbkdf2-sha256\",\"hashIterations\":99999999999,\"salt\":\"AAAAAAAA\","
                        + "\"value\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"} | iterations",
                "{\"algorithm\":\"md5\",\"salt\":\"AAAAAAAA\",\"value\":\"AAAA\"} | md5",
                "{\"algorithm\":                                       | JSON",
                "$6$salt$hash                                         | hash 6",
                "$1$salt$hash                                         | hash 1",
                "md5$salt$0123456789abcdef                            | hash md5",
                "unsalted_md5$$0123456789abcdef                       | hash unsalted_md5",
                "{SSHA}abcdefgh                                       | hash ssha",
                "{bcrypt}secret-of-a-fool                             | without a name",
                "5f4dcc3b5aa765d61d8327deb882cf99                     | without a name",
                "''                                                   | required",
            })
    void whatCannotBeReadIsRefusedAndSaidClearly(String hash, String says) {
        assertThatThrownBy(() -> PasswordHash.parse("people[3].passwordHash", hash))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("people[3].passwordHash")
                .hasMessageContaining(says);
    }

    @Test
    void smallHeapIsNotFilledByAHash() {
        HashLimits small = new HashLimits("hash", 32 * 1024);

        assertThatCode(() -> small.argon2(32 * 1024, 2, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> small.argon2(32 * 1024 + 1, 2, 1))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("memory in KiB");
        assertThatThrownBy(() -> small.scrypt(16, 8, 1))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("memory in KiB");
    }

    @Test
    void passwordThatStandsWhereAHashBelongsIsNotRepeated() {
        assertThatThrownBy(() -> PasswordHash.parse("hash", "hunter2!hunter2!"))
                .isInstanceOf(ProblemException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void hostileTextIsRefusedAndNeverBreaksTheReader() throws IOException {
        for (String seed : foreignHashes().toList()) {
            for (int cut = 0; cut < seed.length(); cut += 3) {
                String damaged = seed.substring(0, cut) + "$" + seed.substring(Math.min(seed.length(), cut + 1));
                assertThatCode(() -> PasswordHash.parse("hash", damaged).text())
                        .satisfiesAnyOf(
                                thrown -> assertThat(thrown).isNull(),
                                thrown -> assertThat(thrown).isInstanceOf(ProblemException.class));
            }
        }
        assertThatThrownBy(() -> PasswordHash.parse("hash", "$".repeat(100_000)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> PasswordHash.parse("hash", "{\"a\":".repeat(600)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void crowdOfGreedyAndModestHashesTakesTurnsAndAllAreAnswered() throws Exception {
        String greedy = PasswordHash.parse("hash", "$argon2id$v=19$m=40000,t=1,p=1" + SALTED)
                .text();
        String modest = "$2b$04$iG0YHhSJuphEL1.jNzxOjeEQR7/nBUGaDLhr2/ALScWh5q8ZMtyvG";

        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = IntStream.range(0, 12)
                    .mapToObj(i -> people.submit(() -> hasher.matches(PASSWORD, i % 2 == 0 ? greedy : modest)))
                    .toList();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isFalse();
            }
        }
    }
}
