package dev.havenkeep.audit;

import dev.havenkeep.kernel.StorableText;
import dev.havenkeep.kernel.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; what is absent does not narrow.
 *
 * @param actor a person's or a token's id, or a part of a name
 * @param action how the action begins, for example {@code application.}
 * @param target a thing's id, or a part of its name
 * @param since the first instant that counts
 * @param until the first instant that does not count any more
 */
record AuditQuery(
        TeamId team,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** @throws dev.havenkeep.kernel.ProblemException 422 when a text is none that a database could be asked for */
    AuditQuery {
        require("actor", actor);
        require("action", action);
        require("target", target);
    }

    private static void require(String parameter, @Nullable String text) {
        if (text != null) {
            StorableText.require(parameter, text);
        }
    }
}
