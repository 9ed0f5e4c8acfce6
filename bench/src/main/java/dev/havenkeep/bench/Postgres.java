package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A throw-away PostgreSQL of the lab.
 *
 * @param url where it is, for JDBC
 */
record Postgres(Path home, String name, String url) implements AutoCloseable {

    static Postgres up(Path home, String name) throws IOException, InterruptedException {
        String url = Shell.output(home, List.of(home.resolve("lab/postgres").toString(), "up", name));
        return new Postgres(home, name, url);
    }

    /** The process that all its others are children of: the one that was started with its data folder. */
    long pid() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("/postgres/" + name + "/data"))
                        .isPresent())
                .map(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new BenchmarkFailure("The PostgreSQL " + name + " does not run"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Shell.output(home, List.of(home.resolve("lab/postgres").toString(), "down", name));
    }
}
