package dev.havenkeep.deployments;

import dev.havenkeep.kernel.ApplicationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as answers carry it.
 *
 * @param applicationId what is deployed
 * @param number counts the deployments of the application, from 1
 * @param kind what it is for
 * @param state how far it is, or how it ended
 * @param steps all of them in their order, with those that are skipped
 * @param releaseId the release that it makes live; absent until there is one
 * @param commit what was fetched; absent for a ready image
 * @param reason the note of who asked for it
 * @param createdBy who asked: an e-mail address, a token's name, or {@code system}
 * @param createdAt when it was asked for
 * @param startedAt when it left the queue
 * @param finishedAt when it ended
 * @param cancelRequested whether somebody called it off
 * @param problem why it fails or failed
 */
record DeploymentView(
        DeploymentId id,
        ApplicationId applicationId,
        long number,
        Kind kind,
        State state,
        List<StepView> steps,
        @Nullable ReleaseId releaseId,
        Deployment.@Nullable SourceCommit commit,
        @Nullable String reason,
        String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        boolean cancelRequested,
        Deployment.@Nullable Reason problem) {

    /**
     * A step as answers carry it.
     *
     * @param name which step
     * @param state how far it is
     * @param startedAt when it began
     * @param finishedAt when it ended
     */
    record StepView(
            Step name,
            Step.State state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    static DeploymentView of(Deployment deployment) {
        return new DeploymentView(
                deployment.id(),
                deployment.application(),
                deployment.number(),
                deployment.request().kind(),
                deployment.state(),
                deployment.steps().stream()
                        .map(step -> new StepView(step.name(), step.state(), step.startedAt(), step.finishedAt()))
                        .toList(),
                deployment.release(),
                deployment.commit(),
                deployment.request().reason(),
                deployment.request().createdBy(),
                deployment.times().createdAt(),
                deployment.times().startedAt(),
                deployment.times().finishedAt(),
                deployment.undoing().cancelRequested(),
                deployment.undoing().problem());
    }
}
