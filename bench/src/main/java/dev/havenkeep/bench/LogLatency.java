package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** From a line written inside a container to the same line read from the API's stream, at 5,000 lines a second. */
final class LogLatency implements Benchmark {

    private static final int RATE = 5_000;
    private static final int SECONDS = 20;
    private static final double BUDGET_MILLIS = 250;
    /** Writes numbered lines with the time of writing, RATE a second in batches of 5 ms, when told to begin. */
    private static final String WRITER = """
            const rate = %d, seconds = %d;
            require('http').createServer((request, response) => {
              response.end('ok');
              if (request.url !== '/begin') return;
              let n = 0; const start = process.hrtime.bigint();
              const timer = setInterval(() => {
                const due = Math.min(rate * seconds, Number((process.hrtime.bigint() - start) / 1000n) * rate / 1e6);
                let text = '';
                while (n < due) text += `line ${n++} ${Date.now()} ${'x'.repeat(60)}\\n`;
                process.stdout.write(text);
                if (n >= rate * seconds) clearInterval(timer);
              }, 5);
            }).listen(3000);
            """;

    @Override
    public String name() {
        return "log-latency";
    }

    @Override
    public String description() {
        return "log line in container to API stream, p99 at " + RATE + " lines/s for " + SECONDS + " s, none lost";
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        Product product = workbench.product();
        Path folder = Files.createDirectory(workbench.scratch.resolve("writer"));
        Files.writeString(folder.resolve("writer.js"), WRITER.formatted(RATE, SECONDS));
        Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM node:20-alpine\nCOPY writer.js /writer.js\nCMD [\"node\", \"/writer.js\"]\n");
        String image = Workbench.publish(folder, "bench-writer:" + workbench.unique);
        String application = product.api
                .post(
                        "/api/v1/environments/" + workbench.environment() + "/applications",
                        Map.of(
                                "name",
                                "log-latency",
                                "serverId",
                                workbench.server(),
                                "source",
                                Map.of("kind", "image", "image", image),
                                "port",
                                3000))
                .path("id")
                .asString();
        ImageDeploy.deploy(product.api, application);
        product.api.post(
                "/api/v1/applications/" + application + "/domains",
                Map.of("host", "writer.localhost", "certificate", "none", "forceHttps", false));
        Samples samples = new Samples();
        AtomicLong expected = new AtomicLong();
        AtomicLong lost = new AtomicLong();
        Thread begin = Thread.ofVirtual().start(() -> begin(product));
        product.api.stream("/api/v1/applications/" + application + "/logs?tail=0", (event, data) -> {
            String text = data.path("text").asString();
            if (!event.equals("log") || !text.startsWith("line ")) {
                return true;
            }
            long now = System.currentTimeMillis();
            String[] parts = text.split(" ", 4);
            samples.add(Duration.ofMillis(now - Long.parseLong(parts[2])));
            long number = Long.parseLong(parts[1]);
            lost.addAndGet(number - expected.getAndSet(number + 1));
            return number < (long) RATE * SECONDS - 1;
        });
        begin.join();
        double p99 = samples.quantile(0.99);
        return List.of(new Measurement(
                name(),
                p99,
                "ms",
                "<= " + BUDGET_MILLIS + " and none lost",
                p99 <= BUDGET_MILLIS && lost.get() == 0,
                Map.of("lines", samples.count(), "lost", lost.get(), "median", samples.median())));
    }

    /** Asks the container to begin once the stream had a moment to be open; a line too early would count as lost. */
    private static void begin(Product product) {
        try {
            Thread.sleep(2_000);
            Load.get("127.0.0.1", product.httpPort, "writer.localhost", "/begin");
        } catch (IOException e) {
            throw new BenchmarkFailure("The writer could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
