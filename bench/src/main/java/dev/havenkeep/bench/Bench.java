package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command behind {@code ./haven bench [NAME...]}: runs the named benchmarks, or all, against the packaged product.
 *
 * <p>Standard output has one JSON line for each benchmark that could be carried out, whether it kept its budget or not.
 * Everything else goes to standard error: what else was found, and why a benchmark could not be carried out. It exits
 * with 0 when each was carried out, with 1 when one was not, with 2 when there is no benchmark of that name.
 */
public final class Bench {

    private static final int NOT_CARRIED_OUT = 1;
    private static final int WRONG_USE = 2;
    private static final Duration CLEAN_UP = Duration.ofMinutes(2);

    private static final List<Benchmark> ALL = List.of(
            new Start(),
            new Footprint(),
            new ListScaling(),
            new ImageDeploy(),
            new GitDeploy(),
            new LogLatency(),
            new ZeroDowntime(ZeroDowntime.Target.LOCAL),
            new ZeroDowntime(ZeroDowntime.Target.SSH),
            new VersusKeycloak(VersusKeycloak.Kind.TOKENS),
            new VersusKeycloak(VersusKeycloak.Kind.SIGN_IN),
            new VersusKeycloak(VersusKeycloak.Kind.REFRESH),
            new IdentityMemory(),
            new RealmCreation(),
            new UsersScaling());

    private Bench() {}

    /**
     * Runs benchmarks.
     *
     * @param args {@code --list}, or names of benchmarks; none for all
     */
    public static void main(String[] args) {
        List<String> names = List.of(args);
        if (names.contains("--list")) {
            ALL.forEach(benchmark -> System.out.printf("%-20s %s%n", benchmark.name(), benchmark.description()));
            return;
        }
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        String unknown = names.stream().filter(name -> !known.contains(name)).collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            System.err.printf(
                    "haven: there is no benchmark %s; there are %s, and --list%n", unknown, String.join(", ", known));
            System.exit(WRONG_USE);
        }
        List<Benchmark> chosen = ALL.stream()
                .filter(benchmark -> names.isEmpty() || names.contains(benchmark.name()))
                .toList();
        Thread cleanUp = cleanUpWhenStopped(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(cleanUp);
        try {
            boolean carriedOut = run(chosen);
            Runtime.getRuntime().removeShutdownHook(cleanUp);
            System.exit(carriedOut ? 0 : NOT_CARRIED_OUT);
        } catch (InterruptedException e) {
            // The process is ending already, and was kept from it until everything was cleaned up.
            System.err.println("haven: the bench was stopped; what it made is gone");
        }
    }

    /** A Ctrl-C ends the benchmark under way, and the process once that has taken away what it made. */
    private static Thread cleanUpWhenStopped(Thread main) {
        return new Thread(() -> {
            main.interrupt();
            try {
                main.join(CLEAN_UP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether all of them could be carried out; one that could not does not keep the others from it. */
    private static boolean run(List<Benchmark> benchmarks) throws InterruptedException {
        JsonMapper mapper = JsonMapper.builder().build();
        boolean carriedOut = true;
        try (Workbench workbench = Workbench.prepare(Path.of(System.getProperty("haven.home", ".")))) {
            for (Benchmark benchmark : benchmarks) {
                try {
                    for (Measurement measurement : benchmark.run(workbench)) {
                        System.err.println(measurement.name() + ": " + mapper.writeValueAsString(measurement.detail()));
                        System.out.println(mapper.writeValueAsString(measurement));
                    }
                } catch (IOException | RuntimeException e) {
                    carriedOut = false;
                    failed(benchmark.name(), e);
                }
            }
        } catch (IOException | RuntimeException e) {
            carriedOut = false;
            failed("bench", e);
        }
        return carriedOut;
    }

    private static void failed(String name, Exception e) {
        System.err.println("haven: " + name + " could not be carried out: " + e.getMessage());
        if (!(e instanceof BenchmarkFailure)) {
            e.printStackTrace();
        }
    }
}
