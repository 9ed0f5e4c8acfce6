package dev.havenkeep.deployments;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.ApplicationId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make a release live.
 *
 * @param number counts the application's deployments from 1; part of the names of the containers that it makes
 * @param request what was asked for
 * @param release absent until it leaves the queue, and again when it failed before it had an image
 * @param commit what it was built from, once known
 * @param times when what happened
 * @param undoing how it came to be undone; absent while it goes forward
 */
public record Deployment(
        DeploymentId id,
        ApplicationId application,
        long number,
        State state,
        Request request,
        @Nullable ReleaseId release,
        @Nullable SourceCommit commit,
        List<StepRecord> steps,
        Times times,
        Undoing undoing) {

    public Deployment {
        steps = List.copyOf(steps);
    }

    /**
     * What was asked for.
     *
     * @param commit the commit to deploy; absent for the tip of the branch
     * @param target the release to go to, for a rollback; for restart and start the one that is active
     * @param build whether the image may be one that is there
     * @param reason what the caller wrote beside it
     * @param createdBy who asked: an e-mail address, a token's name, or {@code system}
     */
    public record Request(
            Kind kind,
            @Nullable String commit,
            @Nullable ReleaseId target,
            Build build,
            @Nullable String reason,
            String createdBy) {}

    /** Whether a deployment builds. */
    public enum Build {
        /** When the commit, or what else goes into the image, differs from the active release. */
        AUTO,
        /** Always, even if nothing changed. */
        ALWAYS,
        /** Never: the active release's image with the configuration as it is now. */
        NEVER;

        /** The form in API and database. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A commit as it was found.
     *
     * @param sha its full hash
     * @param message its message, shortened
     * @param author who wrote it
     */
    public record SourceCommit(String sha, String message, String author) {}

    /** A step as it went. */
    public record StepRecord(
            Step name,
            Step.State state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /** When what happened. */
    public record Times(
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /**
     * What stands in its way.
     *
     * @param cancelRequested somebody called it off
     * @param problem why it fails or failed
     * @param to how it will end once it is undone; absent while it goes forward
     * @param since when undoing began
     * @param previous what served before it; absent when nothing did, or it was stopped
     * @param previousRelease the release that was live before it, stopped or not
     * @param committed it serves and can no longer be undone
     */
    public record Undoing(
            boolean cancelRequested,
            @Nullable Reason problem,
            @Nullable State to,
            @Nullable Instant since,
            @Nullable DeploymentId previous,
            @Nullable ReleaseId previousRelease,
            boolean committed) {

        static final Undoing NONE = new Undoing(false, null, null, null, null, null, false);
    }

    /**
     * Why it failed: the members of a problem that stay true.
     *
     * @param code stable and machine-readable
     * @param title the same for every occurrence
     * @param detail what happened and what to do about it
     */
    public record Reason(String code, String title, String detail) {}

    /** Whether it has left the queue and not ended. */
    boolean underWay() {
        return state != State.QUEUED && !state.terminal();
    }

    StepRecord step(Step step) {
        return steps.stream()
                .filter(record -> record.name() == step)
                .findAny()
                .orElseThrow(() -> new IllegalStateException("The deployment has no step " + step));
    }
}
