package dev.havenkeep.sources;

import java.time.Clock;
import java.util.TimeZone;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.springframework.stereotype.Component;

/**
 * Keeps the machine's own git configuration out: a {@code url.insteadOf}, proxy or credential setting of whoever runs
 * Havenkeep must not change where it fetches from. JGit has this as a setting of the whole process, and its memory limits
 * too, which here are small: repositories are streamed, not cached.
 */
@Component
final class IsolatedGitConfig {

    private static final int MIB = 1024 * 1024;

    IsolatedGitConfig(Clock clock) {
        SystemReader.setInstance(new Reader(clock));
        WindowCacheConfig cache = new WindowCacheConfig();
        cache.setPackedGitLimit(8L * MIB);
        cache.setPackedGitWindowSize(64 * 1024);
        cache.setDeltaBaseCacheLimit(4 * MIB);
        cache.setStreamFileThreshold(4 * MIB);
        cache.install();
    }

    /** Reads the system's time and host name, but no configuration file. */
    private static final class Reader extends SystemReader {
        private final Clock clock;

        Reader(Clock clock) {
            this.clock = clock;
            setPlatformChecker();
        }

        @Override
        public String getHostname() {
            return "havenkeep";
        }

        @Override
        public String getenv(String variable) {
            // JGit reads GIT_* and XDG_* here, and takes null for unset.
            return variable.equals("PATH") || variable.equals("HOME") ? System.getenv(variable) : unset();
        }

        @Override
        public String getProperty(String key) {
            return System.getProperty(key);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new Empty(parent, fs);
        }

        @Override
        public long getCurrentTime() {
            return clock.millis();
        }

        @Override
        public int getTimezone(long when) {
            return TimeZone.getTimeZone("UTC").getOffset(when) / 60_000;
        }

        @SuppressWarnings("NullAway") // JGit is not annotated: null is what it expects for an unset variable
        private static String unset() {
            return null;
        }
    }

    /** A configuration without a file. */
    private static final class Empty extends FileBasedConfig {

        @SuppressWarnings("NullAway") // JGit is not annotated: it documents null for a configuration without a file
        Empty(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() throws ConfigInvalidException {
            // There is nothing to load.
        }

        @Override
        public void save() {
            // There is nowhere to save it.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
