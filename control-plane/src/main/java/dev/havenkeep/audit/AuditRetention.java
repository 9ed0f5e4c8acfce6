package dev.havenkeep.audit;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets events that are older than they are kept for, some at a time, since SQLite has one writer for everybody. */
@Configuration(proxyBeanMethods = false)
class AuditRetention {

    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final int AT_A_TIME = 1_000;

    @Bean
    Task<Void> forgetOldAuditEvents(AuditStore store, AuditProperties properties, InstantSource clock) {
        return Tasks.recurring("forget-old-audit-events", FixedDelay.of(EVERY))
                .execute((instance, context) -> apply(store, properties, clock));
    }

    static void apply(AuditStore store, AuditProperties properties, InstantSource clock) {
        int forgotten = 0;
        int some;
        do {
            some = store.deleteBefore(clock.instant().minus(properties.retention()), AT_A_TIME);
            forgotten += some;
        } while (some == AT_A_TIME);
        if (forgotten > 0) {
            LOG.info("{} audit events are older than {} and are gone", forgotten, properties.retention());
        }
    }
}
