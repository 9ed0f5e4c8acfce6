package dev.havenkeep.safety;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile texts in all other bodies. */
class HostileBodiesTest {

    @Test
    void everyHostileTextInABodyIsRefusedOrKeptAsItIs(@TempDir Path folder) throws IOException {
        try (HostileInput input = new HostileInput(folder)) {
            input.attempt(HostileInput.Part.OTHER_BODIES, 3000, 200);
        }
    }
}
