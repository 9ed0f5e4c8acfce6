package dev.havenkeep.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An application in an environment. A UUIDv7 in its text form (RFC 9562 section 5.7). */
public record ApplicationId(@JsonValue String value) implements Id {

    /** @throws ProblemException 404 `not-found` when the text is not a UUID, since no such thing can exist */
    @JsonCreator
    public ApplicationId {
        Id.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
