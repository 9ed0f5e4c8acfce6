package dev.havenkeep.deployments;

import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Masks;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one deployment while it is written. Lines are blotted, cut at 16 KiB, and past 32 MB of file left out,
 * which the log says once; what a step did and how it ended is always kept. A line that the disk has no room for is lost,
 * which keeps no deployment from going on. Safe for use by several threads.
 */
final class DeploymentLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentLog.class);

    static final int LONGEST_LINE = 16 * 1024;
    static final long LARGEST_FILE = 32_000_000;
    private static final String CUT = " … (cut: the line has %d characters)";
    private static final String FULL =
            "The log has reached 32 MB. What is printed from here on is left out; the deployment goes on.";

    private final FileChannel file;
    private final Json json;
    private final InstantSource clock;
    private final Masks masks;
    private final DeploymentLogs.Signal signal;
    private final Runnable release;
    private long size;
    private boolean full;
    private boolean losing;

    DeploymentLog(
            Path path, Json json, InstantSource clock, Masks masks, DeploymentLogs.Signal signal, Runnable release)
            throws IOException {
        this.json = json;
        this.clock = clock;
        this.masks = masks;
        this.signal = signal;
        this.release = release;
        size = wholeLines(path);
        full = size >= LARGEST_FILE;
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(size);
        file.position(size);
    }

    /** Writes what a program printed. */
    void printed(Step step, String stream, String text) {
        append(step, stream, text);
    }

    /** Writes what Havenkeep itself has to say about a step. */
    void say(Step step, String text) {
        append(step, "haven", text);
    }

    /** Writes that a step began or ended. */
    void step(Step step, Step.State state) {
        write(new LogEntry.StepChanged(step, state, clock.instant()));
    }

    /** Writes that the deployment ended. */
    void end(State state) {
        write(new LogEntry.End(state, clock.instant()));
    }

    private void append(Step step, String stream, String text) {
        String masked = masks.apply(text);
        String shown = masked.length() <= LONGEST_LINE
                ? masked
                : masked.substring(0, LONGEST_LINE) + CUT.formatted(masked.length());
        synchronized (this) {
            if (full) {
                return;
            }
            if (size >= LARGEST_FILE) {
                full = true;
                write(new LogEntry.Line(clock.instant(), step, "haven", FULL));
                return;
            }
            write(new LogEntry.Line(clock.instant(), step, stream, shown));
        }
    }

    private synchronized void write(LogEntry entry) {
        ByteBuffer bytes = ByteBuffer.wrap((json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            long end = size + bytes.remaining();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            size = end;
        } catch (IOException e) {
            lost(e);
        }
        signal.more();
    }

    /** Only whole lines stay. */
    private void lost(IOException failure) {
        if (!losing) {
            LOG.warn("A deployment's log cannot be written; the deployment goes on without it", failure);
            losing = true;
        }
        try {
            file.truncate(size);
            file.position(size);
        } catch (IOException e) {
            throw new UncheckedIOException("A deployment's log cannot be written", e);
        }
    }

    /** How much of the file is whole lines: a crash may have left half a one. */
    private static long wholeLines(Path path) throws IOException {
        if (!java.nio.file.Files.exists(path)) {
            return 0;
        }
        try (RandomAccessFile reader = new RandomAccessFile(path.toFile(), "r")) {
            long end = reader.length();
            byte[] block = new byte[LONGEST_LINE];
            while (end > 0) {
                int length = (int) Math.min(block.length, end);
                reader.seek(end - length);
                reader.readFully(block, 0, length);
                for (int i = length - 1; i >= 0; i--) {
                    if (block[i] == '\n') {
                        return end - length + i + 1;
                    }
                }
                end -= length;
            }
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A deployment's log cannot be closed", e);
        } finally {
            signal.more();
            release.run();
        }
    }
}
