package dev.havenkeep.sources;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** The name of a branch without {@code refs/heads/}, of the form that git-check-ref-format(1) accepts. */
public record BranchName(@JsonValue String value) {

    private static final int MAX_LENGTH = 244;

    /** @throws ProblemException 422 when git would not take the name */
    @JsonCreator
    public BranchName {
        if (value.isBlank()
                || value.length() > MAX_LENGTH
                || value.startsWith("-")
                || !StorableText.is(value)
                || !Repository.isValidRefName(Constants.R_HEADS + value)) {
            throw new ProblemException(Problem.invalid("branch", "is not a name that git accepts for a branch"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
