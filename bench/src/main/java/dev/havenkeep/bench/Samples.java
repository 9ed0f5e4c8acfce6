package dev.havenkeep.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times that were taken, in milliseconds. */
final class Samples {

    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());

    void add(Duration time) {
        millis.add(time.toNanos() / 1e6);
    }

    /** Adds a time unless it was taken to warm up. */
    void add(Duration time, boolean warm) {
        if (warm) {
            add(time);
        }
    }

    void addMillis(double time) {
        millis.add(time);
    }

    int count() {
        return millis.size();
    }

    double median() {
        return quantile(0.5);
    }

    /** The nearest-rank quantile. */
    double quantile(double q) {
        List<Double> sorted = new ArrayList<>(millis);
        if (sorted.isEmpty()) {
            throw new BenchmarkFailure("Nothing was measured");
        }
        Collections.sort(sorted);
        int rank = (int) Math.ceil(q * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
