package dev.havenkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what is told where to listen before it does, such as a container or a server program. They are below those
 * that the kernel gives to whoever asks for any, and each is one test JVM's alone until it ends: tests run in several
 * at once. The locks are on bytes of one file, where the kernel forgets them with the process.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final List<FileLock> TAKEN = new ArrayList<>();

    private static final FileChannel FILE = open();

    private Ports() {}

    /** A port that nobody listens on, on any address, by TCP. */
    public static synchronized int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try {
                FileLock lock = FILE.tryLock(port, 1, false);
                if (lock == null) {
                    continue;
                }
                if (unused(port)) {
                    TAKEN.add(lock);
                    return port;
                }
                lock.release();
            } catch (OverlappingFileLockException e) {
                // Taken by this JVM itself.
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean unused(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    private static FileChannel open() {
        try {
            return FileChannel.open(
                    Path.of(
                            System.getProperty("java.io.tmpdir"),
                            "havenkeep-test-ports-" + System.getProperty("user.name")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
