package dev.havenkeep.sources;

import dev.havenkeep.kernel.HavenProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * All mirrors, under {@code mirrors/} in the data folder. A mirror belongs to a URL and a credential together, so that
 * what one credential may read is never served to a source without it.
 */
@Component
class Mirrors {

    private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);

    private final Path root;
    private final SourcesProperties properties;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Mirror> mirrors = new ConcurrentHashMap<>();

    Mirrors(HavenProperties haven, SourcesProperties properties, InstantSource clock) {
        this.root = haven.dataDir().resolve("mirrors");
        this.properties = properties;
        this.clock = clock;
    }

    Mirror of(GitUrl url, @Nullable GitCredentialId credential) {
        String key = key(url.text() + "\n" + (credential == null ? "" : credential.value()));
        return mirrors.computeIfAbsent(key, name -> new Mirror(root.resolve(name + ".git")));
    }

    /** Notes that a mirror was asked for, tidies it, and removes mirrors that nothing has asked for in a long time. */
    void tidy(Mirror used) {
        try {
            Files.setLastModifiedTime(
                    used.folder().resolve("HEAD"),
                    java.nio.file.attribute.FileTime.from(Instant.ofEpochMilli(clock.millis())));
            used.collectGarbage();
            removeUnused();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Mirrors could not be tidied; fetching goes on", e);
        }
    }

    /** Removes a mirror that nothing needs any more. What still reads or fetches it keeps it, for its usual time. */
    void remove(GitUrl url, @Nullable GitCredentialId credential) {
        Mirror mirror = of(url, credential);
        try {
            if (Files.exists(mirror.folder())) {
                mirror.ifIdle(repository -> FileSystemUtils.deleteRecursively(mirror.folder()));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn(
                    "The mirror {} could not be removed; it goes when it has not been used in a long time",
                    mirror.folder(),
                    e);
        }
    }

    private void removeUnused() throws IOException {
        Instant oldest = Instant.ofEpochMilli(clock.millis()).minus(properties.keepMirrors());
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.toList()) {
                String name = folder.getFileName().toString();
                Mirror mirror = mirrors.computeIfAbsent(name.replaceFirst("\\.git$", ""), key -> new Mirror(folder));
                if (Files.exists(folder.resolve("HEAD")) && mirror.lastUsed().isBefore(oldest)) {
                    mirror.ifIdle(repository -> FileSystemUtils.deleteRecursively(folder));
                }
            }
        }
    }

    private static String key(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
