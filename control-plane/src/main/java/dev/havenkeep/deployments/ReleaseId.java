package dev.havenkeep.deployments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Id;
import dev.havenkeep.kernel.ProblemException;

/** An image with its configuration. A UUIDv7 in its text form (RFC 9562 section 5.7). */
public record ReleaseId(@JsonValue String value) implements Id {

    /** @throws ProblemException 404 `not-found` when the text is not a UUID, since no such thing can exist */
    @JsonCreator
    public ReleaseId {
        Id.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
