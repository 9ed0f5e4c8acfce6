package dev.havenkeep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SecretTest {

    private final SecretBox box = Havenkeep.shared(DatabaseKind.SQLITE).bean(SecretBox.class);

    @Test
    void secretShowsItselfNowhere() {
        Secret secret = Secret.of("hunter2");

        assertThat(secret.toString()).doesNotContain("hunter2");
        assertThat(new JsonMapper().writeValueAsString(Map.of("value", secret))).doesNotContain("hunter2");
        assertThat("%s".formatted(secret)).doesNotContain("hunter2");
        assertThat(new JsonMapper().readValue("\"hunter2\"", Secret.class).reveal())
                .isEqualTo("hunter2");
    }

    @Test
    void sealedSecretOpensForItsOwnerOnly() {
        String sealed = box.seal(Secret.of("hunter2"), "variable/1/value");

        assertThat(sealed).doesNotContain("hunter2");
        assertThat(box.open(sealed, "variable/1/value").reveal()).isEqualTo("hunter2");
        assertThatThrownBy(() -> box.open(sealed, "variable/2/value"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("variable/2/value");
        assertThat(box.seal(Secret.of("hunter2"), "variable/1/value")).isNotEqualTo(sealed);
    }

    @Test
    void masterKeyIsReadableByItsOwnerOnly() throws IOException {
        Path key = Havenkeep.shared(DatabaseKind.SQLITE).dataFolder().resolve("master-key.json");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }
}
