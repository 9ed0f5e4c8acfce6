package dev.havenkeep.bench;

import java.io.IOException;
import java.util.List;

/** One named measurement of the packaged product. */
interface Benchmark {

    /** The name to run it by. */
    String name();

    /** One line on what is measured and how. */
    String description();

    /** Runs it; several lines when it compares several things. */
    List<Measurement> run(Workbench workbench) throws IOException, InterruptedException;
}
