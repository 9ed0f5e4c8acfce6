package dev.havenkeep.deployments;

import static dev.havenkeep.engine.Step.Phase.PREPARE;
import static dev.havenkeep.engine.Step.Phase.RETIRE;
import static dev.havenkeep.engine.Step.Phase.START;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.applications.Source;
import dev.havenkeep.engine.Executor;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.engine.Plan;
import dev.havenkeep.engine.Planner;
import dev.havenkeep.engine.Revision;
import dev.havenkeep.engine.Stack;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.sources.Commit;
import dev.havenkeep.sources.CommitSha;
import dev.havenkeep.sources.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a deployment would do, without doing it. */
@Component
class DeploymentPlans {

    /** Stands for an image that is not there yet; no plan shows it. */
    private static final String NO_IMAGE = "sha256:" + "0".repeat(64);

    private final Deployments deployments;
    private final Applications applications;
    private final DeploymentStore store;
    private final ReleaseStore releases;
    private final Snapshots snapshots;
    private final Stacks stacks;
    private final Sources sources;
    private final Executor executor;

    DeploymentPlans(
            Deployments deployments,
            Applications applications,
            DeploymentStore store,
            ReleaseStore releases,
            Snapshots snapshots,
            Stacks stacks,
            Sources sources,
            Executor executor) {
        this.deployments = deployments;
        this.applications = applications;
        this.store = store;
        this.releases = releases;
        this.snapshots = snapshots;
        this.stacks = stacks;
        this.sources = sources;
        this.executor = executor;
    }

    /**
     * What would be done.
     *
     * @param kind what kind of deployment it is
     * @param commit the commit that would be deployed, if it comes from a repository
     * @param image what would become of the image: pulled, built, or used again
     * @param actions one line for each thing that would be done on the server, in order
     */
    record DeploymentPlan(Kind kind, Deployment.@Nullable SourceCommit commit, String image, List<String> actions) {}

    /** The image that would be used, and how it would come about. */
    private record ImagePlan(
            Deployment.@Nullable SourceCommit commit,
            @Nullable String id,
            String words) {}

    DeploymentPlan plan(ApplicationId id, Deployment.Request request) {
        deployments.check(id, request);
        Application application = applications.get(id);
        boolean fresh = request.kind() == Kind.DEPLOY;
        Release release =
                fresh ? snapshots.take(application) : deployments.release(Objects.requireNonNull(request.target()));
        ImagePlan image = fresh ? image(application, release, request) : existing(release);
        List<String> actions = new ArrayList<>();
        actions.add(image.words());
        if (fresh && !release.configuration().rollout().releaseCommand().isEmpty()) {
            actions.add("run the release command in a container of the new image");
        }
        String deployment = "planned";
        Stack stack = stacks.stack(
                application,
                release.configuration(),
                List.of(stacks.service(
                        application,
                        release,
                        ImageReference.ofId(image.id() == null ? NO_IMAGE : image.id()),
                        deployment)));
        Revision revision =
                new Revision(store.nextNumber(id), deployment, release.id().value());
        Plan plan = Planner.plan(stack, executor.observe(release.configuration().server(), stack), revision);
        describe(plan.in(PREPARE), actions);
        describe(plan.in(START), actions);
        if (release.configuration().port() != null) {
            actions.add("send traffic to the new containers");
        }
        describe(plan.in(RETIRE), actions);
        return new DeploymentPlan(request.kind(), image.commit(), image.words(), actions);
    }

    private static void describe(List<dev.havenkeep.engine.Step> steps, List<String> actions) {
        steps.forEach(step -> actions.add(step.describe().replace(NO_IMAGE, "the new image")));
    }

    private ImagePlan existing(Release release) {
        Release.Image image = Objects.requireNonNull(release.image());
        return new ImagePlan(image.commit(), image.id(), "use the image of release " + release.number() + " again");
    }

    private ImagePlan image(Application application, Release release, Deployment.Request request) {
        if (request.build() == Deployment.Build.NEVER) {
            return existing(deployments.release(
                    new ReleaseId(Objects.requireNonNull(application.status().activeReleaseId()))));
        }
        return switch (application.configuration().source()) {
            case Source.Image image -> new ImagePlan(null, null, "pull " + ImageReference.parse(image.image()));
            case Source.Git git -> {
                Commit commit = sources.resolve(
                        git.asGitSource(),
                        request.commit() == null ? null : new CommitSha(request.commit()),
                        new Cancellation());
                Deployment.SourceCommit found =
                        new Deployment.SourceCommit(commit.sha().value(), commit.message(), commit.author());
                Optional<Release> same = request.build() == Deployment.Build.ALWAYS
                        ? Optional.empty()
                        : releases.kept(application.id()).stream()
                                .filter(other -> Snapshots.sameBuild(release, git, found.sha(), other))
                                .findFirst();
                yield same.map(other -> new ImagePlan(
                                found,
                                Objects.requireNonNull(other.image()).id(),
                                "use the image of release " + other.number() + " again: nothing changed that is built"))
                        .orElseGet(() -> new ImagePlan(
                                found,
                                null,
                                "build commit " + commit.sha().abbreviated() + " with " + git.dockerfile()));
            }
        };
    }
}
