package dev.havenkeep.deployments;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.web.EventStream;
import dev.havenkeep.web.Sends;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A deployment's log as a stream: what is there, then what comes, to its end. Each event's id is a byte offset. */
@RestController
class DeploymentLogController {

    private static final long LOOK_AGAIN_MILLIS = 2_000;

    private final Deployments deployments;
    private final DeploymentLogs logs;

    DeploymentLogController(Deployments deployments, DeploymentLogs logs) {
        this.deployments = deployments;
        this.logs = logs;
    }

    /**
     * A line as the stream carries it.
     *
     * @param at when it was printed
     * @param step the step in which it was
     * @param stream {@code stdout}, {@code stderr}, or {@code haven} for what Havenkeep says, or the name of the container
     * @param text the line, without its end
     */
    record DeploymentLogLine(Instant at, Step step, String stream, String text) {}

    /**
     * A step as the stream carries it.
     *
     * @param name which step
     * @param state how far it is now
     * @param at when it changed
     */
    record DeploymentStepChange(Step name, Step.State state, Instant at) {}

    /**
     * The end as the stream carries it.
     *
     * @param state how it ended
     * @param at when
     */
    record DeploymentEnd(State state, @Nullable Instant at) {}

    /** Streams a deployment's log: what is there, then what comes, to its end. */
    @Sends(event = "log", with = DeploymentLogLine.class)
    @Sends(event = "step", with = DeploymentStepChange.class)
    @Sends(event = "end", with = DeploymentEnd.class)
    @GetMapping(path = "/api/v1/deployments/{deployment}/log", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamDeploymentLog(@PathVariable DeploymentId deployment, EventStream stream) {
        Deployment found = deployments.get(deployment);
        long offset = offset(stream.lastEventId());
        stream.serve(feed -> {
            try (LogReader reader = logs.read(found.application(), deployment, offset)) {
                serve(deployment, reader, feed);
            }
        });
    }

    private void serve(DeploymentId id, LogReader reader, EventStream.Feed feed) throws InterruptedException {
        while (true) {
            // Asked before reading: when it had ended by then, all that it wrote is in the file but for the end itself,
            // which follows at once.
            Optional<Deployment> now = deployments.find(id);
            boolean ended = now.map(deployment -> deployment.state().terminal()).orElse(true);
            boolean began = now.map(deployment -> deployment.release() != null).orElse(false);
            long patience = ended && !began ? 0 : LOOK_AGAIN_MILLIS;
            List<LogReader.Read> more = reader.next(patience);
            while (!more.isEmpty()) {
                for (LogReader.Read read : more) {
                    feed.send(event(read));
                    if (read.entry() instanceof LogEntry.End) {
                        return;
                    }
                }
                more = reader.next(patience);
            }
            if (ended) {
                // It was superseded or called off before it began, or a crash came between its end and the log's.
                now.ifPresent(deployment -> send(
                        feed,
                        new DeploymentEnd(deployment.state(), deployment.times().finishedAt())));
                return;
            }
        }
    }

    private static void send(EventStream.Feed feed, DeploymentEnd end) {
        try {
            feed.send(new EventStream.Event(null, "end", end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EventStream.Event event(LogReader.Read read) {
        Object data = switch (read.entry()) {
            case LogEntry.Line line -> new DeploymentLogLine(line.at(), line.step(), line.stream(), line.text());
            case LogEntry.StepChanged step -> new DeploymentStepChange(step.name(), step.state(), step.at());
            case LogEntry.End end -> new DeploymentEnd(end.state(), end.at());
        };
        return new EventStream.Event(Long.toString(read.end()), read.entry().event(), data);
    }

    private static long offset(@Nullable String lastEventId) {
        if (lastEventId == null) {
            return 0;
        }
        try {
            long offset = Long.parseLong(lastEventId);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw badId(e);
        }
        throw badId(null);
    }

    private static ProblemException badId(@Nullable Throwable cause) {
        return new ProblemException(
                Problem.invalid("lastEventId", "is not an id that an event of this stream had"), cause);
    }
}
