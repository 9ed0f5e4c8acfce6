package dev.havenkeep.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreachListTest {

    private static final int PASSWORDS = 2_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "SHA1,   SHA-1,   40, '\n',   true",
        "SHA1,   SHA-1,   40, '\r\n', true",
        "SHA1,   SHA-1,   20, '\n',   false",
        "SHA256, SHA-256, 64, '\n',   true",
        "SHA256, SHA-256, 16, '\n',   true",
    })
    void everyPasswordOfTheListIsFoundAndNoOther(
            BreachList.Algorithm algorithm, String digest, int length, String newline, boolean counted)
            throws Exception {
        TreeMap<String, Integer> hashes = new TreeMap<>();
        for (int i = 0; i < PASSWORDS; i++) {
            hashes.put(hash(digest, "password" + i).substring(0, length), i + 1);
        }
        String text = hashes.entrySet().stream()
                .map(entry -> entry.getKey() + (counted ? ":" + entry.getValue() : ""))
                .collect(Collectors.joining(newline, "", newline));

        try (BreachList list = BreachList.open(file(text), algorithm)) {
            for (int i = 0; i < PASSWORDS; i++) {
                assertThat(list.occurrences(Secret.of("password" + i))).hasValue(counted ? i + 1 : 1);
            }
            for (int i = PASSWORDS; i < PASSWORDS + 500; i++) {
                assertThat(list.occurrences(Secret.of("password" + i))).isEmpty();
            }
        }
    }

    @Test
    void fileMayEndWithoutANewlineBeOfOneLineAndInLowerCase() throws Exception {
        String hash = hash("SHA-1", "only one").toLowerCase(Locale.ROOT);

        try (BreachList list = BreachList.open(file(hash + ":7"), BreachList.Algorithm.SHA1)) {
            assertThat(list.occurrences(Secret.of("only one"))).hasValue(7);
            assertThat(list.occurrences(Secret.of("another one"))).isEmpty();
        }
    }

    @Test
    void breachedPasswordIsRefusedWhereverItsAccentsCameFrom() throws Exception {
        Secret decomposed = Secret.of("cre\u0300me bru\u0302le\u0301e");
        String hash = hash("SHA-1", "cr\u00E8me br\u00FBl\u00E9e");

        try (BreachList list = BreachList.open(file(hash + ":3\n"), BreachList.Algorithm.SHA1)) {
            assertThatThrownBy(() -> NewPassword.parse("password", decomposed, List.of(), list))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("breach");
            assertThatCode(() -> NewPassword.parse("password", Secret.of("crème brûlée 2"), List.of(), list))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "not a hash at all\n",
                "ABCDEF:1\n",
                "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF:1\n0000000000000000000000000000000000000000:1\n",
                "0000000000000000000000000000000000000000:1\nFFFF:1\n",
                "0000000000000000000000000000000000000000:many\n",
                "0000000000000000000000000000000000000000000000000000000000000000:1\n"
            })
    void whatIsNoListIsRefusedWhenItIsOpened(String text) throws Exception {
        Path file = file(text);

        assertThatThrownBy(() -> BreachList.open(file, BreachList.Algorithm.SHA1))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("breachList");
    }

    @Test
    void fileThatIsNotThereIsAnError() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> BreachList.open(nowhere, BreachList.Algorithm.SHA1))
                .isInstanceOf(UncheckedIOException.class);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("list.txt"), text);
    }

    private static String hash(String algorithm, String password) throws Exception {
        return HexFormat.of()
                .withUpperCase()
                .formatHex(MessageDigest.getInstance(algorithm).digest(password.getBytes(StandardCharsets.UTF_8)));
    }
}
