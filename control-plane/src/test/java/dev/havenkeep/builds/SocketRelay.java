package dev.havenkeep.builds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A unix socket that leads to another one, until it is closed: then it is as if the server behind it had died. */
final class SocketRelay implements AutoCloseable {

    private final Path socket;
    private final Path target;
    private final ServerSocketChannel server;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    private SocketRelay(Path target, Path socket) throws IOException {
        this.target = target;
        this.socket = socket;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("relay").start(this::accept);
    }

    static SocketRelay to(Path target, Path socket) {
        try {
            return new SocketRelay(target, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel caller = server.accept();
                SocketChannel answerer = SocketChannel.open(UnixDomainSocketAddress.of(target));
                open.add(caller);
                open.add(answerer);
                Thread.ofPlatform().daemon().start(() -> copy(caller, answerer));
                Thread.ofPlatform().daemon().start(() -> copy(answerer, caller));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            return; // closed
        }
    }
}
