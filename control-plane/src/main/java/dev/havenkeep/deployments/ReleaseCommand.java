package dev.havenkeep.deployments;

import dev.havenkeep.engine.Container;
import dev.havenkeep.engine.ContainerName;
import dev.havenkeep.engine.Containers;
import dev.havenkeep.engine.LogLine;
import dev.havenkeep.engine.LogOptions;
import dev.havenkeep.engine.LogStream;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Execution;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Runs the release command in a one-off container of the new image. It is started at most once per deployment: its
 * container's name is derived from the deployment, and whoever resumes finds it there, running or ended.
 */
@Component
class ReleaseCommand {

    private static final int SHOWN_LINES = 20;
    private static final long POLL_MILLIS = 200;

    private final Stacks stacks;
    private final Rollout rollout;
    private final Replicas replicas;

    ReleaseCommand(Stacks stacks, Rollout rollout, Replicas replicas) {
        this.stacks = stacks;
        this.rollout = rollout;
        this.replicas = replicas;
    }

    /** A new release with a command; going back to one that ran its command already does not run it again. */
    boolean applies(Attempt attempt) {
        return switch (attempt.kind()) {
            case DEPLOY -> !attempt.configuration().rollout().releaseCommand().isEmpty();
            case ROLLBACK, RESTART, STOP, START -> false;
        };
    }

    void run(Attempt attempt) {
        rollout.prepare(attempt);
        ContainerName name = stacks.releaseContainer(attempt);
        Containers containers = attempt.docker().containers();
        if (containers.inspect(name).isEmpty()) {
            containers.create(stacks.releaseCommand(attempt));
        }
        Container container = containers.inspect(name).orElseThrow(() -> gone(name));
        if (container.state().status() == Container.Status.CREATED
                && container.state().startedAt() == null) {
            containers.start(name);
        } else {
            attempt.log().say(Step.RELEASING, "The release command was started before; waiting for it to end.");
        }
        follow(attempt, container);
        int code = exitCode(attempt, name);
        if (code != 0) {
            List<String> lines = replicas.lastLines(attempt, container.id(), SHOWN_LINES);
            throw Attempt.failure(
                    "release-command-failed",
                    "The release command failed",
                    "It ended with exit code " + code + "; nothing was switched."
                            + (lines.isEmpty()
                                    ? " It printed nothing."
                                    : " Its last lines:\n" + String.join("\n", lines)));
        }
    }

    /** Takes its container away: not before it is written down that it ended, or it would be started again. */
    void remove(Attempt attempt) {
        if (applies(attempt)) {
            attempt.docker().containers().remove(stacks.releaseContainer(attempt));
        }
    }

    private static void follow(Attempt attempt, Container container) {
        try (LogStream log = attempt.docker().containers().logs(container.id(), new LogOptions(true, null, null));
                Cancellation.Registration registration = attempt.cancellation().onCancel(log::close)) {
            LogLine line;
            while ((line = log.next()) != null) {
                attempt.log()
                        .printed(
                                Step.RELEASING,
                                line.channel() == Execution.Channel.OUT ? "stdout" : "stderr",
                                line.text());
            }
        }
        attempt.cancellation().check();
    }

    /** The log ends a moment before the engine says how the container ended. */
    private static int exitCode(Attempt attempt, ContainerName name) {
        while (true) {
            Optional<Container> container = attempt.docker().containers().inspect(name);
            Container.State state = container.orElseThrow(() -> gone(name)).state();
            switch (state.status()) {
                case EXITED, DEAD -> {
                    return state.exitCode();
                }
                case CREATED -> {
                    if (!state.error().isBlank()) {
                        throw Attempt.failure(
                                "release-command-failed",
                                "The release command failed",
                                "It could not be started: " + state.error());
                    }
                    attempt.pause(POLL_MILLIS);
                }
                case RUNNING, PAUSED, RESTARTING, REMOVING, UNKNOWN -> attempt.pause(POLL_MILLIS);
            }
        }
    }

    private static ProblemException gone(ContainerName name) {
        return Attempt.failure(
                "container-gone",
                "A container has disappeared",
                "Somebody removed " + name + " while the release command ran. Look at what it has done, then deploy"
                        + " again.");
    }
}
