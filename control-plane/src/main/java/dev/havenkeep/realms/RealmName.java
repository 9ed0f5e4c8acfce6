package dev.havenkeep.realms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.regex.Pattern;

/**
 * A realm's name in addresses: 1 to 40 lower-case letters, digits and hyphens, beginning and ending with a letter or
 * digit. It is part of the issuer, so it never changes.
 */
public record RealmName(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    /** The realm of the platform's own people. */
    public static final RealmName PLATFORM = new RealmName("platform");

    /** @throws ProblemException 422 when the text is not such a name */
    @JsonCreator
    public RealmName {
        if (!FORM.matcher(value).matches()) {
            throw new ProblemException(
                    Problem.invalid(
                            "name",
                            "must be 1 to 40 lower-case letters, digits and hyphens, beginning and ending with a letter or digit"));
        }
    }

    /** Whether a text of an address can be a realm's name. */
    public static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
