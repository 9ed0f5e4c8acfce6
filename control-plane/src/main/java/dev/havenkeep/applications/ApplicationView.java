package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.TeamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application as answers carry it: its writable members, where it belongs, and its status.
 *
 * @param environmentId the environment that it is in
 * @param projectId the project of that environment
 * @param teamId the team of that project
 * @param serverId the server that it runs on
 * @param source where its image comes from
 * @param port the container port that traffic goes to, 1 to 65535; absent for a worker, which gets none
 * @param replicas how many containers run, 1 to 50; 1 when absent
 * @param healthCheck how to tell that a container is ready; absent for an open port
 * @param resources limits of each container; absent for none
 * @param volumes what containers keep when they are replaced, at most 50
 * @param releaseCommand an argument list that runs once in the new image before it goes live, such as a schema
 *     migration
 * @param command an argument list in place of the image's own command
 * @param stopGraceSeconds how long a container has to end by itself, 0 to 3600; 10 when absent
 * @param drainSeconds how long requests under way may take on the old containers, 0 to 3600; 30 when absent
 * @param strategy whether old and new containers may run side by side; {@code rolling} when absent
 * @param keptReleases how many releases stay available for a rollback, 1 to 100; 5 when absent
 * @param status how it is
 */
record ApplicationView(
        ApplicationId id,
        @Nullable EnvironmentId environmentId,
        @Nullable ProjectId projectId,
        TeamId teamId,
        long version,
        ApplicationName name,
        ServerId serverId,
        Source source,
        @Nullable Integer port,
        @Nullable Integer replicas,
        ApplicationSpec.@Nullable HealthCheckSpec healthCheck,
        @Nullable Resources resources,
        @Nullable List<ApplicationSpec.VolumeSpec> volumes,
        @Nullable List<String> releaseCommand,
        @Nullable List<String> command,
        @Nullable Integer stopGraceSeconds,
        @Nullable Integer drainSeconds,
        @Nullable Strategy strategy,
        @Nullable Integer keptReleases,
        StatusView status,
        Instant createdAt,
        Instant changedAt) {

    /**
     * The status as answers carry it.
     *
     * @param state in one word
     * @param replicasRunning how many of its containers run
     * @param activeReleaseId the release that serves; absent when none ever went live
     * @param activeDeploymentId the deployment that made it live
     * @param pendingChanges whether configuration or variables changed since the active release was made
     */
    record StatusView(
            Status.State state,
            int replicasRunning,
            @Nullable String activeReleaseId,
            @Nullable String activeDeploymentId,
            boolean pendingChanges) {}

    static ApplicationView of(Application application) {
        ApplicationSpec spec = ApplicationSpec.of(application);
        Status status = application.status();
        Application.Record record = application.record();
        return new ApplicationView(
                application.id(),
                application.scope().environment(),
                application.scope().project(),
                application.scope().team(),
                record.version(),
                spec.name(),
                spec.serverId(),
                spec.source(),
                spec.port(),
                spec.replicas(),
                spec.healthCheck(),
                spec.resources(),
                spec.volumes(),
                spec.releaseCommand(),
                spec.command(),
                spec.stopGraceSeconds(),
                spec.drainSeconds(),
                spec.strategy(),
                spec.keptReleases(),
                new StatusView(
                        status.state(),
                        status.replicasRunning(),
                        status.activeReleaseId(),
                        status.activeDeploymentId(),
                        status.activeSince() != null && record.changedAt().isAfter(status.activeSince())),
                record.createdAt().truncatedTo(ChronoUnit.MILLIS),
                record.changedAt().truncatedTo(ChronoUnit.MILLIS));
    }
}
