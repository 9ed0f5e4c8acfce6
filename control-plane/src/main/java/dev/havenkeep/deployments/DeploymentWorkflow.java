package dev.havenkeep.deployments;

import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The story of a deployment, each step beside what takes it back. What serves is not touched before {@code SWITCHING},
 * and can come back until the old containers are being stopped; everything up to there is undone in the opposite order.
 *
 * <p>Each act may find that an attempt before it, cut off by a crash, did a part of it: names are derived from the
 * deployment's number, so repeating an act finds what is there.
 */
@Component
class DeploymentWorkflow {

    private final List<Act> acts;

    DeploymentWorkflow(
            ImageFetching fetching,
            ImageBuilding building,
            ReleaseCommand releaseCommand,
            Rollout rollout,
            Readiness readiness,
            Traffic traffic) {
        acts = List.of(
                // The commit is found, or the image pulled. The release may then have an image that is there already.
                new Act(Step.FETCHING, attempt -> attempt.release().image() == null, fetching::fetch, Attempt::nothing),

                // The commit becomes an image. An image that no release got is forgotten.
                new Act(Step.BUILDING, attempt -> attempt.release().image() == null, building::build, building::forget),

                // Images are built on the server where they run, so there is no way to bring them.
                new Act(Step.PUSHING, attempt -> false, Attempt::nothing, Attempt::nothing),

                // For example a schema migration, at most once. When it fails, the old version never noticed.
                new Act(Step.RELEASING, releaseCommand::applies, releaseCommand::run, releaseCommand::remove),

                // New containers beside the old ones; with the strategy recreate, the old ones stop first.
                new Act(
                        Step.STARTING,
                        Attempt::startsContainers,
                        attempt -> {
                            releaseCommand.remove(attempt);
                            rollout.start(attempt);
                        },
                        rollout::takeBack),

                // Ready means: what the health check says, else an open port, else running for a while.
                new Act(Step.CHECKING, Attempt::startsContainers, readiness::await, Attempt::nothing),

                // New requests go to the new containers, which a request through the edge must prove.
                new Act(Step.SWITCHING, attempt -> true, traffic::switchOver, traffic::switchBack),

                // Old containers finish what they have; from their first stop on there is no way back.
                new Act(
                        Step.DRAINING,
                        attempt -> true,
                        attempt -> {
                            traffic.drain(attempt);
                            attempt.commit();
                            rollout.retire(attempt);
                        },
                        Attempt::nothing));
    }

    List<Act> acts() {
        return acts;
    }
}
