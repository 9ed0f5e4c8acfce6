package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.StorableText;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A password that somebody chose and that is good enough to keep (NIST SP 800-63B section 3.1.1.2): long enough, not
 * the address or name, not one of the first that anybody tries. No rules of composition.
 */
public final class NewPassword {

    static final int SHORTEST = 12;
    static final int LONGEST = 256;
    private static final int FEWEST_DIFFERENT_CHARACTERS = 5;
    private static final List<String> RUNS = List.of(
            "0123456789012345678901234567890",
            "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
            "qwertyuiopasdfghjklzxcvbnm",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm");
    private static final List<String> GUESSED_FIRST =
            List.of("password", "passwort", "passw0rd", "p@ssw0rd", "letmein", "welcome", "administrator", "changeme");

    private final Secret value;

    private NewPassword(Secret value) {
        this.value = value;
    }

    /**
     * Reads a password that a person chose.
     *
     * @param path the input field, for the problem
     * @param about what the person is known by, which must not be the password
     * @throws ProblemException 422 that says what to choose instead
     */
    public static NewPassword parse(String path, @Nullable Secret text, List<String> about) {
        return parse(path, text, about, SHORTEST);
    }

    /**
     * The same where somebody else says how long it must be.
     *
     * @param shortest the fewest characters
     */
    public static NewPassword parse(String path, @Nullable Secret text, List<String> about, int shortest) {
        String chosen = text == null ? "" : text.reveal();
        if (chosen.length() < shortest) {
            throw refused(path, "must be at least " + shortest + " characters; a few words in a row do well");
        }
        if (chosen.length() > LONGEST) {
            throw refused(path, "must be at most " + LONGEST + " characters");
        }
        StorableText.require(path, chosen);
        String plain = chosen.toLowerCase(Locale.ROOT).strip();
        if (plain.codePoints().distinct().count() < FEWEST_DIFFERENT_CHARACTERS
                || RUNS.stream().anyMatch(run -> run.contains(plain))
                || GUESSED_FIRST.stream().anyMatch(first -> onlyDecorated(plain, first))) {
            throw refused(path, "is one of the first that anybody tries; choose a few unrelated words");
        }
        for (String known : about) {
            if (plain.equals(known.toLowerCase(Locale.ROOT))) {
                throw refused(path, "must not be what you are known by");
            }
        }
        return new NewPassword(text == null ? Secret.of("") : text);
    }

    /**
     * Reads a password that a person chose, and that is in no breach.
     *
     * @param breached the list to look it up in
     * @throws ProblemException 422 that says what to choose instead
     */
    public static NewPassword parse(String path, @Nullable Secret text, List<String> about, BreachList breached) {
        NewPassword chosen = parse(path, text, about);
        if (breached.occurrences(chosen.value).isPresent()) {
            throw refused(path, "was found in a breach of some other site, so that it is tried; choose another one");
        }
        return chosen;
    }

    /** The form in which passwords are hashed and compared (NFC), whatever keyboard they were typed on. */
    static String normal(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
    }

    Secret value() {
        return value;
    }

    @Override
    public String toString() {
        return value.toString();
    }

    /** A common word with some digits and signs after it. */
    private static boolean onlyDecorated(String plain, String word) {
        String rest = plain.replace(word, "");
        return rest.length() < plain.length() && rest.codePoints().noneMatch(Character::isLetter);
    }

    private static ProblemException refused(String path, String message) {
        return new ProblemException(Problem.invalid(path, message));
    }
}
