package dev.havenkeep.deployments;

import dev.havenkeep.applications.Source;
import dev.havenkeep.engine.Image;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.engine.ImageSummary;
import dev.havenkeep.engine.Pull;
import dev.havenkeep.engine.RegistryCredentials;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.sources.Commit;
import dev.havenkeep.sources.CommitSha;
import dev.havenkeep.sources.Sources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out exactly what is deployed: the commit in its repository, or the image in its registry, which it pulls. */
@Component
class ImageFetching {

    private static final long LAYER_REPORT_NANOS = 2_000_000_000L;

    private final Sources sources;
    private final ReleaseStore releases;

    ImageFetching(Sources sources, ReleaseStore releases) {
        this.sources = sources;
        this.releases = releases;
    }

    void fetch(Attempt attempt) {
        switch (attempt.configuration().source()) {
            case Source.Git git -> resolve(attempt, git);
            case Source.Image image -> pull(attempt, image);
        }
    }

    private void resolve(Attempt attempt, Source.Git git) {
        // A commit that was found before a crash stays the one that is deployed, wherever its branch is by now.
        Deployment.SourceCommit known = attempt.deployment().commit();
        @Nullable
        String wanted =
                known != null ? known.sha() : attempt.deployment().request().commit();
        Commit commit = sources.resolve(
                git.asGitSource(), wanted == null ? null : new CommitSha(wanted), attempt.cancellation());
        Deployment.SourceCommit found =
                new Deployment.SourceCommit(commit.sha().value(), commit.message(), commit.author());
        attempt.found(found);
        attempt.log()
                .say(
                        Step.FETCHING,
                        "Commit " + commit.sha().abbreviated() + " by " + commit.author() + ": " + commit.message());
        if (attempt.deployment().request().build() != Deployment.Build.ALWAYS) {
            reuse(attempt, git, found);
        }
    }

    /** Where nothing changed that a build would see, its image is the one that is there. */
    private void reuse(Attempt attempt, Source.Git git, Deployment.SourceCommit commit) {
        Optional<Release> same = releases.kept(attempt.application().id()).stream()
                .filter(release -> Snapshots.sameBuild(attempt.release(), git, commit.sha(), release))
                .filter(release -> release.configuration()
                        .server()
                        .equals(attempt.configuration().server()))
                .filter(release -> present(attempt, release))
                .findFirst();
        same.ifPresent(release -> {
            attempt.log()
                    .say(
                            Step.FETCHING,
                            "Release " + release.number() + " was built from the same; its image is used again.");
            attempt.complete(java.util.Objects.requireNonNull(release.image()));
        });
    }

    private static boolean present(Attempt attempt, Release release) {
        return release.image() != null
                && attempt.docker()
                        .images()
                        .inspect(ImageReference.ofId(release.image().id()))
                        .isPresent();
    }

    private void pull(Attempt attempt, Source.Image source) {
        ImageReference reference = ImageReference.parse(source.image());
        Secret password =
                attempt.application().configuration().source() instanceof Source.Image now ? now.password() : null;
        RegistryCredentials credentials = source.username() == null || password == null
                ? null
                : new RegistryCredentials(source.username(), password);
        attempt.log().say(Step.FETCHING, "Pulling " + reference + ".");
        Set<String> before = images(attempt);
        Map<String, Long> reported = new HashMap<>();
        // A registry that is silent keeps the engine silent too: there is nothing to close yet.
        Pull begun = attempt.cancellation()
                .interrupting(() -> attempt.docker().images().pull(reference, credentials));
        try (Pull pull = begun;
                Cancellation.Registration registration = attempt.cancellation().onCancel(pull::close)) {
            Pull.Event.Done done = pull.await(progress -> report(attempt, progress, reported));
            Image image = done.image();
            ImageReference exact = done.digest() == null ? reference : reference.withDigest(done.digest());
            attempt.log().say(Step.FETCHING, "Got " + exact + ".");
            boolean owned = !before.contains(image.id()) || releases.ownsImage(image.id());
            attempt.complete(new Release.Image(image.id(), exact.toString(), owned, null));
        }
    }

    /** What the server has already: if the pull brings nothing new, the image is not ours to remove. */
    private static Set<String> images(Attempt attempt) {
        return attempt.docker().images().list(Map.of()).stream()
                .map(ImageSummary::id)
                .collect(Collectors.toSet());
    }

    /** A big layer says hundreds of times how far it is: each is heard every two seconds. */
    private static void report(Attempt attempt, Pull.Event.Progress progress, Map<String, Long> reported) {
        if (progress.layer().isEmpty()) {
            attempt.log().printed(Step.FETCHING, "stdout", progress.status());
            return;
        }
        long now = System.nanoTime();
        boolean moving = progress.total() > 0 && progress.current() < progress.total();
        Long last = reported.get(progress.layer());
        if (moving && last != null && now - last < LAYER_REPORT_NANOS) {
            return;
        }
        reported.put(progress.layer(), now);
        attempt.log()
                .printed(
                        Step.FETCHING,
                        "stdout",
                        progress.layer() + ": " + progress.status()
                                + (progress.total() > 0
                                        ? " " + progress.current() * 100 / progress.total() + "%"
                                        : ""));
    }
}
