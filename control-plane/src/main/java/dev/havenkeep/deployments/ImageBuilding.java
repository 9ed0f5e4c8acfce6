package dev.havenkeep.deployments;

import dev.havenkeep.applications.Source;
import dev.havenkeep.builds.BuildRequest;
import dev.havenkeep.builds.Builds;
import dev.havenkeep.engine.Image;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.engine.Labels;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.sources.CommitSha;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Turns the commit of a deployment into an image on the server where it will run. */
@Component
class ImageBuilding {

    private final Builds builds;
    private final Stacks stacks;
    private final DeploymentStore deployments;

    ImageBuilding(Builds builds, Stacks stacks, DeploymentStore deployments) {
        this.builds = builds;
        this.stacks = stacks;
        this.deployments = deployments;
    }

    void build(Attempt attempt) {
        if (!(attempt.configuration().source() instanceof Source.Git git)) {
            throw new IllegalStateException("Only a repository is built");
        }
        Deployment.SourceCommit commit = Objects.requireNonNull(
                deployments.find(attempt.deployment().id()).orElseThrow().commit(), "fetching found the commit");
        ImageReference tag = tag(attempt);
        Image image = left(attempt, tag).orElseGet(() -> build(attempt, git, commit, tag));
        attempt.complete(new Release.Image(image.id(), tag.toString(), true, commit));
    }

    /** Takes the image's name away, and what a crash left of its build, when the release did not become complete with it. */
    void forget(Attempt attempt) {
        if (attempt.release().image() == null) {
            builds.endAbandoned(attempt.configuration().server(), tag(attempt));
            attempt.docker().images().remove(tag(attempt));
        }
    }

    /**
     * A crash, or a connection that broke, may have left a build at work, which is ended; or one that has come to its end:
     * the name is given to an image that is whole.
     */
    private Optional<Image> left(Attempt attempt, ImageReference tag) {
        if (!attempt.again()) {
            return Optional.empty();
        }
        builds.endAbandoned(attempt.configuration().server(), tag);
        return attempt.docker().images().inspect(tag);
    }

    private Image build(Attempt attempt, Source.Git git, Deployment.SourceCommit commit, ImageReference tag) {
        Map<String, String> variables = new HashMap<>();
        Map<String, Secret> secrets = new HashMap<>();
        for (Release.Value value : attempt.release().variables().build()) {
            if (value.secret()) {
                secrets.put(value.name().value(), value.value());
            } else {
                variables.put(value.name().value(), value.value().reveal());
            }
        }
        return builds.build(
                new BuildRequest(
                        attempt.configuration().server(),
                        tag,
                        git.asGitSource(),
                        new CommitSha(commit.sha()),
                        new BuildRequest.Inputs(variables, secrets),
                        Labels.of(stacks.owner(attempt.application()))),
                line -> attempt.log().printed(Step.BUILDING, "stdout", line),
                attempt.cancellation());
    }

    /** One name per deployment, which no registry has: building it again finds what is there. */
    private static ImageReference tag(Attempt attempt) {
        return ImageReference.parse("havenkeep/" + attempt.application().id() + ":"
                + attempt.deployment().number());
    }
}
