package dev.havenkeep.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.havenkeep.kernel.Database;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Calls jobs. */
@Service
public class Jobs {

    private final ObjectProvider<Scheduler> scheduler;
    private final JobStore store;
    private final Database database;
    private final InstantSource clock;

    Jobs(ObjectProvider<Scheduler> scheduler, JobStore store, Database database, InstantSource clock) {
        this.scheduler = scheduler;
        this.store = store;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes sure that the job runs for this key after the present transaction has committed. Returns at once; where
     * the job already waits, nothing is added, and where it is at work, it will run once more.
     */
    public void call(String job, String key) {
        database.transaction(() -> {
            store.count(job, key);
            TaskInstance<Void> instance = JobTask.instance(job, key);
            if (!scheduler.getObject().scheduleIfNotExists(instance, clock.instant())) {
                store.hasten(instance.getTaskName(), instance.getId(), clock.instant());
            }
            lookAfterCommit(scheduler);
        });
    }

    /** A look at the queue before the commit would find nothing, and the next one is seconds away. */
    static void lookAfterCommit(ObjectProvider<Scheduler> scheduler) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.getObject().triggerCheckForDueExecutions();
            }
        });
    }
}
