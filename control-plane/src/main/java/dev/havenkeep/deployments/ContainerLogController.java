package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.web.EventStream;
import dev.havenkeep.web.Sends;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an application's containers print, as a stream that does not end. */
@RestController
class ContainerLogController {

    private static final int LONGEST_TAIL = 10_000;

    private final Applications applications;
    private final ContainerLogs logs;

    ContainerLogController(Applications applications, ContainerLogs logs) {
        this.applications = applications;
        this.logs = logs;
    }

    /**
     * Streams what an application's containers print. It begins with some of what they printed before.
     *
     * @param tail how many lines of before, for each container, 0 to 10,000
     * @param since leaves out what is older than this instant
     */
    @Sends(event = "log", with = ContainerLogs.ContainerLogLine.class)
    @GetMapping(path = "/api/v1/applications/{application}/logs", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamApplicationLogs(
            @PathVariable ApplicationId application,
            @RequestParam(defaultValue = "200") int tail,
            @RequestParam(required = false) @Nullable String since,
            EventStream stream) {
        if (tail < 0 || tail > LONGEST_TAIL) {
            throw new ProblemException(Problem.invalid("tail", "must be between 0 and " + LONGEST_TAIL));
        }
        Application found = applications.get(application);
        ContainerLogs.Start start =
                new ContainerLogs.Start(tail, instant(since), LogPositions.parse(stream.lastEventId()));
        stream.serve(feed -> logs.follow(found, start, feed));
    }

    private static @Nullable Instant instant(@Nullable String since) {
        try {
            return since == null ? null : Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    Problem.invalid("since", "must be an instant as in RFC 3339, for example 2026-01-31T12:00:00Z"), e);
        }
    }
}
