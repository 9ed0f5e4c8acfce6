package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * From the instant that a line was due inside a container to the same line read from the API's stream, at 5,000 lines a
 * second. Due, not written: a container that is held back by whoever reads its output writes late, which counts.
 */
final class LogLatency implements Benchmark {

    private static final int RATE = 5_000;
    private static final int SECONDS = 20;
    private static final double BUDGET_MILLIS = 250;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Says when it is asked to; told to begin, writes RATE numbered lines a second, each with the time it was due. */
    private static final String WRITER = """
            const rate = %d, seconds = %d;
            require('http').createServer((request, response) => {
              response.end('ok');
              if (request.url === '/mark') console.log('mark');
              if (request.url !== '/begin') return;
              let n = 0; const start = performance.timeOrigin + performance.now();
              const timer = setInterval(() => {
                const now = performance.timeOrigin + performance.now();
                let text = '';
                for (; n < rate * seconds && start + n * 1000 / rate <= now; n++) {
                  text += `line ${n} ${(start + n * 1000 / rate).toFixed(3)} ${'x'.repeat(60)}\\n`;
                }
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
        String image = workbench.publish(folder, "bench-writer:" + workbench.unique);
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
        ZeroDowntime.awaitServing("127.0.0.1", product.httpPort, "writer.localhost");
        Reading reading = new Reading();
        Thread writer = Thread.ofVirtual().start(() -> begin(product, reading));
        product.api.stream(
                "/api/v1/applications/" + application + "/logs?tail=0",
                Duration.ofSeconds(SECONDS).plus(DEADLINE.multipliedBy(2)),
                reading::read);
        writer.join();
        int total = RATE * SECONDS;
        double p99 = reading.samples.quantile(0.99);
        int lost = total - reading.seen.cardinality();
        return List.of(new Measurement(
                name(),
                Math.round(p99 * 10) / 10.0,
                "ms",
                "<= " + BUDGET_MILLIS + " and none lost",
                p99 <= BUDGET_MILLIS && lost == 0 && reading.repeated == 0,
                Map.of(
                        "lines",
                        total,
                        "lost",
                        lost,
                        "repeated",
                        reading.repeated,
                        "median",
                        reading.samples.median(),
                        "p95",
                        reading.samples.quantile(0.95),
                        "worst",
                        reading.samples.quantile(1))));
    }

    /** What came over the stream. */
    private static final class Reading {

        final Samples samples = new Samples();
        final BitSet seen = new BitSet();
        final CountDownLatch marked = new CountDownLatch(1);
        int repeated;

        /** Whether there is more to come. */
        boolean read(String event, JsonNode data) {
            String text = data.path("text").asString();
            if (!event.equals("log")) {
                throw new BenchmarkFailure("The log's stream sent " + event + ": " + data);
            }
            if (text.equals("mark")) {
                marked.countDown();
            }
            if (!text.startsWith("line ")) {
                return true;
            }
            Instant now = Instant.now();
            String[] parts = text.split(" ", 4);
            samples.addMillis(now.getEpochSecond() * 1e3 + now.getNano() / 1e6 - Double.parseDouble(parts[2]));
            int number = Integer.parseInt(parts[1]);
            repeated += seen.get(number) ? 1 : 0;
            seen.set(number);
            return number < RATE * SECONDS - 1;
        }
    }

    /** Tells the container to begin once the stream has carried a line of it: what was written before is no loss. */
    private static void begin(Product product, Reading reading) {
        long until = System.nanoTime() + DEADLINE.toNanos();
        try {
            do {
                Load.get("127.0.0.1", product.httpPort, "writer.localhost", "/mark");
            } while (!reading.marked.await(200, TimeUnit.MILLISECONDS) && System.nanoTime() < until);
            Load.get("127.0.0.1", product.httpPort, "writer.localhost", "/begin");
        } catch (IOException e) {
            throw new BenchmarkFailure("The writer could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
