package dev.havenkeep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "newPassword",
                "DATABASE_PASSWORD",
                "secret",
                "client-secret",
                "privateKey",
                "apiKey",
                "token",
                "accessToken",
                "Authorization",
                "passphrase"
            })
    void valueOfASecretsNameIsHidden(String name) {
        assertThat(Redaction.of(Map.of(name, "hunter2", "nested", List.of(Map.of(name, Map.of("from", "hunter2")))))
                        .toString())
                .doesNotContain("hunter2")
                .contains(Redaction.REDACTED);
    }

    @Test
    void factsAboutSecretsStay() {
        assertThat(Redaction.of(Map.of("secret", true, "tokens", List.of("ci"), "name", "token of ci")))
                .isEqualTo(Map.of("secret", true, "tokens", List.of("ci"), "name", "token of ci"));
    }

    @Test
    void secretIsToldByItsForm() {
        String token = "hkt_" + "0".repeat(32) + "_" + "A".repeat(43);
        for (String text : List.of(
                "used " + token + " here",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nabcdefgh\n-----END OPENSSH PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\ncut off abcdefgh",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "https://user:abcdefgh@example.com/repository.git")) {
            assertThat(Redaction.of(Map.of("note", text)).toString())
                    .contains(Redaction.REDACTED)
                    .doesNotContain("abcdefgh", "A".repeat(43));
        }
        assertThat(Redaction.of("https://example.com/repository.git")).isEqualTo("https://example.com/repository.git");
    }

    @Test
    void longValuesAreCut() {
        assertThat(Redaction.of("x".repeat(65_536))).hasSizeLessThan(1_100);
        assertThat(Redaction.of(Map.of("list", java.util.Collections.nCopies(10_000, "x")))
                        .toString())
                .hasSizeLessThan(2_000);
    }
}
