package dev.havenkeep.sources;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A commit's SHA-1 in lower-case hexadecimal: whole (40 digits), or as people abbreviate it (at least 7 digits). */
public record CommitSha(@JsonValue String value) {

    private static final int WHOLE = 40;
    private static final int SHORT = 10;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{7,40}");

    /** @throws ProblemException 422 when it is not 7 to 40 hexadecimal digits */
    @JsonCreator
    public CommitSha {
        value = value.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()) {
            throw new ProblemException(Problem.invalid("commit", "must be a commit's SHA: 7 to 40 hexadecimal digits"));
        }
    }

    /** Whether it is the whole SHA, which names one commit for good. */
    public boolean whole() {
        return value.length() == WHOLE;
    }

    /** The first digits, for people. */
    public String abbreviated() {
        return value.substring(0, Math.min(SHORT, value.length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
