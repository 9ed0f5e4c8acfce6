package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who keeps asking for an application's page, and wants an answer each time. */
final class Visitor implements AutoCloseable {

    private final List<Edged> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final Thread thread;
    private volatile boolean going = true;

    Visitor(Workplace work, String host) {
        thread = Thread.ofVirtual().start(() -> {
            while (going) {
                Edged answer = work.get(host, "/");
                if (answer.status() == 200) {
                    answered.incrementAndGet();
                } else {
                    refused.add(answer);
                }
            }
        });
    }

    void sawOnlyAnswers() {
        assertThat(refused).isEmpty();
        await().atMost(Workplace.LONG).until(() -> answered.get() > 10);
    }

    @Override
    public void close() {
        going = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
