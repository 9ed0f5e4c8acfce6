package dev.havenkeep.sources;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;

/** Where the Dockerfile is, relative to the context folder, for example {@code Dockerfile} or {@code docker/web.Dockerfile}. */
public record DockerfilePath(@JsonValue String value) {

    /** {@code Dockerfile} in the context folder. */
    public static final DockerfilePath DEFAULT = new DockerfilePath("Dockerfile");

    /** @throws ProblemException 422 when it is not relative or leads out of the context folder */
    @JsonCreator
    public DockerfilePath {
        value = RepositoryPath.normalized("dockerfile", value);
        if (value.isEmpty()) {
            throw new ProblemException(Problem.invalid("dockerfile", "must name a file"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
