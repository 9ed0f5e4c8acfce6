package dev.havenkeep.applications;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.StorableText;
import java.nio.charset.StandardCharsets;

/**
 * The name of an environment variable: any text that Linux can pass to a process (POSIX.1-2024 section 8.1), which
 * leaves out only {@code =} and NUL. At most 4,096 bytes.
 */
public record EnvironmentVariableName(@JsonValue String value) {

    private static final int MAX_BYTES = 4_096;

    /** @throws dev.havenkeep.kernel.ProblemException 422 when the text cannot name a variable */
    @JsonCreator
    public EnvironmentVariableName {
        if (value.isEmpty()) {
            throw Accepted.refusal("name", "must not be empty");
        }
        if (value.indexOf('=') >= 0) {
            throw Accepted.refusal("name", "must not contain '='");
        }
        StorableText.require("name", value);
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw Accepted.refusal("name", "must be at most " + MAX_BYTES + " bytes");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
