package dev.havenkeep.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** From the launch to the first answered request, on a data folder that exists. */
final class Start implements Benchmark {

    private static final int RUNS = 5;
    private static final double BUDGET_SECONDS = 2.5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "launch to first answered request, median of " + RUNS + " after one to warm the file cache";
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        double first;
        try (Product product = workbench.start("start")) {
            first = product.started().toNanos() / 1e9;
        }
        Samples samples = new Samples();
        for (int run = 0; run < RUNS; run++) {
            try (Product product = workbench.start("start")) {
                samples.add(product.started());
            }
        }
        return List.of(Measurement.atMost(
                name(),
                samples.median() / 1000,
                "s",
                BUDGET_SECONDS,
                Map.of("firstEver", Math.round(first * 100) / 100.0, "worst", samples.quantile(1) / 1000)));
    }
}
