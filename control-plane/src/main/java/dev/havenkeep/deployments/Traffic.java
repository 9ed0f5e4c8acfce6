package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.Status;
import dev.havenkeep.edge.BackendOptions;
import dev.havenkeep.edge.Edge;
import dev.havenkeep.edge.Probe;
import dev.havenkeep.edge.Upstream;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.kernel.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a deployment asks of the edge: to send requests to the new containers, to prove that it does, or to go back. */
@Component
class Traffic {

    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);
    private static final long PROBE_PAUSE_MILLIS = 50;
    /** For requests that new containers took before they were undone; nobody waits longer for a failure. */
    private static final Duration UNDO_DRAIN = Duration.ofSeconds(3);

    private final Edge edge;
    private final Replicas replicas;
    private final Stacks stacks;
    private final ReleaseStore releases;
    private final DeploymentStore deployments;
    private final Applications applications;

    Traffic(
            Edge edge,
            Replicas replicas,
            Stacks stacks,
            ReleaseStore releases,
            DeploymentStore deployments,
            Applications applications) {
        this.edge = edge;
        this.replicas = replicas;
        this.stacks = stacks;
        this.releases = releases;
        this.deployments = deployments;
        this.applications = applications;
    }

    /** Sends new requests to what the deployment made, and takes it for live once the edge proves it. */
    void switchOver(Attempt attempt) {
        Integer port = attempt.configuration().port();
        if (attempt.kind() == Kind.STOP || port == null) {
            if (!edge.active(attempt.application().id()).isEmpty()) {
                edge.switchTo(attempt.application().id(), List.of());
            }
        } else {
            declare(attempt);
            List<Upstream> next = upstreams(attempt, attempt.deployment().id(), port);
            attempt.cancellably(() -> edge.switchTo(attempt.application().id(), next));
            prove(attempt);
        }
        attempt.cancellation().check();
        live(attempt);
    }

    /** Sends new requests back to what served before; what the new containers have under way may finish for a moment. */
    void switchBack(Attempt attempt) {
        if (!attempt.recreates()) {
            backTo(attempt, attempt.previous());
        }
        liveAgain(attempt);
    }

    /** Sends nothing to the application for now: its visitors see that it is being maintained. */
    void pause(Attempt attempt) {
        if (!edge.active(attempt.application().id()).isEmpty()) {
            attempt.cancellably(() -> {
                edge.switchTo(attempt.application().id(), List.of());
                edge.drain(
                        attempt.application().id(),
                        Duration.ofSeconds(attempt.configuration().rollout().drainSeconds()));
            });
        }
    }

    /** Sends requests to the containers of an earlier deployment, as far as they run. */
    void backTo(Attempt attempt, @Nullable DeploymentId earlier) {
        List<Upstream> before = earlier == null ? List.of() : upstreams(attempt, earlier);
        if (before.isEmpty() && edge.active(attempt.application().id()).isEmpty()) {
            return;
        }
        edge.switchTo(attempt.application().id(), before);
        edge.drain(attempt.application().id(), UNDO_DRAIN);
    }

    /** Waits until the old containers have answered what they had, as long as the application allows. */
    void drain(Attempt attempt) {
        Duration deadline = Duration.ofSeconds(attempt.configuration().rollout().drainSeconds());
        try {
            attempt.cancellably(() -> edge.drain(attempt.application().id(), deadline));
        } catch (ProblemException e) {
            // A worker that never took traffic has no place on an edge.
            if (!e.problem().code().equals("application-not-declared")) {
                throw e;
            }
        }
    }

    private void declare(Attempt attempt) {
        Application application = attempt.application();
        edge.ensure(attempt.configuration().server());
        edge.attach(
                attempt.configuration().server(), stacks.network(application).value());
        edge.declare(
                application.id(),
                attempt.configuration().server(),
                new BackendOptions(
                        attempt.configuration().running().healthCheck().path(),
                        BackendOptions.DEFAULT.responseTimeout()));
    }

    /** A request through the edge decides, not the state of a container. */
    private void prove(Attempt attempt) {
        String path = Optional.ofNullable(
                        attempt.configuration().running().healthCheck().path())
                .orElse("/");
        long deadline = System.nanoTime() + PROBE_PATIENCE.toNanos();
        while (true) {
            Probe probe =
                    attempt.cancellably(() -> edge.probe(attempt.application().id(), path));
            if (probe.serving()) {
                attempt.log().say(Step.SWITCHING, "GET " + path + " through the edge: " + words(probe) + ".");
                return;
            }
            if (System.nanoTime() > deadline) {
                throw Attempt.failure(
                        "edge-cannot-reach",
                        "The edge does not reach the application",
                        "GET " + path + " through the edge: " + words(probe)
                                + ", although the containers are ready. What served before serves again.");
            }
            attempt.pause(PROBE_PAUSE_MILLIS);
        }
    }

    private static String words(Probe probe) {
        return switch (probe) {
            case Probe.Answered(int status, String container, Duration latency) ->
                container + " answers with " + status + " after " + latency.toMillis() + " ms";
            case Probe.Unanswered(String reason) -> reason;
        };
    }

    private List<Upstream> upstreams(Attempt attempt, DeploymentId earlier) {
        return deployments
                .find(earlier)
                .map(Deployment::release)
                .flatMap(releases::find)
                .map(Release::configuration)
                .map(Configuration::port)
                .map(port -> upstreams(attempt, earlier, port))
                .orElse(List.of());
    }

    private List<Upstream> upstreams(Attempt attempt, DeploymentId deployment, int port) {
        List<Upstream> upstreams = new ArrayList<>();
        for (ContainerSummary container :
                replicas.of(attempt.docker(), attempt.application().id(), deployment)) {
            if (container.running()) {
                Optional.ofNullable(container.networks().get(stacks.network(attempt.application())))
                        .ifPresent(endpoint ->
                                upstreams.add(new Upstream(container.name().value(), endpoint.address(), port)));
            }
        }
        return upstreams;
    }

    private void live(Attempt attempt) {
        Status status = applications.get(attempt.application().id()).status();
        applications.report(
                attempt.application().id(),
                new Status(
                        Status.State.DEPLOYING,
                        status.replicasRunning(),
                        attempt.release().id().value(),
                        attempt.kind() == Kind.STOP
                                ? null
                                : attempt.deployment().id().value(),
                        attempt.release().takenAt()));
    }

    private void liveAgain(Attempt attempt) {
        Status status = applications.get(attempt.application().id()).status();
        DeploymentId previous = attempt.previous();
        Optional<Release> release = Optional.ofNullable(
                        attempt.deployment().undoing().previousRelease())
                .flatMap(releases::find);
        applications.report(
                attempt.application().id(),
                new Status(
                        Status.State.DEPLOYING,
                        status.replicasRunning(),
                        release.map(found -> found.id().value()).orElse(null),
                        previous == null ? null : previous.value(),
                        release.map(Release::takenAt).orElse(null)));
    }
}
