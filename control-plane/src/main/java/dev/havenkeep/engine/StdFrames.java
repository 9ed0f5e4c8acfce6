package dev.havenkeep.engine;

import dev.havenkeep.servers.Execution;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart the stream in which the engine carries a process's two outputs: frames of a channel, three zero bytes, a
 * big-endian length and the bytes. With a terminal there are no frames, and all is standard output.
 */
final class StdFrames {

    private static final int HEADER = 8;
    private static final int PIECE = 32 * 1024;

    private final InputStream in;
    private final boolean framed;
    private Execution.Channel channel = Execution.Channel.OUT;
    private long left;

    StdFrames(InputStream in, boolean framed) {
        this.in = in;
        this.framed = framed;
    }

    /**
     * A piece of a frame.
     *
     * @param last whether the frame ends with it
     */
    record Piece(Execution.Channel channel, byte[] bytes, boolean last) {}

    /** The next piece; null at the end of the stream, which can only be between frames. */
    @Nullable
    Piece next() throws IOException {
        if (!framed) {
            byte[] buffer = new byte[PIECE];
            int read = in.read(buffer);
            return read < 0 ? null : new Piece(channel, java.util.Arrays.copyOf(buffer, read), true);
        }
        while (left == 0) {
            byte[] header = in.readNBytes(HEADER);
            if (header.length == 0) {
                return null;
            }
            if (header.length < HEADER) {
                throw new EOFException("The engine closed the connection in the middle of a frame");
            }
            channel = switch (header[0]) {
                case 0, 1 -> Execution.Channel.OUT;
                case 2 -> Execution.Channel.ERROR;
                case 3 -> throw new IOException("The engine reports: " + text(header));
                default -> throw new IOException("The engine sent a frame of an unknown channel");
            };
            left = length(header);
        }
        byte[] bytes = in.readNBytes((int) Math.min(left, PIECE));
        if (bytes.length == 0) {
            throw new EOFException("The engine closed the connection in the middle of a frame");
        }
        left -= bytes.length;
        return new Piece(channel, bytes, left == 0);
    }

    private String text(byte[] header) throws IOException {
        return new String(
                in.readNBytes((int) Math.min(length(header), PIECE)), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static long length(byte[] header) {
        return ((header[4] & 0xffL) << 24)
                | ((header[5] & 0xffL) << 16)
                | ((header[6] & 0xffL) << 8)
                | (header[7] & 0xffL);
    }
}
