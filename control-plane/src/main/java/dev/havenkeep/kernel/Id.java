package dev.havenkeep.kernel;

import java.util.regex.Pattern;

/** An identifier: the lower-case text form of a UUID. Each kind of thing has its own record of this. */
public interface Id {

    /** The canonical lower-case UUID text. */
    String value();

    /** Refuses a text that is not a canonical UUID with the answer that an unknown id gets. */
    static void require(String value) {
        if (!Form.UUID.matcher(value).matches()) {
            throw new ProblemException(Problem.notFound("There is nothing with this id."));
        }
    }

    /** The accepted form. */
    final class Form {
        private static final Pattern UUID =
                Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

        private Form() {}
    }
}
