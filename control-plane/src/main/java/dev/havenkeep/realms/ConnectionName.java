package dev.havenkeep.realms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;

/**
 * A connection's name in addresses, of the form of a {@link RealmName}. It is part of the callback that the provider
 * knows, so it never changes.
 */
public record ConnectionName(@JsonValue String value) {

    /** @throws ProblemException 422 when the text is not such a name */
    @JsonCreator
    public ConnectionName {
        if (!RealmName.is(value)) {
            throw new ProblemException(
                    Problem.invalid(
                            "name",
                            "must be 1 to 40 lower-case letters, digits and hyphens, beginning and ending with a letter or digit"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
