package dev.havenkeep.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.OnBothDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

@OnBothDatabases
class JobsTest {

    private static final Duration PROMPT = Duration.ofSeconds(30);

    private final Map<String, Object> properties;

    @TempDir
    Path folder;

    private ConfigurableApplicationContext context;
    private Sums sums;

    @SuppressWarnings("NullAway.Init")
    JobsTest(DatabaseKind kind) {
        properties = new HashMap<>(kind.newDatabase());
    }

    @ComponentScan({"dev.havenkeep.kernel", "dev.havenkeep.jobs"})
    @ConfigurationPropertiesScan("dev.havenkeep.kernel")
    @ImportAutoConfiguration({
        FlywayAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        DbSchedulerAutoConfiguration.class
    })
    static class Application {}

    /** A job that counts its runs and can be held or made to fail. */
    static final class Sums implements Job {

        final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
        volatile Duration retryAfter = Duration.ZERO;
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public String name() {
            return "sums";
        }

        @Override
        public void run(String key) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                gate.await();
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("on purpose");
                }
                runs.computeIfAbsent(key, unused -> new AtomicInteger()).incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                atOnce.decrementAndGet();
            }
        }

        @Override
        public Duration retryAfter() {
            return retryAfter;
        }

        int runs(String key) {
            return runs.getOrDefault(key, new AtomicInteger()).get();
        }
    }

    @BeforeEach
    void start() {
        properties.put("haven.data-dir", folder.toString());
        properties.put("logging.structured.format.console", "");
        properties.put("logging.level.root", "error");
        sums = new Sums();
        context = boot(sums);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void aCalledJobRunsAtOnce() {
        jobs().call("sums", "a");

        await().atMost(PROMPT).until(() -> sums.runs("a") == 1);
        await().atMost(PROMPT).until(() -> waiting() == 0);
    }

    @Test
    void aCallThatIsRolledBackRunsNothing() {
        Database database = context.getBean(Database.class);

        assertThatThrownBy(() -> database.transaction(() -> {
                    jobs().call("sums", "rolled-back");
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        jobs().call("sums", "after");

        await().atMost(PROMPT).until(() -> sums.runs("after") == 1);
        assertThat(sums.runs("rolled-back")).isZero();
    }

    @Test
    void aCallWhileTheJobIsAtWorkRunsItOnceMoreAndNeverTwiceAtOnce() {
        sums.gate = new CountDownLatch(1);
        jobs().call("sums", "a");
        await().atMost(PROMPT).until(() -> sums.atOnce.get() == 1);
        for (int i = 0; i < 10; i++) {
            jobs().call("sums", "a");
        }

        sums.gate.countDown();

        await().atMost(PROMPT).until(() -> sums.runs("a") == 2 && waiting() == 0);
        assertThat(sums.mostAtOnce).hasValue(1);
    }

    @Test
    void differentKeysRunSideBySide() {
        sums.gate = new CountDownLatch(1);
        jobs().call("sums", "a");
        jobs().call("sums", "b");

        await().atMost(PROMPT).until(() -> sums.atOnce.get() == 2);
        sums.gate.countDown();
    }

    @Test
    void aFailedRunIsRepeated() {
        sums.failures.set(2);
        jobs().call("sums", "a");

        await().atMost(PROMPT).until(() -> sums.runs("a") == 1);
    }

    @Test
    void aCallDoesNotWaitForTheRetryOfAFailedRun() {
        sums.failures.set(1);
        sums.retryAfter = Duration.ofHours(1);
        jobs().call("sums", "a");
        await().atMost(PROMPT).until(() -> sums.failures.get() == 0 && picked() == 0);

        jobs().call("sums", "a");

        await().atMost(PROMPT).until(() -> sums.runs("a") == 1);
    }

    @Test
    void whatAStoppedProcessHadBegunGoesOnAtOnceInTheNext() {
        sums.gate = new CountDownLatch(1);
        jobs().call("sums", "a");
        await().atMost(PROMPT).until(() -> sums.atOnce.get() == 1);
        // As a crash leaves it: picked, by a process of our name.
        Database database = context.getBean(Database.class);
        database.write().sql("UPDATE scheduled_tasks SET picked_by = 'crashed'").update();
        String name = context.getBean(ProcessName.class).value();
        database.write()
                .sql("UPDATE scheduled_tasks SET picked_by = :name")
                .param("name", name)
                .update();

        assertThat(context.getBean(JobStore.class).release(name)).isEqualTo(1);

        sums.gate.countDown();
        jobs().call("sums", "a");
        await().atMost(Duration.ofSeconds(60)).until(() -> sums.runs("a") >= 2);
    }

    @Test
    void aSecondProcessOnTheSameFolderIsRefused() {
        assertThatThrownBy(() -> boot(new Sums())).rootCause().hasMessageContaining("Another Havenkeep is running");
    }

    private ConfigurableApplicationContext boot(Sums job) {
        String[] arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(fresh -> ((org.springframework.context.support.GenericApplicationContext) fresh)
                        .registerBean(Sums.class, () -> job))
                .run(arguments);
    }

    private Jobs jobs() {
        return context.getBean(Jobs.class);
    }

    private long picked() {
        return context.getBean(Database.class)
                .read()
                .sql("SELECT count(*) FROM scheduled_tasks WHERE picked = TRUE")
                .query(Long.class)
                .single();
    }

    private long waiting() {
        return context.getBean(Database.class)
                .read()
                .sql("SELECT count(*) FROM scheduled_tasks")
                .query(Long.class)
                .single();
    }
}
