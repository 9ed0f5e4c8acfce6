package dev.havenkeep.sources;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import java.util.ArrayList;
import java.util.List;

/** The one rule for paths that a person gives: relative, with {@code /}, never leading out of its folder. */
final class RepositoryPath {

    private static final int MAX_LENGTH = 1024;

    private RepositoryPath() {}

    /** The path without {@code .} segments and doubled slashes; empty for the folder itself. */
    static String normalized(String field, String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(field, "is longer than " + MAX_LENGTH + " characters");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
            throw invalid(field, "must not hold backslashes or control characters");
        }
        StorableText.require(field, text);
        if (text.startsWith("/")) {
            throw invalid(field, "must be relative, without a leading slash");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : text.split("/", -1)) {
            if (segment.equals("..")) {
                throw invalid(field, "must not lead out of the repository with ..");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        String path = String.join("/", segments);
        // Not before: what ./- comes to is an option to a program too.
        if (path.startsWith("-")) {
            throw invalid(field, "must not start with a dash");
        }
        return path;
    }

    private static ProblemException invalid(String field, String message) {
        return new ProblemException(Problem.invalid(field, message));
    }
}
