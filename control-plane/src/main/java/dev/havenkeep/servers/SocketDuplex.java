package dev.havenkeep.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/** A stream over a TCP or unix socket of this machine. */
final class SocketDuplex implements Duplex {

    /** Bounds the native buffer that the JDK keeps for a thread that writes from the heap. */
    private static final int PIECE = 64 * 1024;

    private final SocketChannel channel;
    private final InputStream in = new In();
    private final OutputStream out = new Out();

    SocketDuplex(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void closeOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, Math.min(length, PIECE)));
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            int at = offset;
            int end = offset + length;
            while (at < end) {
                at += channel.write(ByteBuffer.wrap(bytes, at, Math.min(end - at, PIECE)));
            }
        }
    }
}
