package dev.havenkeep.projects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.regex.Pattern;

/** An environment's name, unique in its project: the form of a DNS label (RFC 1123 section 2.1), at most 40 long. */
public record EnvironmentName(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?");

    /** The environment that every project begins with. */
    public static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    /** @throws ProblemException 422 when the text is not such a name */
    @JsonCreator
    public EnvironmentName {
        if (!FORM.matcher(value).matches()) {
            throw new ProblemException(Problem.invalid(
                    "name",
                    "must be 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a"
                            + " hyphen, for example staging"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
