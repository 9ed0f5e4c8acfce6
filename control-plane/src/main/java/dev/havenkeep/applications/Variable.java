package dev.havenkeep.applications;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.StorableText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * An environment variable of an application.
 *
 * @param value held as a secret whatever its kind, so that nothing prints it by mistake
 */
public record Variable(
        VariableId id,
        EnvironmentVariableName name,
        Secret value,
        Kind kind,
        Availability availability,
        Instant changedAt) {

    /** @throws dev.havenkeep.kernel.ProblemException 422 when no process could be given this variable */
    public Variable {
        String text = value.reveal();
        StorableText.require("value", text);
        int bytes =
                text.getBytes(StandardCharsets.UTF_8).length + name.value().getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes > Accepted.MAX_ARGUMENT_BYTES) {
            throw Accepted.refusal(
                    "value",
                    "is too long: name and value together may have " + (Accepted.MAX_ARGUMENT_BYTES - 1)
                            + " bytes, which is Linux's limit");
        }
    }

    /** Whether the value may be shown again. */
    public enum Kind {
        PLAIN,
        SECRET;

        /** The form in API and database. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What gets to see the variable. */
    public enum Availability {
        /** The running containers and the release command. */
        RUN,
        /** The build only. */
        BUILD,
        /** Both. */
        BOTH;

        /** The form in API and database. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether containers get it. */
        public boolean atRun() {
            return this != BUILD;
        }

        /** Whether builds get it. */
        public boolean atBuild() {
            return this != RUN;
        }
    }
}
