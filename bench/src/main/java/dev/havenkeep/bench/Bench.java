package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The command behind {@code ./haven bench [NAME...]}: runs the named benchmarks, or all, against the packaged product. */
public final class Bench {

    private static final List<Benchmark> ALL = List.of(
            new Start(),
            new Footprint(),
            new ListScaling(),
            new ImageDeploy(),
            new GitDeploy(),
            new LogLatency(),
            new ZeroDowntime(ZeroDowntime.Target.LOCAL),
            new ZeroDowntime(ZeroDowntime.Target.SSH));

    private Bench() {}

    /**
     * Runs benchmarks and prints a JSON line for each figure.
     *
     * @param args {@code --list}, or names of benchmarks; none for all
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (List.of(args).contains("--list")) {
            ALL.forEach(benchmark -> System.out.printf("%-16s %s%n", benchmark.name(), benchmark.description()));
            return;
        }
        List<Benchmark> chosen = args.length == 0
                ? ALL
                : List.of(args).stream().map(Bench::named).toList();
        JsonMapper mapper = JsonMapper.builder().build();
        boolean carriedOut = true;
        try (Workbench workbench = new Workbench(Path.of(System.getProperty("haven.home", ".")))) {
            for (Benchmark benchmark : chosen) {
                try {
                    for (Measurement measurement : benchmark.run(workbench)) {
                        System.out.println(mapper.writeValueAsString(measurement));
                    }
                } catch (BenchmarkFailure e) {
                    carriedOut = false;
                    System.out.println(mapper.writeValueAsString(
                            Map.of("name", benchmark.name(), "ok", false, "error", String.valueOf(e.getMessage()))));
                }
            }
        }
        if (!carriedOut) {
            System.exit(1);
        }
    }

    private static Benchmark named(String name) {
        Optional<Benchmark> found =
                ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
        return found.orElseThrow(
                () -> new IllegalArgumentException("There is no benchmark " + name + "; see ./haven bench --list"));
    }
}
