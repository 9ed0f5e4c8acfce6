package dev.havenkeep.deployments;

import dev.havenkeep.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a deployment's log from an offset to wherever it is, and waits for more. Not for several threads. */
final class LogReader implements AutoCloseable {

    private static final int BLOCK = 64 * 1024;

    private final Path path;
    private final Json json;
    private final DeploymentLogs.Signal signal;
    private final Runnable release;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long offset;
    private long position;
    private @Nullable FileChannel file;

    /**
     * One entry with the offset after it.
     *
     * @param end where to go on after this entry
     */
    record Read(long end, LogEntry entry) {}

    LogReader(Path path, Json json, long offset, DeploymentLogs.Signal signal, Runnable release) {
        this.path = path;
        this.json = json;
        this.offset = offset;
        this.position = offset;
        this.signal = signal;
        this.release = release;
    }

    /** What was written since, at most a block of it; waits up to the given time, if any, when there is nothing. */
    List<Read> next(long waitMillis) throws InterruptedException {
        long seen = signal.generation();
        List<Read> there = available();
        if (!there.isEmpty() || waitMillis <= 0) {
            return there;
        }
        signal.await(seen, waitMillis);
        return available();
    }

    private List<Read> available() {
        List<Read> entries = new ArrayList<>();
        try {
            if (file == null) {
                file = FileChannel.open(path, StandardOpenOption.READ);
            }
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            while (entries.isEmpty()) {
                block.clear();
                int count = file.read(block, position);
                if (count <= 0) {
                    return entries;
                }
                position += count;
                split(block.flip(), entries);
            }
            return entries;
        } catch (NoSuchFileException e) {
            // It has not begun yet.
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + path + " cannot be read", e);
        }
    }

    private void split(ByteBuffer block, List<Read> entries) {
        while (block.hasRemaining()) {
            byte next = block.get();
            if (next != '\n') {
                line.write(next);
                continue;
            }
            offset += line.size() + 1L;
            // An offset that nobody was given may point into a line; the rest of that one is passed over.
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (text.startsWith("{\"event\"")) {
                entries.add(new Read(offset, json.read(text, LogEntry.class)));
            }
        }
    }

    @Override
    public void close() {
        release.run();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + path + " cannot be closed", e);
        }
    }
}
