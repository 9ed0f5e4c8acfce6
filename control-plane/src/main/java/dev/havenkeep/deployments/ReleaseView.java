package dev.havenkeep.deployments;

import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.Source;
import dev.havenkeep.applications.Strategy;
import dev.havenkeep.applications.VolumeMount;
import dev.havenkeep.kernel.ApplicationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release as answers carry it: the values of its variables are left out.
 *
 * @param applicationId the application that it is of
 * @param number counts the releases of the application; absent until its image is there
 * @param image the image, by digest
 * @param imageId the image's id on its server
 * @param commit what the image was built from
 * @param settings the configuration that it keeps
 * @param variables the names of its run-time variables
 * @param active whether it is the one that serves
 */
record ReleaseView(
        ReleaseId id,
        ApplicationId applicationId,
        @Nullable Long number,
        @Nullable String image,
        @Nullable String imageId,
        Deployment.@Nullable SourceCommit commit,
        SettingsView settings,
        List<String> variables,
        boolean active,
        Instant createdAt) {

    /**
     * What of its configuration a release is told apart by.
     *
     * @param source where its image comes from
     * @param port the container port that traffic goes to
     * @param replicas how many containers run
     * @param command an argument list in place of the image's own command
     * @param releaseCommand an argument list that runs once in the new image before it goes live, such as a schema
     *     migration
     * @param volumes what containers keep when they are replaced, at most 50
     * @param strategy whether old and new containers may run side by side; {@code rolling} when absent
     */
    record SettingsView(
            Source source,
            @Nullable Integer port,
            int replicas,
            List<String> command,
            List<String> releaseCommand,
            List<VolumeMount> volumes,
            Strategy strategy) {

        static SettingsView of(Configuration configuration) {
            return new SettingsView(
                    configuration.source(),
                    configuration.port(),
                    configuration.running().replicas(),
                    configuration.running().command(),
                    configuration.rollout().releaseCommand(),
                    configuration.running().volumes(),
                    configuration.rollout().strategy());
        }
    }

    static ReleaseView of(Release release, @Nullable String activeReleaseId) {
        Release.Image image = release.image();
        return new ReleaseView(
                release.id(),
                release.application(),
                release.number(),
                image == null ? null : image.reference(),
                image == null ? null : image.id(),
                image == null ? null : image.commit(),
                SettingsView.of(release.configuration()),
                release.variables().run().stream()
                        .map(value -> value.name().value())
                        .toList(),
                release.id().value().equals(activeReleaseId),
                release.takenAt());
    }
}
