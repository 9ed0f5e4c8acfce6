package dev.havenkeep.deployments;

import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.EnvironmentVariableName;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image with the configuration that it runs with. Once it has its image it never changes.
 *
 * @param number counts the application's releases from 1; absent until the image is there
 * @param image absent until it is there
 * @param configuration as it was when the deployment left the queue
 * @param variables as they were then
 * @param takenAt when that was
 * @param droppedAt when its image and variables were removed, being past what the application keeps
 */
public record Release(
        ReleaseId id,
        ApplicationId application,
        @Nullable Long number,
        @Nullable Image image,
        Configuration configuration,
        Variables variables,
        Instant takenAt,
        @Nullable Instant droppedAt) {

    /**
     * The image of a release.
     *
     * @param id its local id on the application's server
     * @param reference what it came from: repository and digest, or the name that its build gave it
     * @param owned whether it came to the server by this release, so that it may be removed again
     * @param commit what it was built from; absent for an image from a registry
     */
    public record Image(String id, String reference, boolean owned, Deployment.@Nullable SourceCommit commit) {}

    /** The variables of a release, those of the containers apart from those of the build. */
    public record Variables(List<Value> run, List<Value> build) {

        static final Variables NONE = new Variables(List.of(), List.of());

        public Variables {
            run = List.copyOf(run);
            build = List.copyOf(build);
        }
    }

    /**
     * One variable of a release.
     *
     * @param secret whether the value is kept out of logs
     */
    public record Value(EnvironmentVariableName name, Secret value, boolean secret) {}
}
