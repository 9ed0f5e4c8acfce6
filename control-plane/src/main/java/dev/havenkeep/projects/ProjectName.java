package dev.havenkeep.projects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.text.Normalizer;
import java.util.Locale;

/** A project's name, for people: 1 to 80 characters of any script on one line; unique in its team whatever the case. */
public record ProjectName(@JsonValue String value) {

    private static final int MAX_LENGTH = 80;

    /** @throws ProblemException 422 when the text is not such a name */
    @JsonCreator
    public ProjectName {
        value = Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_LENGTH || value.codePoints().anyMatch(ProjectName::invisible)) {
            throw new ProblemException(Problem.invalid(
                    "name", "must be 1 to " + MAX_LENGTH + " characters on one line, without control characters"));
        }
    }

    /** The name folded so that names that look alike but for their case are the same. */
    String key() {
        return Normalizer.normalize(value, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static boolean invisible(int character) {
        return switch (Character.getType(character)) {
            // A joiner inside of an emoji is a format character that belongs to it; the others turn text around.
            case Character.FORMAT -> character != 0x200D;
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
