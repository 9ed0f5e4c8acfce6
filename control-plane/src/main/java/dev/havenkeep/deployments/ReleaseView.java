package dev.havenkeep.deployments;

import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.Source;
import dev.havenkeep.applications.Strategy;
import dev.havenkeep.applications.VolumeMount;
import dev.havenkeep.kernel.ApplicationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A release as answers carry it: the values of its variables are left out. */
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

    /** What of its configuration a release is told apart by. */
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
