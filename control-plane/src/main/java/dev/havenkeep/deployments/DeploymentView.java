package dev.havenkeep.deployments;

import dev.havenkeep.kernel.ApplicationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deployment as answers carry it. */
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

    /** A step as answers carry it. */
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
