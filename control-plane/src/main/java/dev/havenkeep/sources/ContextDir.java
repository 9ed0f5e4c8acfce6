package dev.havenkeep.sources;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.ProblemException;

/** The folder of a repository that a build sees, relative to its root; {@code .} is the whole repository. */
public record ContextDir(@JsonValue String value) {

    /** The whole repository. */
    public static final ContextDir ROOT = new ContextDir(".");

    /** @throws ProblemException 422 when it is not relative or leads out of the repository */
    @JsonCreator
    public ContextDir {
        String normalized = RepositoryPath.normalized("contextDir", value);
        value = normalized.isEmpty() ? "." : normalized;
    }

    /** Whether it is the whole repository. */
    public boolean isRoot() {
        return value.equals(".");
    }

    @Override
    public String toString() {
        return value;
    }
}
