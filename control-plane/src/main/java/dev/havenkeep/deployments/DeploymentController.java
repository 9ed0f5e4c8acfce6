package dev.havenkeep.deployments;

import dev.havenkeep.applications.Applications;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import dev.havenkeep.web.Answers;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deployments and releases over HTTP. */
@RestController
class DeploymentController {

    private final Deployments deployments;
    private final Applications applications;
    private final DeploymentPlans plans;

    DeploymentController(Deployments deployments, Applications applications, DeploymentPlans plans) {
        this.deployments = deployments;
        this.applications = applications;
        this.plans = plans;
    }

    /**
     * What is to be deployed. With a release it is a rollback to that one; else a new release is made.
     *
     * @param commit the commit to deploy, at least its first 7 digits; absent for the tip of the branch
     * @param releaseId the release to go back to
     * @param build whether the image may be one that is there; auto when absent
     * @param reason a note that is shown beside the deployment, at most 500 characters
     */
    record DeploymentRequest(
            @Nullable String commit,
            @Nullable ReleaseId releaseId,
            Deployment.@Nullable Build build,
            @Nullable String reason) {

        private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,40}");
        private static final int LONGEST_REASON = 500;

        static final DeploymentRequest EMPTY = new DeploymentRequest(null, null, null, null);

        DeploymentRequest {
            if (commit != null && !COMMIT.matcher(commit).matches()) {
                throw refusal("commit", "must be a commit's SHA: 7 to 40 hexadecimal digits");
            }
            if (releaseId != null && (commit != null || build != null)) {
                throw refusal("releaseId", "goes with neither commit nor build: a release has its image");
            }
            if (commit != null && build == Deployment.Build.NEVER) {
                throw refusal("build", "must not be never when a commit is named");
            }
            if (reason != null && reason.length() > LONGEST_REASON) {
                throw refusal("reason", "must be at most " + LONGEST_REASON + " characters");
            }
            if (reason != null) {
                StorableText.require("reason", reason);
            }
        }

        Deployment.Request request() {
            return new Deployment.Request(
                    releaseId == null ? Kind.DEPLOY : Kind.ROLLBACK,
                    commit == null ? null : commit.toLowerCase(java.util.Locale.ROOT),
                    releaseId,
                    build == null ? Deployment.Build.AUTO : build,
                    reason,
                    Deployments.caller());
        }

        private static ProblemException refusal(String path, String message) {
            return new ProblemException(Problem.invalid(path, message));
        }
    }

    /**
     * Deploys an application, or rolls it back to a release. With {@code dryRun} it only says what would be done. An
     * unfinished deployment that still waits is superseded by this one.
     *
     * @param dryRun true to get the plan and do nothing
     */
    @Answers(status = 200, with = DeploymentPlans.DeploymentPlan.class)
    @Answers(status = 202, with = DeploymentView.class)
    @PostMapping("/api/v1/applications/{application}/deployments")
    ResponseEntity<?> createDeployment(
            @PathVariable ApplicationId application,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestBody(required = false) @Nullable DeploymentRequest body) {
        Deployment.Request request = (body == null ? DeploymentRequest.EMPTY : body).request();
        return dryRun
                ? ResponseEntity.ok(plans.plan(application, request))
                : accepted(deployments.request(application, request));
    }

    /** Restarts an application. Its active release gets new containers, without an interruption. */
    @PostMapping("/api/v1/applications/{application}/restart")
    ResponseEntity<DeploymentView> restartApplication(@PathVariable ApplicationId application) {
        return accepted(deployments.request(application, of(Kind.RESTART)));
    }

    /** Stops an application: its containers go, what it keeps stays. */
    @PostMapping("/api/v1/applications/{application}/stop")
    ResponseEntity<DeploymentView> stopApplication(@PathVariable ApplicationId application) {
        return accepted(deployments.request(application, of(Kind.STOP)));
    }

    /** Starts an application that was stopped, with the release that was active then. */
    @PostMapping("/api/v1/applications/{application}/start")
    ResponseEntity<DeploymentView> startApplication(@PathVariable ApplicationId application) {
        return accepted(deployments.request(application, of(Kind.START)));
    }

    /** Lists the deployments of an application, newest first. */
    @GetMapping("/api/v1/applications/{application}/deployments")
    Page<DeploymentView> listDeployments(
            @PathVariable ApplicationId application,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return deployments.list(application, Paging.of(limit, cursor)).map(DeploymentView::of);
    }

    /** Reads a deployment with its steps. */
    @GetMapping("/api/v1/deployments/{deployment}")
    DeploymentView getDeployment(@PathVariable DeploymentId deployment) {
        return DeploymentView.of(deployments.get(deployment));
    }

    /** Cancels a deployment that has not ended, and undoes what it did. */
    @PostMapping("/api/v1/deployments/{deployment}/cancel")
    ResponseEntity<DeploymentView> cancelDeployment(@PathVariable DeploymentId deployment) {
        return accepted(deployments.cancel(deployment));
    }

    /** Lists the kept releases of an application, newest first. Each can be rolled back to. */
    @GetMapping("/api/v1/applications/{application}/releases")
    Page<ReleaseView> listReleases(
            @PathVariable ApplicationId application,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String active = applications.get(application).status().activeReleaseId();
        return deployments
                .releases(application, Paging.of(limit, cursor))
                .map(release -> ReleaseView.of(release, active));
    }

    /** Reads a release. */
    @GetMapping("/api/v1/releases/{release}")
    ReleaseView getRelease(@PathVariable ReleaseId release) {
        Release found = deployments.release(release);
        return ReleaseView.of(
                found, applications.get(found.application()).status().activeReleaseId());
    }

    private static Deployment.Request of(Kind kind) {
        return new Deployment.Request(kind, null, null, Deployment.Build.NEVER, null, Deployments.caller());
    }

    private static ResponseEntity<DeploymentView> accepted(Deployment deployment) {
        return ResponseEntity.accepted()
                .header(
                        HttpHeaders.LOCATION,
                        URI.create("/api/v1/deployments/" + deployment.id()).toString())
                .body(DeploymentView.of(deployment));
    }
}
