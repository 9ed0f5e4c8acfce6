package dev.havenkeep.edge;

import java.time.Duration;

/** What came of a real request through the edge. */
public sealed interface Probe {

    /**
     * A container answered.
     *
     * @param status the HTTP status
     * @param container which container
     * @param latency from the request to the head of the answer
     */
    record Answered(int status, String container, Duration latency) implements Probe {}

    /**
     * No container answered.
     *
     * @param reason what happened instead, for a person
     */
    record Unanswered(String reason) implements Probe {}

    /** Whether a container gave an answer that is not a failure of its own. */
    default boolean serving() {
        return switch (this) {
            case Answered answered -> answered.status() < 500;
            case Unanswered unanswered -> false;
        };
    }
}
