package dev.havenkeep.credentials;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A name that people read: of a person, a team or a token. Any script and emoji, one line, 1 to 100 characters; no
 * control characters and nothing that turns the direction of the text around it.
 */
public record DisplayName(@JsonValue String value) {

    private static final int LONGEST = 100;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /**
     * Reads a name that a person typed; spaces around it are dropped.
     *
     * @param path the input field, for the problem
     * @throws ProblemException 422 when it is missing, too long, or holds such characters
     */
    public static DisplayName parse(String path, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new ProblemException(Problem.invalid(path, "is required"));
        }
        if (text.length() > 4 * LONGEST) {
            throw tooLong(path);
        }
        String name = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        if (name.codePointCount(0, name.length()) > LONGEST) {
            throw tooLong(path);
        }
        if (!name.codePoints().allMatch(DisplayName::shown)) {
            throw new ProblemException(
                    Problem.invalid(path, "must be one line without control or text-direction characters"));
        }
        return new DisplayName(name);
    }

    @Override
    public String toString() {
        return value;
    }

    private static ProblemException tooLong(String path) {
        return new ProblemException(Problem.invalid(path, "must be at most " + LONGEST + " characters"));
    }

    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Emoji and some scripts are joined by these; the rest of the format characters only mislead. Flags of
            // regions are spelt with tags.
            case Character.FORMAT ->
                character == ZERO_WIDTH_JOINER
                        || character == ZERO_WIDTH_NON_JOINER
                        || (character >= 0xE0020 && character <= 0xE007F);
            default -> true;
        };
    }
}
