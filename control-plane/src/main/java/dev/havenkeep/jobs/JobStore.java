package dev.havenkeep.jobs;

import dev.havenkeep.kernel.Database;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The table {@code job_calls}, and the one repair of {@code scheduled_tasks} that db-scheduler has no call for. */
@Component
class JobStore {

    private final Database database;

    JobStore(Database database) {
        this.database = database;
    }

    /** Counts a call; until the transaction ends, no job of this key can end. */
    void count(String job, String key) {
        database.write().sql("""
                INSERT INTO job_calls (job, key, call) VALUES (:job, :key, 1)
                ON CONFLICT (job, key) DO UPDATE SET call = job_calls.call + 1
                """).param("job", job).param("key", key).update();
    }

    /** The number of the last call so far. */
    long calls(String job, String key) {
        return database.write()
                .sql("SELECT call FROM job_calls WHERE job = :job AND key = :key")
                .param("job", job)
                .param("key", key)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Forgets the calls if there was none since; answers whether there was none. */
    boolean settle(String job, String key, long calls) {
        boolean settled = database.write()
                        .sql("DELETE FROM job_calls WHERE job = :job AND key = :key AND call = :calls")
                        .param("job", job)
                        .param("key", key)
                        .param("calls", calls)
                        .update()
                == 1;
        return settled || calls(job, key) == 0;
    }

    /** Has a job that waits for a later time begin now, unless it is at work. */
    void hasten(String task, String instance, Instant now) {
        Timestamp time = Timestamp.from(now);
        database.write()
                .sql("""
                UPDATE scheduled_tasks SET execution_time = :now, version = version + 1
                WHERE task_name = :task AND task_instance = :instance AND picked = FALSE AND execution_time > :now
                """)
                .param("task", task)
                .param("instance", instance)
                .param("now", time)
                .update();
    }

    /** Gives back what a process of this name had picked: it is gone, since the name is ours now. */
    int release(String schedulerName) {
        return database.write().sql("""
                UPDATE scheduled_tasks
                SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1
                WHERE picked = TRUE AND picked_by = :name
                """).param("name", schedulerName).update();
    }
}
