package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.kernel.ApplicationId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says what goes when an application is deleted, before it does. */
@Component
class DeletionPreviews {

    private final Applications applications;
    private final ReleaseStore releases;
    private final Replicas replicas;
    private final Stacks stacks;
    private final Engines engines;

    DeletionPreviews(
            Applications applications, ReleaseStore releases, Replicas replicas, Stacks stacks, Engines engines) {
        this.applications = applications;
        this.releases = releases;
        this.replicas = replicas;
        this.stacks = stacks;
        this.engines = engines;
    }

    /**
     * What goes.
     *
     * @param containers by name; they are asked to stop first
     * @param volumes go only on demand, with their data
     * @param images those that no other application's release has
     * @param releases how many are kept
     */
    record Preview(
            ApplicationId id,
            String name,
            List<String> containers,
            List<String> volumes,
            List<String> images,
            int releases) {}

    Preview of(ApplicationId id) {
        Application application = applications.get(id);
        Docker docker = engines.of(application.configuration().server());
        List<Release> kept = releases.kept(id);
        return new Preview(
                id,
                application.name().value(),
                replicas.of(docker, id).stream()
                        .map(container -> container.name().value())
                        .toList(),
                docker.volumes().list(stacks.everythingOf(id)).stream()
                        .map(volume -> volume.name().value())
                        .toList(),
                kept.stream()
                        .map(Release::image)
                        .filter(java.util.Objects::nonNull)
                        .map(Release.Image::reference)
                        .distinct()
                        .toList(),
                kept.size());
    }
}
