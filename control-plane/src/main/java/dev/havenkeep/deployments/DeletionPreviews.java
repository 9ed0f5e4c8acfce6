package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.edge.Edge;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what goes when an application is deleted, before it does. */
@Component
class DeletionPreviews {

    private final Applications applications;
    private final Edge edge;
    private final DeploymentStore deployments;
    private final ReleaseStore releases;
    private final DeploymentLogs logs;
    private final Replicas replicas;
    private final Stacks stacks;
    private final Engines engines;

    DeletionPreviews(
            Applications applications,
            Edge edge,
            DeploymentStore deployments,
            ReleaseStore releases,
            DeploymentLogs logs,
            Replicas replicas,
            Stacks stacks,
            Engines engines) {
        this.applications = applications;
        this.edge = edge;
        this.deployments = deployments;
        this.releases = releases;
        this.logs = logs;
        this.replicas = replicas;
        this.stacks = stacks;
        this.engines = engines;
    }

    /**
     * What goes.
     *
     * @param id the application's id
     * @param name the application's name
     * @param domains hosts with their path prefixes; they lead nowhere from then on
     * @param containers by name; they are asked to stop first
     * @param volumes go only on demand, with their data
     * @param images those that its releases brought and no other application's release has
     * @param releases how many are kept
     * @param deployments how many there were
     * @param logBytes how much their logs hold
     * @param serverProblem why the server could not be asked, so that its containers and volumes are not known; absent
     *     when it answered
     */
    record DeletionPreview(
            ApplicationId id,
            String name,
            List<String> domains,
            List<String> containers,
            List<String> volumes,
            List<String> images,
            int releases,
            int deployments,
            long logBytes,
            @Nullable String serverProblem) {}

    /** What the application has on its server, or why that is not known. */
    private record OnServer(
            List<String> containers,
            List<String> volumes,
            @Nullable String problem) {}

    DeletionPreview of(ApplicationId id) {
        Application application = applications.get(id);
        OnServer onServer = onServer(application);
        List<Release> kept = releases.kept(id);
        return new DeletionPreview(
                id,
                application.name().value(),
                edge.addresses(id),
                onServer.containers(),
                onServer.volumes(),
                kept.stream()
                        .map(Release::image)
                        .filter(image -> image != null && image.owned() && !releases.othersKeepImage(id, image.id()))
                        .map(Release.Image::reference)
                        .distinct()
                        .toList(),
                kept.size(),
                deployments.count(id),
                logs.bytes(id),
                onServer.problem());
    }

    private OnServer onServer(Application application) {
        Docker docker = engines.of(application.configuration().server());
        try {
            return new OnServer(
                    replicas.of(docker, application.id()).stream()
                            .map(container -> container.name().value())
                            .toList(),
                    docker.volumes().list(stacks.everythingOf(application.id())).stream()
                            .map(volume -> volume.name().value())
                            .toList(),
                    null);
        } catch (ProblemException e) {
            if (e.problem().status() < 500) {
                throw e;
            }
            return new OnServer(List.of(), List.of(), e.problem().detail());
        }
    }
}
