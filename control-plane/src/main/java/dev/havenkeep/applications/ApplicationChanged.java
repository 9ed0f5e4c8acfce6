package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Scope;

/**
 * An application was made, changed, reported on or removed; published in the same transaction.
 *
 * @param change what happened to it
 */
public record ApplicationChanged(ApplicationId application, Scope scope, Change change) {

    /** What happened. */
    public enum Change {
        CREATED,
        CONFIGURED,
        REPORTED,
        REMOVED
    }
}
