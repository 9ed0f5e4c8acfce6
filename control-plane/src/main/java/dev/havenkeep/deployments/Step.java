package dev.havenkeep.deployments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The steps of a deployment, in their order. */
public enum Step {
    /** Finding the commit, or the image in its registry. */
    FETCHING,
    /** Turning the commit into an image. */
    BUILDING,
    /** Bringing the image to the server, where it was built on another. */
    PUSHING,
    /** Running the release command in a one-off container of the new image. */
    RELEASING,
    /** Starting the new containers beside the old ones. */
    STARTING,
    /** Waiting until the new containers are ready for traffic. */
    CHECKING,
    /** Letting the edge send new requests to them, and making sure that it does. */
    SWITCHING,
    /** Letting the old containers finish what they have, then stopping them. */
    DRAINING;

    /** The form in API and database. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Step parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** How far a step is. */
    public enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        SKIPPED;

        /** The form in API and database. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
