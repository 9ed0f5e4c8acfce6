package dev.havenkeep.sources;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bare mirror of one repository as one credential sees it. Fetches happen one at a time; reading goes on beside
 * them; collecting garbage waits until nobody reads.
 */
final class Mirror {

    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final String BRANCHES = "refs/haven/branches/";
    private static final String DEFAULT = "refs/haven/default";
    private static final String ALL = "refs/haven/all/";
    private static final int PACKS_WORTH_COLLECTING = 20;
    private static final Instant ANY_TIME = Instant.parse("9999-01-01T00:00:00Z");
    private static final long GRACE_MILLIS = Duration.ofDays(14).toMillis();

    private final Path folder;
    private final ReentrantLock fetching = new ReentrantLock(true);
    private final StampedLock content = new StampedLock();

    /** The one of this process in this folder; to be made once, since it opens what is locked there. */
    Mirror(Path folder) {
        this.folder = folder;
        dropLocks();
    }

    Path folder() {
        return folder;
    }

    /** Opens the mirror for reading, which keeps garbage collection away until the result is closed. */
    Reading read() {
        long stamp = content.readLock();
        try {
            return new Reading(this, open(), stamp);
        } catch (IOException e) {
            content.unlockRead(stamp);
            throw new UncheckedIOException("The mirror " + folder + " cannot be opened", e);
        }
    }

    /** The tip of a branch, or of the default branch, fetched now. */
    ObjectId fetchBranch(Remote remote, @Nullable BranchName branch, Duration deadline, Cancellation cancellation) {
        String local = branch == null ? DEFAULT : BRANCHES + hex(branch.value());
        String wanted = branch == null ? "HEAD" : "refs/heads/" + branch;
        return fetching(deadline, cancellation, repository -> {
            if (!remote.fetch(repository, List.of(new RefSpec("+" + wanted + ":" + local)), false)) {
                throw missing(remote, branch);
            }
            Ref ref = repository.exactRef(local);
            if (ref == null || ref.getObjectId() == null) {
                throw missing(remote, branch);
            }
            return ref.getObjectId();
        });
    }

    /** Brings a commit that is not there yet: from the branch, by its name alone, or else from all branches. */
    ObjectId fetchCommit(
            Remote remote, @Nullable BranchName branch, CommitSha sha, Duration deadline, Cancellation cancellation) {
        return fetching(deadline, cancellation, repository -> {
            List<List<RefSpec>> attempts = new ArrayList<>();
            attempts.add(List.of(new RefSpec(
                    branch == null
                            ? "+HEAD:" + DEFAULT
                            : "+refs/heads/" + branch + ":" + BRANCHES + hex(branch.value()))));
            if (sha.whole()) {
                attempts.add(List.of(new RefSpec(sha + ":refs/haven/commits/" + sha)));
            }
            attempts.add(List.of(new RefSpec("+refs/heads/*:" + ALL + "*"), new RefSpec("+refs/tags/*:refs/tags/*")));
            for (List<RefSpec> attempt : attempts) {
                remote.fetch(repository, attempt, true);
                ObjectId found = find(repository, remote.url(), sha);
                if (found != null) {
                    return found;
                }
            }
            throw new ProblemException(
                    remote.isEmpty()
                            ? SourceProblems.empty(remote.url())
                            : SourceProblems.commitMissing(remote.url(), sha));
        });
    }

    /** The commit of this name, if the mirror has it. */
    @Nullable
    ObjectId find(Repository repository, GitUrl url, CommitSha sha) throws IOException {
        if (sha.whole()) {
            ObjectId id = ObjectId.fromString(sha.value());
            try (RevWalk walk = new RevWalk(repository)) {
                return walk.parseCommit(id).getId();
            } catch (MissingObjectException e) {
                return null;
            }
        }
        List<ObjectId> commits = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            for (ObjectId candidate :
                    walk.getObjectReader().resolve(org.eclipse.jgit.lib.AbbreviatedObjectId.fromString(sha.value()))) {
                if (walk.parseAny(candidate) instanceof RevCommit commit) {
                    commits.add(commit.getId());
                }
            }
        }
        if (commits.size() > 1) {
            throw new ProblemException(SourceProblems.commitAmbiguous(url, sha));
        }
        return commits.isEmpty() ? null : commits.getFirst();
    }

    /** When it was last asked for. */
    Instant lastUsed() throws IOException {
        return Files.getLastModifiedTime(folder.resolve("HEAD")).toInstant();
    }

    /** Runs the work when nobody reads or fetches; does nothing when somebody does. */
    boolean ifIdle(Work<Boolean> work) throws IOException {
        if (!fetching.tryLock()) {
            return false;
        }
        long stamp = content.tryWriteLock();
        try (Repository repository = stamp == 0 ? null : open()) {
            return repository != null && work.on(repository);
        } finally {
            if (stamp != 0) {
                content.unlockWrite(stamp);
            }
            fetching.unlock();
        }
    }

    /** Repacks when many fetches have left many packs; what nothing refers to goes after two weeks. */
    void collectGarbage() throws IOException {
        ifIdle(repository -> {
            FileRepository files = (FileRepository) repository;
            if (files.getObjectDatabase().getPacks().size() < PACKS_WORTH_COLLECTING) {
                return false;
            }
            GC gc = new GC(files);
            gc.setExpireAgeMillis(GRACE_MILLIS);
            // Nobody reads now: packs that were put into a new one can go at once.
            gc.setPackExpire(ANY_TIME);
            try {
                gc.repack();
                gc.prune(java.util.Set.of());
            } catch (java.text.ParseException e) {
                throw new IOException(e);
            }
            return true;
        });
    }

    private <T> T fetching(Duration deadline, Cancellation cancellation, Work<T> work) {
        if (!cancellation.interrupting(() -> locked(deadline))) {
            throw new ProblemException(dev.havenkeep.kernel.Problem.of(
                    503,
                    "repository-busy",
                    "The repository is being fetched",
                    "Another fetch of this repository is still under way. Try again in a moment."));
        }
        try (Reading reading = read()) {
            return work.on(reading.repository());
        } catch (IOException e) {
            throw new UncheckedIOException("The mirror " + folder + " cannot be written", e);
        } finally {
            fetching.unlock();
        }
    }

    private boolean locked(Duration deadline) {
        try {
            return fetching.tryLock(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Cancellation.problem(), e);
        }
    }

    /** Nobody else uses the folder, so a lock that lies there was left by a process that was killed. */
    private void dropLocks() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path lock :
                    files.filter(file -> file.toString().endsWith(".lock")).toList()) {
                LOG.info("Removing the lock {}, which a process before this one left", lock);
                Files.deleteIfExists(lock);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The locks of the mirror " + folder + " cannot be removed", e);
        }
    }

    private Repository open() throws IOException {
        File directory = folder.toFile();
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory)
                .setBare()
                .setMustExist(false)
                .build();
        if (!Files.exists(folder.resolve("HEAD"))) {
            Files.createDirectories(folder);
            repository.create(true);
            repository.getConfig().setBoolean("core", null, "logAllRefUpdates", false);
            repository.getConfig().setInt("gc", null, "auto", 0);
            // Repacking shares a small heap with everything else.
            repository.getConfig().setInt("pack", null, "threads", 1);
            repository.getConfig().setString("pack", null, "windowMemory", "8m");
            repository.getConfig().setString("pack", null, "deltaCacheSize", "4m");
            repository.getConfig().setString("core", null, "bigFileThreshold", "4m");
            repository.getConfig().save();
        }
        return repository;
    }

    private static ProblemException missing(Remote remote, @Nullable BranchName branch) {
        List<String> existing = remote.branches().names();
        if (existing.isEmpty()) {
            return new ProblemException(SourceProblems.empty(remote.url()));
        }
        BranchName name = branch == null ? new BranchName("HEAD") : branch;
        return new ProblemException(SourceProblems.branchMissing(remote.url(), name, existing));
    }

    /** A ref name for any branch name, so that {@code a} and {@code a/b} can follow each other. */
    private static String hex(String name) {
        return java.util.HexFormat.of().formatHex(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void endReading(long stamp) {
        content.unlockRead(stamp);
    }

    /** What is done with the mirror while it is held. */
    @FunctionalInterface
    interface Work<T> {
        T on(Repository repository) throws IOException;
    }

    /** The mirror, open for reading. */
    static final class Reading implements AutoCloseable {
        private final Mirror mirror;
        private final Repository repository;
        private final long stamp;
        private boolean closed;

        private Reading(Mirror mirror, Repository repository, long stamp) {
            this.mirror = mirror;
            this.repository = repository;
            this.stamp = stamp;
        }

        Repository repository() {
            return repository;
        }

        Path folder() {
            return mirror.folder;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                repository.close();
                mirror.endReading(stamp);
            }
        }
    }
}
