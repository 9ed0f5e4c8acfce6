package dev.havenkeep.servers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.apache.sshd.client.channel.ClientChannel;

/** A stream over a channel of an SSH connection. What is written is sent at once. */
final class ChannelDuplex implements Duplex {

    private final ClientChannel channel;
    private final InputStream in;
    private final OutputStream out;

    ChannelDuplex(ClientChannel channel) {
        this.channel = channel;
        this.in = new Interruptible(channel.getInvertedOut());
        this.out = new Flushing(channel.getInvertedIn());
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
        out.close();
    }

    @Override
    public void close() {
        channel.close(true);
    }

    /** The library takes a thread's interrupt for said with its exception; here it stays, as with sockets and files. */
    private static final class Interruptible extends FilterInputStream {

        Interruptible(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (InterruptedIOException e) {
                Thread.currentThread().interrupt();
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (InterruptedIOException e) {
                Thread.currentThread().interrupt();
                throw e;
            }
        }
    }

    private static final class Flushing extends OutputStream {
        private final OutputStream out;

        Flushing(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            out.flush();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
