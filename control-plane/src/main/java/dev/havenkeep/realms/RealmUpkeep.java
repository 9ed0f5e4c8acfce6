package dev.havenkeep.realms;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets events of realms that are older than they are kept for, once a day. */
@Configuration(proxyBeanMethods = false)
class RealmUpkeep {

    private static final int HOURS = 24;

    @Bean
    Task<Void> forgetOldAuthEvents(Realms realms, RealmEvents events) {
        return Tasks.recurring("forget-old-auth-events", FixedDelay.ofHours(HOURS))
                .execute((instance, context) -> realms.all().forEach(realm -> events.forgetOld(realm.id())));
    }
}
