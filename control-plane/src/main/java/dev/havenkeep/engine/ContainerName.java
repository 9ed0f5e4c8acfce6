package dev.havenkeep.engine;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.regex.Pattern;

/** A container's name: 2 to 128 letters, digits, {@code _}, {@code .} and {@code -}, beginning with a letter or digit. */
public record ContainerName(String value) implements ContainerRef {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}");

    /** @throws ProblemException 422 when the text has another form */
    public ContainerName {
        if (!FORM.matcher(value).matches()) {
            throw new ProblemException(
                    Problem.invalid(
                            "container",
                            "must be 2 to 128 letters, digits, underscores, dots and hyphens, beginning with a letter or digit"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
