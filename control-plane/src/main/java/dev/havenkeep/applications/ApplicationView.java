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

/** An application as answers carry it: its writable members, where it belongs, and its status. */
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
