package dev.havenkeep.deployments;

import java.util.function.Predicate;

/**
 * One step of the workflow beside its undo. Both may be repeated: after a crash nobody knows how far they came.
 *
 * @param step which step of the deployment it is
 * @param applies whether there is anything to do; the step is skipped otherwise
 * @param perform does it
 * @param undo takes it back, as far as it came
 */
record Act(Step step, Predicate<Attempt> applies, Work perform, Work undo) {

    /** What a step does. */
    @FunctionalInterface
    interface Work {

        /** Does it, or fails with a problem that says why the deployment cannot go on. */
        void run(Attempt attempt);
    }
}
