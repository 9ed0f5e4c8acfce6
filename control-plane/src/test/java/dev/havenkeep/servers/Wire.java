package dev.havenkeep.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a server that a test can cut, silence and mend. */
final class Wire implements AutoCloseable {

    private final InetSocketAddress server;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private volatile boolean silent;

    Wire(String address, int port) {
        this.server = new InetSocketAddress(address, port);
        this.listening = listen(0);
        this.port = listening.getLocalPort();
    }

    int port() {
        return port;
    }

    /** Every connection breaks off and new ones are refused. */
    void cut() {
        close();
    }

    /** Nothing arrives any more in either direction, and nobody is told. */
    void silence() {
        silent = true;
    }

    /** It works again. */
    void mend() {
        silent = false;
        if (listening.isClosed()) {
            listening = listen(port);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket listen(int at) {
        try {
            ServerSocket made = new ServerSocket();
            made.setReuseAddress(true);
            made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            Thread.startVirtualThread(() -> accept(made));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket on) {
        while (!on.isClosed()) {
            try {
                Socket near = on.accept();
                Socket far = new Socket();
                far.connect(server);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                Thread.startVirtualThread(() -> copy(near, far));
                Thread.startVirtualThread(() -> copy(far, near));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            int read;
            while ((read = from.getInputStream().read(buffer)) >= 0) {
                if (!silent) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            return; // cut
        }
    }
}
