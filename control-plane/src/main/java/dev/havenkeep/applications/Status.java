package dev.havenkeep.applications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an application on its server, as the deployments module reports it.
 *
 * @param state in one word
 * @param replicasRunning how many of its containers run
 * @param activeReleaseId the release that serves; absent when none ever went live
 * @param activeDeploymentId the deployment that made it live
 * @param activeSince when the configuration of the active release was taken
 */
public record Status(
        State state,
        int replicasRunning,
        @Nullable String activeReleaseId,
        @Nullable String activeDeploymentId,
        @Nullable Instant activeSince) {

    /** Never deployed. */
    public static final Status NONE = new Status(State.NONE, 0, null, null, null);

    /** The state in one word. */
    public enum State {
        /** Never deployed. */
        NONE,
        /** A deployment is under way; an older release may be serving meanwhile. */
        DEPLOYING,
        /** Every replica runs. */
        RUNNING,
        /** Fewer replicas run than should. */
        DEGRADED,
        /** Stopped on purpose. */
        STOPPED,
        /** Being deleted. */
        DELETING;

        /** The form in API and database. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same with another state. */
    public Status with(State other) {
        return new Status(other, replicasRunning, activeReleaseId, activeDeploymentId, activeSince);
    }
}
