package dev.havenkeep.realms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Id;
import dev.havenkeep.kernel.ProblemException;

/** A connection of a realm to an upstream provider. A UUIDv7 in its text form (RFC 9562 section 5.7). */
public record ConnectionId(@JsonValue String value) implements Id {

    /** @throws ProblemException 404 `not-found` when the text is not a UUID, since no such thing can exist */
    @JsonCreator
    public ConnectionId {
        Id.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
