package dev.havenkeep.servers;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.regex.Pattern;

/** A server's name: 1 to 63 lower-case letters, digits and inner hyphens, as in a DNS label (RFC 1123 section 2.1). */
public record ServerName(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** @throws ProblemException 422 when the text has another form */
    @JsonCreator
    public ServerName {
        if (!FORM.matcher(value).matches()) {
            throw new ProblemException(Problem.invalid(
                    "name", "must be 1 to 63 lower-case letters, digits and inner hyphens, for example web-1"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
