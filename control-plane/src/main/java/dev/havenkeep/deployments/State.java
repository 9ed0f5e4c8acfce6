package dev.havenkeep.deployments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a deployment is: waiting, in one of its steps, or at one of its ends. */
public enum State {
    QUEUED,
    FETCHING,
    BUILDING,
    PUSHING,
    RELEASING,
    STARTING,
    CHECKING,
    SWITCHING,
    DRAINING,
    /** Its release answers through the edge. */
    SUCCEEDED,
    /** It was undone; what served before serves. */
    FAILED,
    /** Somebody called it off; it was undone. */
    CANCELLED,
    /** A newer one was queued before it began. */
    SUPERSEDED;

    /** The form in API and database. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static State parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    static State at(Step step) {
        return switch (step) {
            case FETCHING -> FETCHING;
            case BUILDING -> BUILDING;
            case PUSHING -> PUSHING;
            case RELEASING -> RELEASING;
            case STARTING -> STARTING;
            case CHECKING -> CHECKING;
            case SWITCHING -> SWITCHING;
            case DRAINING -> DRAINING;
        };
    }

    /** Whether nothing happens to the deployment any more. */
    public boolean terminal() {
        return switch (this) {
            case SUCCEEDED, FAILED, CANCELLED, SUPERSEDED -> true;
            case QUEUED, FETCHING, BUILDING, PUSHING, RELEASING, STARTING, CHECKING, SWITCHING, DRAINING -> false;
        };
    }
}
