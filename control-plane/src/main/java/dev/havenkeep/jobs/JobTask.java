package dev.havenkeep.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.havenkeep.kernel.Database;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The one kind of task that db-scheduler sees: its instances are named by job and key. */
@Component
class JobTask {

    private static final String TASK = "job";
    private static final Duration UNKNOWN_JOB_RETRY = Duration.ofMinutes(10);

    private final ObjectProvider<Job> jobs;
    private final JobStore store;
    private final Database database;
    private final InstantSource clock;
    private final ObjectProvider<Scheduler> scheduler;

    JobTask(
            ObjectProvider<Job> jobs,
            JobStore store,
            Database database,
            InstantSource clock,
            ObjectProvider<Scheduler> scheduler) {
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.store = store;
        this.database = database;
        this.clock = clock;
    }

    static TaskInstance<Void> instance(String job, String key) {
        return new TaskInstance<>(TASK, job + "/" + key);
    }

    Task<Void> task() {
        return Tasks.custom(TASK, Void.class)
                .onFailure(this::retry)
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(instance.getId()));
    }

    private CompletionHandler<Void> run(String id) {
        int slash = id.indexOf('/');
        String job = id.substring(0, slash);
        String key = id.substring(slash + 1);
        long calls = store.calls(job, key);
        named(job).run(key);
        return (complete, operations) -> finish(job, key, calls, complete, operations);
    }

    /** Ends the job, unless it was called once more: in one transaction, so that no call falls in between. */
    private void finish(
            String job, String key, long calls, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        database.transaction(() -> {
            if (store.settle(job, key, calls)) {
                operations.remove();
            } else {
                operations.reschedule(complete, clock.instant());
                Jobs.lookAfterCommit(scheduler);
            }
        });
    }

    private void retry(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        String id = complete.getExecution().taskInstance.getId();
        String name = id.substring(0, id.indexOf('/'));
        Duration pause = jobs.stream()
                .filter(job -> job.name().equals(name))
                .findAny()
                .map(Job::retryAfter)
                .orElse(UNKNOWN_JOB_RETRY);
        operations.reschedule(complete, clock.instant().plus(pause));
        if (pause.isZero()) {
            scheduler.getObject().triggerCheckForDueExecutions();
        }
    }

    private Job named(String name) {
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("There is no job named " + name));
    }
}
