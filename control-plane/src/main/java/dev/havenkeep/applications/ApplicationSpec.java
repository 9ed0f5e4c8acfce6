package dev.havenkeep.applications;

import dev.havenkeep.kernel.ServerId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writable members of an application, as requests carry them: flat, and absent where a default will do.
 *
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

    /**
     * A health check as requests carry it.
     *
     * @param path an HTTP request target that must be answered with 2xx or 3xx, such as {@code /health}
     * @param intervalSeconds between two checks, 1 to 3600; 5 when absent
     * @param timeoutSeconds after which one check has failed, 1 to 3600; 5 when absent
     * @param startPeriodSeconds how long failures are expected after the start, 0 to 3600; 30 when absent
     * @param retries how many failures in a row mean unhealthy, 1 to 100; 3 when absent
     * @param command an argument list that must exit with 0 in the container, instead of a path
     */
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

    /**
     * A volume as requests carry it.
     *
     * @param name unique within the application: 1 to 40 characters: lower-case letters, digits and inner
     *     hyphens
     * @param mountPath an absolute path in the container, other than its root
     * @param readOnly whether containers may only read it; false when absent
     */
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
