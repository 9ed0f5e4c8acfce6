package dev.havenkeep.projects;

import dev.havenkeep.kernel.Scope;

/** A project, or an environment when the scope names one, was made, changed or deleted. */
public record ProjectsChanged(Scope scope, Change change) {

    /** What happened to it. */
    public enum Change {
        CREATED,
        CHANGED,
        DELETED
    }
}
