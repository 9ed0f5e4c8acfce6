package dev.havenkeep.deployments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a deployment is for. All go through the same workflow; most skip some of its steps. */
public enum Kind {
    /** A new release of the source as it is now, or of the image that runs with the configuration as it is now. */
    DEPLOY,
    /** An earlier release, with the configuration that it had. */
    ROLLBACK,
    /** The active release in new containers. */
    RESTART,
    /** No containers; what is kept is kept. */
    STOP,
    /** The release that was active when the application was stopped. */
    START;

    /** The form in API and database. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
