package dev.havenkeep.jobs;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.havenkeep.kernel.Database;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up db-scheduler: whose name it works under, on which database, with virtual threads. */
@Configuration(proxyBeanMethods = false)
class JobsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(JobsConfiguration.class);

    @Bean
    Clock schedulerClock(InstantSource clock) {
        return clock::instant;
    }

    @Bean
    Task<Void> schedulerTask(JobTask jobs) {
        return jobs.task();
    }

    @Bean
    DbSchedulerCustomizer schedulerCustomizer(ProcessName name, Database database) {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<SchedulerName> schedulerName() {
                return Optional.of(new SchedulerName.Fixed(name.value()));
            }

            @Override
            public Optional<ExecutorService> executorService() {
                return Optional.of(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("job-", 0).factory()));
            }

            @Override
            public Optional<JdbcCustomization> jdbcCustomization() {
                return Optional.of(
                        switch (database.dialect()) {
                            case SQLITE -> new SqliteJdbcCustomization();
                            case POSTGRESQL -> new PostgreSqlJdbcCustomization(false, true);
                        });
            }
        };
    }

    /** What the process of our name before us had begun goes on at once, not after missed heartbeats. */
    @Bean
    SmartInitializingSingleton releaseOwnJobs(JobStore store, ProcessName name) {
        return () -> {
            int released = store.release(name.value());
            if (released > 0) {
                LOG.info("{} jobs of the process before go on", released);
            }
        };
    }
}
