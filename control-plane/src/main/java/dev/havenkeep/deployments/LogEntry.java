package dev.havenkeep.deployments;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** One entry of a deployment's log: a line of its file, and an event of its stream. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LogEntry.Line.class, name = "log"),
    @JsonSubTypes.Type(value = LogEntry.StepChanged.class, name = "step"),
    @JsonSubTypes.Type(value = LogEntry.End.class, name = "end")
})
sealed interface LogEntry {

    /** The name of the stream's event. */
    default String event() {
        return switch (this) {
            case Line line -> "log";
            case StepChanged step -> "step";
            case End end -> "end";
        };
    }

    /** Something that was printed in a step, or that Havenkeep says about it. */
    record Line(Instant at, Step step, String stream, String text) implements LogEntry {}

    /** A step began or ended. */
    record StepChanged(Step name, Step.State state, Instant at) implements LogEntry {}

    /** The deployment ended. */
    record End(State state, Instant at) implements LogEntry {}
}
