package dev.havenkeep.safety;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks at the command lines of all processes of this machine, over and over until it is closed. */
final class CommandLines implements AutoCloseable {

    /** Leaves the processor to what is looked at; a command lives for longer. */
    private static final long PAUSE_NANOS = 2_000_000;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Thread watching;
    private volatile boolean closed;

    CommandLines() {
        watching = Thread.ofPlatform().name("command-lines").start(this::watch);
    }

    byte[] all() {
        return String.join("\n", seen).getBytes(ISO_8859_1);
    }

    private void watch() {
        while (!closed) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    look(process.resolve("cmdline"));
                }
            } catch (IOException | DirectoryIteratorException e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void look(Path commandLine) {
        try {
            seen.add(new String(Files.readAllBytes(commandLine), ISO_8859_1));
        } catch (IOException e) {
            // The process has ended.
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            watching.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
