package dev.havenkeep.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The body of one answer. It ends where the message ends, and fails when the connection ends before that. */
final class HttpBody extends InputStream {

    private static final int LONGEST_CHUNK_LINE = 1024;

    private enum Framing {
        SIZED,
        CHUNKED,
        UNTIL_CLOSED
    }

    private final InputStream in;
    private final Framing framing;
    /** Bytes left of the body, or of the current chunk. */
    private long left;

    private boolean finished;
    private boolean firstChunk = true;

    private HttpBody(InputStream in, Framing framing, long left) {
        this.in = in;
        this.framing = framing;
        this.left = left;
        this.finished = framing == Framing.SIZED && left == 0;
    }

    static HttpBody sized(InputStream in, long length) {
        return new HttpBody(in, Framing.SIZED, length);
    }

    static HttpBody chunked(InputStream in) {
        return new HttpBody(in, Framing.CHUNKED, 0);
    }

    static HttpBody untilClosed(InputStream in) {
        return new HttpBody(in, Framing.UNTIL_CLOSED, Long.MAX_VALUE);
    }

    /** Whether the whole message was read, so that the stream can carry another. */
    boolean finished() {
        return finished && framing != Framing.UNTIL_CLOSED;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (framing == Framing.CHUNKED && !finished && left == 0) {
            nextChunk();
        }
        if (finished) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            if (framing == Framing.UNTIL_CLOSED) {
                finished = true;
                return -1;
            }
            throw new EOFException("The engine closed the connection in the middle of an answer");
        }
        if (framing != Framing.UNTIL_CLOSED) {
            left -= read;
            finished = framing == Framing.SIZED && left == 0;
        }
        return read;
    }

    private void nextChunk() throws IOException {
        if (!firstChunk && !readLine().isEmpty()) {
            throw new IOException("The engine sent a chunk that is longer than it said");
        }
        firstChunk = false;
        String line = readLine();
        int semicolon = line.indexOf(';');
        try {
            left = Long.parseLong((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("The engine sent a chunk size that is none", e);
        }
        if (left < 0) {
            throw new IOException("The engine sent a chunk size that is none");
        }
        if (left == 0) {
            while (!readLine().isEmpty()) {
                // Trailers say nothing that we use.
                continue;
            }
            finished = true;
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                throw new EOFException("The engine closed the connection in the middle of an answer");
            }
            if (line.length() >= LONGEST_CHUNK_LINE) {
                throw new IOException("The engine sent a chunk line that is too long");
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }
}
