package dev.havenkeep.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Resident memory of the idle control plane, after set-up and some use, once the collector has had its idle turns. */
final class Footprint implements Benchmark {

    private static final int SETTLE_SECONDS = 90;
    private static final double BUDGET_MEGABYTES = 220;

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String description() {
        return "resident memory " + SETTLE_SECONDS + " s after set-up and 200 requests";
    }

    @Override
    public List<Measurement> run(Workbench workbench) throws IOException, InterruptedException {
        try (Product product = workbench.start("footprint")) {
            String team = product.setUp();
            for (int i = 0; i < 200; i++) {
                product.api.get("/api/v1/teams/" + team + "/projects");
            }
            double busy = product.residentBytes() / 1e6;
            Thread.sleep(SETTLE_SECONDS * 1000L);
            return List.of(Measurement.atMost(
                    name(),
                    product.residentBytes() / 1e6,
                    "MB",
                    BUDGET_MEGABYTES,
                    Map.of("afterUse", busy, "process", product.executable())));
        }
    }
}
