package dev.havenkeep.realms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Id;
import dev.havenkeep.kernel.ProblemException;

/** A client of a realm, as the platform names it; what the protocol calls client_id is a text of its own. A UUIDv7 in its text form (RFC 9562 section 5.7). */
public record ClientId(@JsonValue String value) implements Id {

    /** @throws ProblemException 404 `not-found` when the text is not a UUID, since no such thing can exist */
    @JsonCreator
    public ClientId {
        Id.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
