package dev.havenkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of running processes. */
final class Memory {

    private Memory() {}

    /**
     * Proportional set size of a process and of everything that it started, in bytes: what they share is counted once
     * (proc(5), {@code smaps_rollup}).
     */
    static long of(long pid) throws IOException {
        ProcessHandle root = ProcessHandle.of(pid)
                .orElseThrow(() -> new BenchmarkFailure("There is no process " + pid + " to measure"));
        long bytes = share(pid);
        for (ProcessHandle child : root.descendants().toList()) {
            if (child.isAlive()) {
                bytes += share(child.pid());
            }
        }
        return bytes;
    }

    private static long share(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new BenchmarkFailure("The process " + pid + " tells no memory");
    }
}
