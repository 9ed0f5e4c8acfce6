package dev.havenkeep.applications;

import dev.havenkeep.kernel.ServerId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writable members of an application, as requests carry them: flat, and absent where a default will do. A merge
 * patch is applied to the form that {@link #of} gives.
 */
record ApplicationSpec(
        ApplicationName name,
        ServerId serverId,
        Source source,
        @Nullable Integer port,
        @Nullable Integer replicas,
        @Nullable HealthCheckSpec healthCheck,
        @Nullable Resources resources,
        @Nullable List<VolumeSpec> volumes,
        @Nullable List<String> releaseCommand,
        @Nullable List<String> command,
        @Nullable Integer stopGraceSeconds,
        @Nullable Integer drainSeconds,
        @Nullable Strategy strategy,
        @Nullable Integer keptReleases) {

    private static final int STOP_GRACE_SECONDS = 10;
    private static final int DRAIN_SECONDS = 30;
    private static final int KEPT_RELEASES = 5;

    ApplicationSpec {
        required("name", name);
        required("serverId", serverId);
        required("source", source);
    }

    /** A health check as requests carry it. */
    record HealthCheckSpec(
            @Nullable String path,
            @Nullable Integer intervalSeconds,
            @Nullable Integer timeoutSeconds,
            @Nullable Integer startPeriodSeconds,
            @Nullable Integer retries,
            @Nullable List<String> command) {

        private static final int LONGEST_SECONDS = 3_600;
        private static final int MOST_RETRIES = 100;

        static @Nullable HealthCheckSpec of(HealthCheck check) {
            if (check.equals(HealthCheck.DEFAULT)) {
                return null;
            }
            return new HealthCheckSpec(
                    check.path(),
                    Math.toIntExact(check.interval().toSeconds()),
                    Math.toIntExact(check.timeout().toSeconds()),
                    Math.toIntExact(check.startPeriod().toSeconds()),
                    check.retries(),
                    check.command().isEmpty() ? null : check.command());
        }

        HealthCheck check() {
            return new HealthCheck(
                    path,
                    command == null ? List.of() : command,
                    seconds("intervalSeconds", intervalSeconds, HealthCheck.DEFAULT.interval(), 1),
                    seconds("timeoutSeconds", timeoutSeconds, HealthCheck.DEFAULT.timeout(), 1),
                    seconds("startPeriodSeconds", startPeriodSeconds, HealthCheck.DEFAULT.startPeriod(), 0),
                    Accepted.range("healthCheck.retries", retries, HealthCheck.DEFAULT.retries(), 1, MOST_RETRIES));
        }

        private static Duration seconds(String name, @Nullable Integer value, Duration absent, int least) {
            return Duration.ofSeconds(Accepted.range(
                    "healthCheck." + name, value, Math.toIntExact(absent.toSeconds()), least, LONGEST_SECONDS));
        }
    }

    /** A volume as requests carry it. */
    record VolumeSpec(
            String name, String mountPath, @Nullable Boolean readOnly) {

        VolumeSpec {
            required("volumes.name", name);
            required("volumes.mountPath", mountPath);
        }
    }

    static ApplicationSpec of(Application application) {
        Configuration configuration = application.configuration();
        Configuration.Running running = configuration.running();
        Configuration.Rollout rollout = configuration.rollout();
        return new ApplicationSpec(
                application.name(),
                configuration.server(),
                configuration.source(),
                configuration.port(),
                running.replicas(),
                HealthCheckSpec.of(running.healthCheck()),
                running.resources().equals(Resources.UNLIMITED) ? null : running.resources(),
                running.volumes().stream()
                        .map(volume -> new VolumeSpec(volume.name(), volume.mountPath(), volume.readOnly()))
                        .toList(),
                rollout.releaseCommand().isEmpty() ? null : rollout.releaseCommand(),
                running.command().isEmpty() ? null : running.command(),
                rollout.stopGraceSeconds(),
                rollout.drainSeconds(),
                rollout.strategy(),
                rollout.keptReleases());
    }

    Configuration configuration() {
        return new Configuration(
                serverId,
                source,
                port,
                new Configuration.Running(
                        replicas == null ? 1 : replicas,
                        healthCheck == null ? HealthCheck.DEFAULT : healthCheck.check(),
                        resources == null ? Resources.UNLIMITED : resources,
                        volumes == null
                                ? List.of()
                                : volumes.stream()
                                        .map(volume -> new VolumeMount(
                                                volume.name(),
                                                volume.mountPath(),
                                                Boolean.TRUE.equals(volume.readOnly())))
                                        .toList(),
                        command == null ? List.of() : command),
                new Configuration.Rollout(
                        releaseCommand == null ? List.of() : releaseCommand,
                        stopGraceSeconds == null ? STOP_GRACE_SECONDS : stopGraceSeconds,
                        drainSeconds == null ? DRAIN_SECONDS : drainSeconds,
                        strategy == null ? Strategy.ROLLING : strategy,
                        keptReleases == null ? KEPT_RELEASES : keptReleases));
    }

    /** Members that a program may leave out although their type says otherwise. */
    private static void required(String path, @Nullable Object value) {
        if (value == null) {
            throw Accepted.refusal(path, "is required");
        }
    }
}
