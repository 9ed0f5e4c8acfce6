package dev.havenkeep.safety;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile texts in paths, queries and headers. */
class HostileParametersTest {

    @Test
    void everyHostileTextInAParameterIsRefusedOrTakenAsText(@TempDir Path folder) throws IOException {
        try (HostileInput input = new HostileInput(folder)) {
            input.attempt(HostileInput.Part.PARAMETERS, 1500, 0);
        }
    }
}
