package dev.havenkeep.engine;

import dev.havenkeep.servers.Execution;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines of a log's frames. The engine cuts a long line into several frames, each with a time of its own before
 * it, and only the last one ends in a line feed. A line longer than a megabyte is given in pieces.
 */
final class LineAssembler {

    static final int LONGEST = 1 << 20;

    private final Map<Execution.Channel, Line> lines = new EnumMap<>(Execution.Channel.class);
    private final Consumer<LogLine> ready;

    LineAssembler(Consumer<LogLine> ready) {
        this.ready = ready;
        for (Execution.Channel channel : Execution.Channel.values()) {
            lines.put(channel, new Line(channel));
        }
    }

    /** Takes a piece of a frame, or of the unframed output of a terminal. */
    void add(StdFrames.Piece piece, boolean framed) {
        Line line = lines.get(piece.channel());
        if (line != null) {
            line.add(piece, framed);
        }
    }

    /** Gives what is left as lines, at the end of the log. */
    void finish() {
        lines.values().forEach(Line::finish);
    }

    private final class Line {
        private final Execution.Channel channel;
        private final ByteArrayOutputStream stamp = new ByteArrayOutputStream(40);
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private @Nullable Instant at;
        private boolean stamping = true;

        Line(Execution.Channel channel) {
            this.channel = channel;
        }

        void add(StdFrames.Piece piece, boolean framed) {
            byte[] bytes = piece.bytes();
            int start = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (stamping) {
                    if (bytes[i] == ' ') {
                        stamped();
                    } else {
                        stamp.write(bytes[i]);
                    }
                    start = i + 1;
                } else if (bytes[i] == '\n') {
                    append(bytes, start, i);
                    emit(false);
                    at = null;
                    start = i + 1;
                    stamping = !framed;
                }
            }
            if (!stamping) {
                append(bytes, start, bytes.length);
            }
            if (framed && piece.last()) {
                stamping = true;
            }
        }

        void finish() {
            if (text.size() > 0) {
                emit(false);
            }
            at = null;
            stamping = true;
        }

        private void stamped() {
            stamping = false;
            if (at == null) {
                try {
                    at = Instant.parse(stamp.toString(StandardCharsets.US_ASCII));
                } catch (DateTimeParseException e) {
                    throw EngineProblems.garbled(e);
                }
            }
            stamp.reset();
        }

        private void append(byte[] bytes, int from, int to) {
            int start = from;
            while (text.size() + to - start > LONGEST) {
                int cut = start + LONGEST - text.size();
                // Not in the middle of a character, unless it is none.
                int whole = cut;
                while (whole > start && whole > cut - 3 && (bytes[whole] & 0xc0) == 0x80) {
                    whole--;
                }
                text.write(bytes, start, whole - start);
                start = whole;
                emit(true);
            }
            text.write(bytes, start, to - start);
        }

        private void emit(boolean continued) {
            String line = text.toString(StandardCharsets.UTF_8);
            text.reset();
            ready.accept(new LogLine(
                    at == null ? Instant.EPOCH : at,
                    channel,
                    !continued && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line,
                    continued));
        }
    }
}
