package dev.havenkeep.sources;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * A commit's tree, ready to be streamed as a build context. It keeps the mirror from being tidied until it is closed.
 * The same commit gives the same bytes.
 */
public final class BuildContext implements AutoCloseable {

    /** One entry of the archive, in its order. */
    sealed interface Entry {
        String path();

        /** A folder, before what is in it. */
        record Folder(String path) implements Entry {}

        /** A file from a repository's object database. */
        record Blob(String path, boolean executable, long size, Repository repository, ObjectId id) implements Entry {}

        /** A symbolic link; the target is kept as it is, and nothing here follows it. */
        record Symlink(String path, Repository repository, ObjectId id) implements Entry {}

        /** A file kept in Git LFS. */
        record Large(String path, boolean executable, long size, Path content) implements Entry {}
    }

    private final Commit commit;
    private final DockerfilePath dockerfile;
    private final List<Entry> entries;
    private final List<Mirror.Reading> held;

    BuildContext(Commit commit, DockerfilePath dockerfile, List<Entry> entries, List<Mirror.Reading> held) {
        this.commit = commit;
        this.dockerfile = dockerfile;
        this.entries = List.copyOf(entries);
        this.held = List.copyOf(held);
    }

    /** The commit that the tree is of. */
    public Commit commit() {
        return commit;
    }

    /** Where the Dockerfile is in the archive. */
    public DockerfilePath dockerfile() {
        return dockerfile;
    }

    /** How many files, links and folders the archive holds. */
    public int size() {
        return entries.size();
    }

    /** The content of all files together, in bytes. */
    public long contentBytes() {
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += switch (entry) {
                case Entry.Blob blob -> blob.size();
                case Entry.Large large -> large.size();
                case Entry.Folder folder -> 0;
                case Entry.Symlink symlink -> 0;
            };
        }
        return bytes;
    }

    /**
     * Writes the archive (POSIX pax tar); may be called again, and from another thread. The stream stays open.
     *
     * @throws IOException when the stream does not take it all
     */
    public void writeTo(OutputStream out) throws IOException {
        // The commit's own time: what did not change is cached by content, and what did gets a new time, on which web
        // servers base their entity tags.
        TarWriter tar = new TarWriter(out, commit.at().getEpochSecond());
        // docker build takes its input for a Dockerfile unless the first block alone is a whole entry, which that of a
        // file with a long or international name is not.
        tar.folder(".");
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Folder folder -> tar.folder(folder.path());
                case Entry.Symlink symlink ->
                    tar.symlink(
                            symlink.path(),
                            new String(
                                    symlink.repository().open(symlink.id()).getBytes(),
                                    java.nio.charset.StandardCharsets.UTF_8));
                case Entry.Blob blob -> {
                    try (InputStream content = blob.repository().open(blob.id()).openStream()) {
                        tar.file(blob.path(), blob.executable(), blob.size(), content);
                    }
                }
                case Entry.Large large -> {
                    try (InputStream content = Files.newInputStream(large.content())) {
                        tar.file(large.path(), large.executable(), large.size(), content);
                    }
                }
            }
        }
        tar.finish();
    }

    @Override
    public void close() {
        held.forEach(Mirror.Reading::close);
    }
}
