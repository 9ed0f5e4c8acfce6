package dev.havenkeep.deployments;

import static dev.havenkeep.deployments.Step.DRAINING;
import static dev.havenkeep.deployments.Step.STARTING;

import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Containers;
import dev.havenkeep.engine.Executor;
import dev.havenkeep.engine.Plan;
import dev.havenkeep.engine.Planner;
import dev.havenkeep.engine.Stack;
import dev.havenkeep.engine.Step;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ServerId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the containers of a deployment run, takes them back, and takes away those before them, by the engine's plans. A
 * plan is made anew each time: after a crash it goes on from what is there.
 */
@Component
class Rollout {

    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);

    private final Executor executor;
    private final Stacks stacks;
    private final Replicas replicas;
    private final Traffic traffic;

    Rollout(Executor executor, Stacks stacks, Replicas replicas, Traffic traffic) {
        this.executor = executor;
        this.stacks = stacks;
        this.replicas = replicas;
        this.traffic = traffic;
    }

    /** What the attempt has to do on its server from here on. */
    Plan plan(Attempt attempt) {
        Stack stack = stacks.stack(attempt);
        return Planner.plan(stack, executor.observe(server(attempt), stack), stacks.revision(attempt));
    }

    /** Makes what containers need before they can be made: the network and the volumes. */
    void prepare(Attempt attempt) {
        for (Step step : plan(attempt).in(Step.Phase.PREPARE)) {
            if (step instanceof Step.CreateNetwork || step instanceof Step.CreateVolume) {
                executor.execute(server(attempt), step);
            }
        }
    }

    /** Makes and starts the new containers; where they cannot run beside the old ones, those stop first. */
    void start(Attempt attempt) {
        Plan plan = plan(attempt);
        starting(attempt, plan.in(Step.Phase.PREPARE));
        List<Step> start = plan.in(Step.Phase.START);
        boolean interrupts = start.stream().anyMatch(Step.StopContainer.class::isInstance);
        if (interrupts) {
            attempt.log()
                    .say(
                            STARTING,
                            "The strategy is recreate: the old containers stop before the new ones start. Visitors"
                                    + " see the maintenance page meanwhile.");
            traffic.pause(attempt);
        }
        starting(attempt, start);
    }

    /** Removes the new containers; where old ones had to stop for them, those start again and get their traffic back. */
    void takeBack(Attempt attempt) {
        Containers containers = attempt.docker().containers();
        for (ContainerSummary container : replicas.of(
                attempt.docker(),
                attempt.application().id(),
                attempt.deployment().id())) {
            containers.remove(container.id());
        }
        DeploymentId previous = attempt.previous();
        if (!attempt.recreates() || previous == null) {
            return;
        }
        for (ContainerSummary container :
                replicas.of(attempt.docker(), attempt.application().id(), previous)) {
            if (!container.running()) {
                attempt.log().say(STARTING, "start container " + container.name() + " again");
                containers.start(container.id());
            }
        }
        traffic.backTo(attempt, previous);
    }

    /** Stops and removes whatever is not part of the attempt's release, each with its own grace period. */
    void retire(Attempt attempt) {
        for (Step step : plan(attempt).in(Step.Phase.RETIRE)) {
            attempt.log().say(DRAINING, step.describe());
            executor.execute(server(attempt), step);
        }
    }

    private void starting(Attempt attempt, List<Step> steps) {
        for (Step step : steps) {
            attempt.cancellation().check();
            attempt.log().say(STARTING, step.describe());
            if (step instanceof Step.StopContainer stop) {
                stop(attempt, stop);
            } else {
                executor.execute(server(attempt), step);
            }
        }
    }

    /** Who calls it off does not wait until the grace period is over, but wants the container back. */
    private void stop(Attempt attempt, Step.StopContainer stop) {
        try (Cancellation.Registration registration =
                attempt.cancellation().onCancel(() -> Thread.startVirtualThread(() -> cutShort(attempt, stop)))) {
            executor.execute(server(attempt), stop);
        }
    }

    private static void cutShort(Attempt attempt, Step.StopContainer stop) {
        try {
            attempt.docker().containers().kill(stop.container());
        } catch (ProblemException e) {
            LOG.warn("The container {} could not be killed; its grace period is waited for", stop.container(), e);
        }
    }

    private static ServerId server(Attempt attempt) {
        return attempt.configuration().server();
    }
}
