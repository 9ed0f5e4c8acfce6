package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who keeps asking for an application's page, and wants an answer each time. */
final class Visitor implements AutoCloseable {

    private static final int PAUSE_MILLIS = 10;

    private final List<Edged> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    /** Leaves the machine's CPU to what it looks at. */
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

    private final Future<?> visits;

    Visitor(Workplace work, String host) {
        visits = pace.scheduleWithFixedDelay(() -> visit(work.get(host, "/")), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void visit(Edged answer) {
        if (answer.status() == 200) {
            answered.incrementAndGet();
        } else {
            refused.add(answer);
        }
    }

    void sawOnlyAnswers() {
        assertThat(refused).isEmpty();
        await().atMost(Workplace.LONG).until(() -> answered.get() > 10);
        assertThat(visits).isNotDone();
    }

    @Override
    public void close() {
        pace.close();
    }
}
