package dev.havenkeep.safety;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile texts in how applications and domains are set up. */
class HostileSettingsTest {

    @Test
    void everyHostileTextInASettingIsRefusedOrKeptAsItIs(@TempDir Path folder) throws IOException {
        try (HostileInput input = new HostileInput(folder)) {
            input.attempt(HostileInput.Part.SETTINGS, 3000, 200);
        }
    }
}
