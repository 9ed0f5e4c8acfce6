package dev.havenkeep.api;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.havenkeep.jobs.ProcessName;
import java.time.Clock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets idempotency keys that are no longer good, and those of requests that the end of the process interrupted. */
@Configuration(proxyBeanMethods = false)
class IdempotencyUpkeep {

    @Bean
    Task<Void> forgetOldIdempotencyKeys(IdempotencyStore store, Clock clock) {
        return Tasks.recurring("forget-old-idempotency-keys", FixedDelay.ofHours(1))
                .execute((instance, context) -> store.deleteOld(clock.instant()));
    }

    @Bean
    SmartInitializingSingleton releaseInterruptedIdempotencyKeys(IdempotencyStore store, ProcessName process) {
        return () -> store.releaseUnanswered(process.value());
    }
}
