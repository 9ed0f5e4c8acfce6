package dev.havenkeep.applications;

import dev.havenkeep.kernel.ServerId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything about an application that a release keeps a copy of, apart from its variables.
 *
 * @param server where it runs
 * @param source where its image comes from
 * @param port the container port that the edge sends traffic to; absent for a worker, which gets none
 * @param running how its containers are run
 * @param rollout how a new release takes the place of the one before
 */
public record Configuration(
        ServerId server, Source source, @Nullable Integer port, Running running, Rollout rollout) {

    private static final int MOST_PORTS = 65_535;

    /** @throws dev.havenkeep.kernel.ProblemException 422 when the parts do not fit together */
    public Configuration {
        if (port != null && (port < 1 || port > MOST_PORTS)) {
            throw Accepted.refusal("port", "must be between 1 and " + MOST_PORTS);
        }
        if (port == null && running.healthCheck().path() != null) {
            throw Accepted.refusal(
                    "healthCheck.path", "needs a port to send the request to; set port, or check with a command");
        }
    }

    /**
     * How containers are run.
     *
     * @param replicas how many there are
     * @param healthCheck how to tell that one is ready
     * @param resources limits of each
     * @param volumes what they keep
     * @param command replaces the image's own command; empty for the image's
     */
    public record Running(
            int replicas,
            HealthCheck healthCheck,
            Resources resources,
            List<VolumeMount> volumes,
            List<String> command) {

        private static final int MOST_REPLICAS = 50;
        private static final int MOST_VOLUMES = 50;

        /** @throws dev.havenkeep.kernel.ProblemException 422 when a member is not acceptable */
        public Running {
            Accepted.range("replicas", replicas, 1, 1, MOST_REPLICAS);
            volumes = List.copyOf(volumes);
            if (volumes.size() > MOST_VOLUMES) {
                throw Accepted.refusal("volumes", "must be at most " + MOST_VOLUMES);
            }
            Set<String> names = new HashSet<>();
            Set<String> paths = new HashSet<>();
            for (VolumeMount volume : volumes) {
                if (!names.add(volume.name())) {
                    throw Accepted.refusal("volumes.name", "must be unique; " + volume.name() + " is there twice");
                }
                if (!paths.add(volume.mountPath())) {
                    throw Accepted.refusal(
                            "volumes.mountPath", "must be unique; " + volume.mountPath() + " is there twice");
                }
            }
            command = Accepted.command("command", command);
        }
    }

    /**
     * How a release goes live.
     *
     * @param releaseCommand runs once in the new image before any of its containers starts; empty for none
     * @param stopGraceSeconds between asking a container to stop and ending it
     * @param drainSeconds how long requests under way may take to finish on the old containers
     * @param strategy whether old and new containers may run side by side
     * @param keptReleases how many releases stay available for a rollback
     */
    public record Rollout(
            List<String> releaseCommand, int stopGraceSeconds, int drainSeconds, Strategy strategy, int keptReleases) {

        private static final int LONGEST_SECONDS = 3_600;
        private static final int MOST_RELEASES = 100;

        /** @throws dev.havenkeep.kernel.ProblemException 422 when a member is not acceptable */
        public Rollout {
            releaseCommand = Accepted.command("releaseCommand", releaseCommand);
            Accepted.range("stopGraceSeconds", stopGraceSeconds, 0, 0, LONGEST_SECONDS);
            Accepted.range("drainSeconds", drainSeconds, 0, 0, LONGEST_SECONDS);
            Accepted.range("keptReleases", keptReleases, 1, 1, MOST_RELEASES);
        }
    }
}
