package dev.havenkeep.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Two sides do the same work from the same load generator, in turns: each is warmed up, then they alternate, so that
 * whatever else happens on the machine meets both.
 */
final class Contest {

    static final int CONNECTIONS = 16;
    private static final int ROUNDS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private final Side ours;
    private final Side theirs;

    private Contest(Side ours, Side theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /** What one of the connections does over and over; it keeps what it needs for the next time. */
    interface Work {
        void once(KeepAlive connection) throws IOException;
    }

    /**
     * How fast both were.
     *
     * @param ours a second
     * @param theirs a second
     */
    record Result(double ours, double theirs) {
        double ratio() {
            return ours / theirs;
        }
    }

    /**
     * Runs it.
     *
     * @param work what the connection of a number does
     */
    static Result run(URI ours, IntFunction<Work> ourWork, URI theirs, IntFunction<Work> theirWork)
            throws InterruptedException {
        return new Contest(new Side(ours, ourWork), new Side(theirs, theirWork)).run();
    }

    private Result run() throws InterruptedException {
        theirs.round(WARM_UP);
        ours.round(WARM_UP);
        double ourRate = 0;
        double theirRate = 0;
        for (int round = 0; round < ROUNDS; round++) {
            boolean weBegin = round % 2 == 0;
            if (weBegin) {
                ourRate += ours.round(ROUND);
            }
            theirRate += theirs.round(ROUND);
            if (!weBegin) {
                ourRate += ours.round(ROUND);
            }
        }
        return new Result(ourRate / ROUNDS, theirRate / ROUNDS);
    }

    private static final class Side {

        private final URI server;
        private final List<Work> work = new ArrayList<>();

        Side(URI server, IntFunction<Work> work) {
            this.server = server;
            for (int i = 0; i < CONNECTIONS; i++) {
                this.work.add(work.apply(i));
            }
        }

        /** Works for so long; answers how often a second the work was done. */
        double round(Duration time) throws InterruptedException {
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            List<Future<Integer>> counts = new ArrayList<>();
            try (ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Work each : work) {
                    counts.add(connections.submit(() -> {
                        int done = 0;
                        try (KeepAlive connection = new KeepAlive(server)) {
                            while (System.nanoTime() < end) {
                                each.once(connection);
                                done++;
                            }
                        }
                        return done;
                    }));
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            int total = 0;
            for (Future<Integer> count : counts) {
                try {
                    total += count.get();
                } catch (ExecutionException e) {
                    throw new BenchmarkFailure("The load on " + server + " met " + e.getCause(), e);
                }
            }
            return total / seconds;
        }
    }
}
