package dev.havenkeep.deployments;

import dev.havenkeep.kernel.DiskFull;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes one deployment as far as it goes: forward through the acts of the workflow, each written down before it
 * begins; on a failure or a cancellation back through the undo of each that had begun. Called again for a deployment
 * that a crash interrupted, it goes on in the step and the direction where it was.
 */
@Component
class DeploymentRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentRunner.class);
    /** How long undoing is repeated while the server does not answer; the sweep does the rest when it is back. */
    private static final Duration UNDO_PATIENCE = Duration.ofMinutes(2);

    private static final long CANCEL_POLL_MILLIS = 1_000;
    /** What a connection that broke, or something that is being restarted on the server, is told as. */
    private static final Set<String> AWAY = Set.of("server-unreachable", "engine-unreachable", "edge-unreachable");
    /** How often an act begins once more for a server that is away; what stays away fails the deployment. */
    private static final int MOST_REPEATS = 5;

    private static final long REPEAT_PAUSE_MILLIS = 2_000;

    private final DeploymentWorkflow workflow;
    private final Attempts attempts;
    private final DeploymentStore store;
    private final RunningDeployments running;
    private final List<StepListener> listeners;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    DeploymentRunner(
            DeploymentWorkflow workflow,
            Attempts attempts,
            DeploymentStore store,
            RunningDeployments running,
            List<StepListener> listeners,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.workflow = workflow;
        this.attempts = attempts;
        this.store = store;
        this.running = running;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.events = events;
    }

    /** Hears of each act around the moments when it is written down. */
    interface StepListener {

        /** It is written down that the act begins, or that it is undone, and it is about to be. */
        void before(DeploymentId deployment, Step step, boolean undoing);

        /** The act is done, or undone, and that is not written down yet. */
        void after(DeploymentId deployment, Step step, boolean undoing);
    }

    /** The process is stopping; the deployment stays where it is, and the queue calls again. */
    static final class Interrupted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Interrupted() {
            super("Havenkeep is stopping; the deployment goes on when it starts again", null, false, false);
        }
    }

    void run(Deployment deployment) {
        try (RunningDeployments.Entry entry = running.enter(deployment.id())) {
            CountDownLatch over = new CountDownLatch(1);
            watchForCancellation(deployment.id(), entry, over);
            try {
                if (deployment.state() == State.QUEUED && !attempts.begin(deployment)) {
                    return;
                }
                try (Attempt attempt = attempts.open(deployment.id(), entry.cancellation())) {
                    take(attempt);
                }
            } finally {
                over.countDown();
            }
        }
    }

    private void take(Attempt attempt) {
        State end = attempt.deployment().undoing().to();
        if (end == null) {
            end = forward(attempt);
        }
        if (end != State.SUCCEEDED) {
            undo(attempt);
        }
        finish(attempt, end);
    }

    private State forward(Attempt attempt) {
        for (Act act : workflow.acts()) {
            Step.State state = attempt.deployment().step(act.step()).state();
            if (state == Step.State.SUCCEEDED || state == Step.State.SKIPPED) {
                continue;
            }
            try {
                attempt.cancellation().check();
                forward(attempt, act);
            } catch (RuntimeException e) {
                State end = failed(attempt, act, e);
                if (end != State.SUCCEEDED) {
                    return end;
                }
            }
        }
        return State.SUCCEEDED;
    }

    private void forward(Attempt attempt, Act act) {
        DeploymentId id = attempt.deployment().id();
        if (!act.applies().test(attempt)) {
            store.endStep(id, act.step(), Step.State.SKIPPED, clock.instant());
            return;
        }
        store.beginStep(id, act.step(), clock.instant());
        attempt.log().step(act.step(), Step.State.RUNNING);
        publish(attempt, State.at(act.step()));
        listeners.forEach(listener -> listener.before(id, act.step(), false));
        attempt.begin(act.step());
        perform(attempt, act);
        listeners.forEach(listener -> listener.after(id, act.step(), false));
        store.endStep(id, act.step(), Step.State.SUCCEEDED, clock.instant());
        attempt.log().step(act.step(), Step.State.SUCCEEDED);
    }

    /** An act that a crash may cut off and repeat may as well be repeated when its server was away for a moment. */
    private static void perform(Attempt attempt, Act act) {
        for (int repeats = 0; ; repeats++) {
            try {
                act.perform().run(attempt);
                return;
            } catch (ProblemException e) {
                if (repeats == MOST_REPEATS || !AWAY.contains(e.problem().code())) {
                    throw e;
                }
                attempt.cancellation().check();
                LOG.info(
                        "Deployment {} waits for its server",
                        attempt.deployment().id(),
                        e);
                attempt.log().say(act.step(), e.problem().title() + "; trying again.");
                attempt.pause(REPEAT_PAUSE_MILLIS);
                attempt.repeat();
            }
        }
    }

    /** Decides how the deployment ends after an act failed, and writes it down before anything is undone. */
    private State failed(Attempt attempt, Act act, RuntimeException failure) {
        DeploymentId id = attempt.deployment().id();
        Deployment now = store.find(id).orElseThrow();
        if (now.undoing().committed()) {
            // It serves. What is left of the one before is taken away by the sweep when the server lets it.
            LOG.warn("Deployment {} is live, but the containers before it could not all be removed", id, failure);
            attempt.log()
                    .say(act.step(), "Not all of the old containers could be removed now; it is tried again later.");
            store.endStep(id, act.step(), Step.State.SUCCEEDED, clock.instant());
            return State.SUCCEEDED;
        }
        if (running.stopping()) {
            throw new Interrupted();
        }
        boolean cancelled = now.undoing().cancelRequested();
        Deployment.Reason reason = cancelled ? null : reason(attempt, failure);
        store.endStep(id, act.step(), Step.State.FAILED, clock.instant());
        store.undo(id, cancelled ? State.CANCELLED : State.FAILED, reason, clock.instant());
        attempt.log().step(act.step(), Step.State.FAILED);
        attempt.log().say(act.step(), reason == null ? "Cancelled." : reason.title() + ": " + reason.detail());
        publish(attempt, State.at(act.step()));
        return cancelled ? State.CANCELLED : State.FAILED;
    }

    private void undo(Attempt attempt) {
        DeploymentId id = attempt.deployment().id();
        Deployment now = store.find(id).orElseThrow();
        Instant since = now.undoing().since();
        Attempt undoing = attempt.forUndoing(now);
        for (Act act : workflow.acts().reversed()) {
            Step.State state = now.step(act.step()).state();
            if (state == Step.State.PENDING || state == Step.State.SKIPPED) {
                continue;
            }
            listeners.forEach(listener -> listener.before(id, act.step(), true));
            try {
                act.undo().run(undoing);
                listeners.forEach(listener -> listener.after(id, act.step(), true));
            } catch (RuntimeException e) {
                if (since != null && clock.instant().isBefore(since.plus(UNDO_PATIENCE))) {
                    throw e;
                }
                LOG.warn("Deployment {} could not be undone in full; the sweep goes on with it", id, e);
                attempt.log().say(act.step(), "Not everything could be taken back now; it is tried again later.");
            }
        }
    }

    private void finish(Attempt attempt, State end) {
        DeploymentId id = attempt.deployment().id();
        attempts.finish(attempt, end);
        LOG.info("Deployment {} of {} {}", id, attempt.application().name(), end.text());
    }

    private void publish(Attempt attempt, State state) {
        events.publishEvent(new DeploymentChanged(
                attempt.deployment().id(),
                attempt.application().id(),
                attempt.application().scope(),
                state));
    }

    private Deployment.Reason reason(Attempt attempt, RuntimeException failure) {
        if (!(failure instanceof ProblemException) && DiskFull.causedBy(failure)) {
            return reason(attempt, new ProblemException(DiskFull.PROBLEM, failure));
        }
        if (failure instanceof ProblemException known) {
            Problem problem = known.problem();
            if (problem.status() >= 500) {
                LOG.warn(
                        "Deployment {} fails for a reason outside of it",
                        attempt.deployment().id(),
                        failure);
            }
            return new Deployment.Reason(
                    problem.code(), problem.title(), attempt.masks().apply(problem.detail()));
        }
        LOG.error(
                "Deployment {} failed for a reason of our own",
                attempt.deployment().id(),
                failure);
        return new Deployment.Reason(
                "internal-error",
                "Something went wrong here",
                "This is our fault, not yours. Havenkeep's log says more; please report it.");
    }

    /**
     * Another process may have been asked; it can only write that down. The watch is not interrupted, which would cost the
     * database connection that it may be using just then.
     */
    private void watchForCancellation(DeploymentId id, RunningDeployments.Entry entry, CountDownLatch over) {
        Thread.ofVirtual().name("cancellation-watch").start(() -> {
            try {
                do {
                    if (store.cancelRequested(id)) {
                        entry.cancellation().cancel();
                    }
                } while (!entry.cancellation().isCancelled() && !over.await(CANCEL_POLL_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
