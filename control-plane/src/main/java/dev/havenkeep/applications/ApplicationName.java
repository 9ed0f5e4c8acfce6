package dev.havenkeep.applications;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An application's name, unique in its environment. It is also the host name under which the environment's other
 * containers reach it, so it has the form of a DNS label (RFC 1123 section 2.1), at most 40 characters long.
 */
public record ApplicationName(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?");

    /** @throws dev.havenkeep.kernel.ProblemException 422 when the text is not such a name */
    @JsonCreator
    public ApplicationName {
        if (!FORM.matcher(value).matches()) {
            throw Accepted.refusal(
                    "name",
                    "must be 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a"
                            + " hyphen: other containers use it as a host name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
