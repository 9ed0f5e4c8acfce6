package dev.havenkeep.mail;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.text.Normalizer;

/**
 * One line for a header of a mail, such as its subject: any script, 1 to 200 characters, nothing that could end the
 * header (RFC 5322 section 2.2) or turn the direction of the text around it.
 */
public record MailText(String value) {

    private static final int LONGEST = 200;

    /** @throws ProblemException 422 when it is not such a line */
    public MailText {
        value = Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
        if (value.isEmpty() || value.codePointCount(0, value.length()) > LONGEST) {
            throw refused("must be 1 to " + LONGEST + " characters");
        }
        if (!value.codePoints().allMatch(MailText::shown)) {
            throw refused("must be one line without control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }

    private static ProblemException refused(String message) {
        return new ProblemException(Problem.invalid("mail", message));
    }

    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // The joiners that emoji and some scripts need, and nothing else that is not seen.
            case Character.FORMAT -> character == 0x200C || character == 0x200D;
            default -> true;
        };
    }
}
