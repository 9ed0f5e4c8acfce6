package dev.havenkeep.jobs;

import dev.havenkeep.kernel.HavenProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The name under which this process takes jobs: its host and its data folder, which a lock keeps to one process at a
 * time. So whoever has the name knows that what the name had begun is not being done by anybody.
 */
@Component
public class ProcessName implements DisposableBean {

    private final String value;
    private final FileChannel file;

    ProcessName(HavenProperties properties) throws IOException {
        Path folder = Files.createDirectories(properties.dataDir()).toRealPath();
        value = InetAddress.getLocalHost().getHostName() + ":" + folder;
        file = FileChannel.open(folder.resolve("process.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(file)) {
            file.close();
            throw new IllegalStateException("Another Havenkeep is running on the data folder " + folder
                    + ". Stop it first, or give this one a folder of its own with --haven.data-dir.");
        }
    }

    /** The name. */
    public String value() {
        return value;
    }

    /** Gives the folder up; the end of the process does so too, however it ends. */
    @Override
    public void destroy() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
