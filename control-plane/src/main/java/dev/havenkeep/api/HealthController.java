package dev.havenkeep.api;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.web.Answers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this process lives, and whether it can do its work, for whoever starts, restarts or balances it. */
@RestController
class HealthController {

    private static final Logger log = LoggerFactory.getLogger(HealthController.class);
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final Database database;
    private final ObjectProvider<Scheduler> scheduler;

    HealthController(Database database, ObjectProvider<Scheduler> scheduler) {
        this.database = database;
        this.scheduler = scheduler;
    }

    /** Whether a part can do its work. */
    enum Condition {
        UP,
        DOWN
    }

    /**
     * The condition of this process.
     *
     * @param status down when any check is
     * @param checks the parts that were looked at, by name
     */
    record Health(Condition status, Map<String, Condition> checks) {}

    /** Says that the process lives. Restart it when this does not answer. */
    @GetMapping("/health/live")
    ResponseEntity<Health> checkLiveness() {
        return answer(Map.of());
    }

    /** Says whether the process can do its work. That needs the database and the job scheduler. */
    @Answers(status = 200, with = Health.class)
    @Answers(status = 503, with = Health.class)
    @GetMapping("/health/ready")
    ResponseEntity<Health> checkReadiness() {
        Map<String, Condition> checks = new LinkedHashMap<>();
        checks.put("database", databaseAnswers() ? Condition.UP : Condition.DOWN);
        checks.put("scheduler", schedulerWorks() ? Condition.UP : Condition.DOWN);
        return answer(checks);
    }

    private static ResponseEntity<Health> answer(Map<String, Condition> checks) {
        boolean up = !checks.containsValue(Condition.DOWN);
        return ResponseEntity.status(up ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new Health(up ? Condition.UP : Condition.DOWN, checks));
    }

    private boolean databaseAnswers() {
        FutureTask<Integer> question = new FutureTask<>(
                () -> database.read().sql("SELECT 1").query(Integer.class).single());
        Thread.ofVirtual().name("health-database").start(question);
        try {
            return question.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS) == 1;
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The database does not answer: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean schedulerWorks() {
        Scheduler found = scheduler.getIfAvailable();
        return found != null
                && found.getSchedulerState().isStarted()
                && !found.getSchedulerState().isShuttingDown()
                && found.getCurrentlyExecutingWithStaleHeartbeat().isEmpty();
    }
}
