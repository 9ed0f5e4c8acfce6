package dev.havenkeep.sources;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Walks a commit's tree and says what of it belongs into the build context: what {@code .dockerignore} leaves out is
 * left out, submodules are walked as if their files were the repository's own, and files kept in LFS are fetched.
 */
final class ContextCollector {

    private static final int MAX_ENTRIES = 500_000;
    private static final int MAX_DEPTH = 5;
    private static final int MAX_IGNORE_FILE = 1024 * 1024;
    private static final int MAX_CONFIG_FILE = 256 * 1024;

    private final Sources sources;
    private final GitSource source;
    private final Commit commit;
    private final long maxBytes;
    private final Cancellation cancellation;
    private final List<BuildContext.Entry> entries = new ArrayList<>();
    private final List<Mirror.Reading> held = new ArrayList<>();
    private IgnoreRules rules = IgnoreRules.none();
    private boolean dockerfileSeen;
    private String ignoreFile = ".dockerignore";
    private long bytes;

    ContextCollector(Sources sources, GitSource source, Commit commit, long maxBytes, Cancellation cancellation) {
        this.sources = sources;
        this.source = source;
        this.commit = commit;
        this.maxBytes = maxBytes;
        this.cancellation = cancellation;
    }

    /** One repository as it is walked: the source's own, or a submodule's. */
    private record Root(
            Repository repository,
            Remote remote,
            LfsObjects lfs,
            ObjectId commit,
            String mount,
            int depth,
            List<LfsObjects.Wanted> wanted,
            List<Pending> pending) {}

    /** A place in the entries that an LFS file takes once it is fetched. */
    private record Pending(int index, String path, boolean executable, LfsPointer pointer) {}

    BuildContext collect(Mirror.Reading reading, Remote remote, LfsObjects lfs) throws IOException {
        held.add(reading);
        try {
            ObjectId id = ObjectId.fromString(commit.sha().value());
            Repository repository = reading.repository();
            String folder =
                    source.contextDir().isRoot() ? "" : source.contextDir().value();
            try (RevWalk walk = new RevWalk(repository)) {
                RevTree tree = walk.parseCommit(id).getTree();
                if (!folder.isEmpty()) {
                    try (TreeWalk at = TreeWalk.forPath(repository, folder, tree)) {
                        if (at == null || !at.getFileMode(0).equals(FileMode.TREE)) {
                            throw new ProblemException(SourceProblems.contextMissing(source, commit.sha()));
                        }
                    }
                }
                readIgnoreFile(repository, tree, folder);
            }
            walk(new Root(repository, remote, lfs, id, "", 0, new ArrayList<>(), new ArrayList<>()), folder);
            if (!dockerfileSeen) {
                throw new ProblemException(SourceProblems.dockerfileMissing(source, commit.sha()));
            }
            return new BuildContext(commit, source.dockerfile(), entries, held);
        } catch (IOException | RuntimeException e) {
            held.forEach(Mirror.Reading::close);
            throw e;
        }
    }

    private void readIgnoreFile(Repository repository, RevTree tree, String folder) throws IOException {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        String specific = source.dockerfile() + ".dockerignore";
        byte[] text = file(repository, tree, prefix + specific, MAX_IGNORE_FILE);
        if (text != null) {
            ignoreFile = specific;
        } else {
            text = file(repository, tree, prefix + ignoreFile, MAX_IGNORE_FILE);
        }
        if (text != null) {
            try {
                rules = IgnoreRules.parse(new String(text, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        SourceProblems.contextRefused(source, ignoreFile + ": " + e.getMessage()), e);
            }
        }
    }

    private void walk(Root root, String folder) throws IOException {
        try (RevWalk revWalk = new RevWalk(root.repository());
                TreeWalk walk = new TreeWalk(root.repository())) {
            RevTree tree = revWalk.parseCommit(root.commit()).getTree();
            Map<String, String> submodules = submodules(root, tree);
            walk.addTree(tree);
            walk.setRecursive(false);
            walk.setOperationType(TreeWalk.OperationType.CHECKOUT_OP);
            walk.setAttributesNodeProvider(root.repository().createAttributesNodeProvider());
            while (walk.next()) {
                String inRepository = walk.getPathString();
                if (!folder.isEmpty() && !inRepository.startsWith(folder + "/")) {
                    if (walk.isSubtree()
                            && folder.startsWith(inRepository)
                            && (folder + "/").startsWith(inRepository + "/")) {
                        walk.enterSubtree();
                    }
                    continue;
                }
                String relative = folder.isEmpty() ? inRepository : inRepository.substring(folder.length() + 1);
                String path = root.mount().isEmpty() ? relative : root.mount() + "/" + relative;
                take(root, walk, path, inRepository, submodules);
            }
            finishLfs(root, tree);
        }
    }

    private void take(Root root, TreeWalk walk, String path, String inRepository, Map<String, String> submodules)
            throws IOException {
        checkName(walk.getNameString());
        FileMode mode = walk.getFileMode(0);
        boolean ignored = rules.ignores(path) && !alwaysSent(path);
        if (mode.equals(FileMode.TREE)) {
            if (rules.ignoresAllUnder(path) && !leadsToAlwaysSent(path)) {
                return;
            }
            if (!ignored) {
                add(new BuildContext.Entry.Folder(path));
            }
            walk.enterSubtree();
            return;
        }
        if (mode.equals(FileMode.GITLINK)) {
            if (!rules.ignoresAllUnder(path)) {
                submodule(root, walk.getObjectId(0), path, submodules.get(inRepository));
            }
            return;
        }
        if (ignored) {
            return;
        }
        dockerfileSeen |= path.equals(source.dockerfile().value());
        if (mode.equals(FileMode.SYMLINK)) {
            add(new BuildContext.Entry.Symlink(path, root.repository(), walk.getObjectId(0)));
        } else {
            file(root, walk, path, mode.equals(FileMode.EXECUTABLE_FILE));
        }
    }

    private void file(Root root, TreeWalk walk, String path, boolean executable) throws IOException {
        ObjectId id = walk.getObjectId(0);
        long size = walk.getObjectReader().getObjectSize(id, org.eclipse.jgit.lib.Constants.OBJ_BLOB);
        if (size < LfsPointer.MAX_LENGTH && inLfs(walk)) {
            LfsPointer pointer =
                    LfsPointer.parse(walk.getObjectReader().open(id).getBytes()).orElse(null);
            if (pointer != null) {
                root.wanted().add(new LfsObjects.Wanted(pointer, path));
                root.pending().add(new Pending(entries.size(), path, executable, pointer));
                count(pointer.size());
            }
        }
        count(size);
        add(new BuildContext.Entry.Blob(path, executable, size, root.repository(), id));
    }

    private static boolean inLfs(TreeWalk walk) {
        Attribute filter = walk.getAttributes().get("filter");
        return filter != null && "lfs".equals(filter.getValue());
    }

    private void finishLfs(Root root, RevTree tree) throws IOException {
        if (root.wanted().isEmpty()) {
            return;
        }
        Config config = config(root.repository(), tree, ".lfsconfig");
        root.lfs().fetch(root.wanted(), config.getString("lfs", null, "url"));
        for (Pending pending : root.pending()) {
            entries.set(
                    pending.index(),
                    new BuildContext.Entry.Large(
                            pending.path(),
                            pending.executable(),
                            pending.pointer().size(),
                            root.lfs().file(pending.pointer())));
        }
    }

    private void submodule(Root root, ObjectId id, String path, @Nullable String url) throws IOException {
        if (url == null) {
            throw new ProblemException(SourceProblems.contextRefused(
                    source,
                    "the submodule " + path + " has no address in .gitmodules. Add it, or remove the submodule."));
        }
        if (root.depth() >= MAX_DEPTH) {
            throw new ProblemException(SourceProblems.contextRefused(
                    source, "submodules are nested deeper than " + MAX_DEPTH + " levels"));
        }
        Sources.Opened opened = sources.openSubmodule(
                root.remote(), root.remote().url().resolve(url), new CommitSha(id.name()), cancellation);
        held.add(opened.reading());
        add(new BuildContext.Entry.Folder(path));
        walk(
                new Root(
                        opened.reading().repository(),
                        opened.remote(),
                        opened.lfs(),
                        id,
                        path,
                        root.depth() + 1,
                        new ArrayList<>(),
                        new ArrayList<>()),
                "");
    }

    /** The submodules' addresses by their paths (gitmodules(5)). */
    private static Map<String, String> submodules(Root root, RevTree tree) throws IOException {
        Config config = config(root.repository(), tree, ".gitmodules");
        Map<String, String> urls = new HashMap<>();
        for (String name : config.getSubsections("submodule")) {
            String path = config.getString("submodule", name, "path");
            String url = config.getString("submodule", name, "url");
            if (path != null && url != null) {
                urls.put(path, url);
            }
        }
        return urls;
    }

    private static Config config(Repository repository, RevTree tree, String name) throws IOException {
        Config config = new Config();
        byte[] text = file(repository, tree, name, MAX_CONFIG_FILE);
        if (text != null) {
            try {
                config.fromText(new String(text, StandardCharsets.UTF_8));
            } catch (ConfigInvalidException e) {
                throw new IOException(name + " is not a git configuration file", e);
            }
        }
        return config;
    }

    private static byte @Nullable [] file(Repository repository, RevTree tree, String path, int limit)
            throws IOException {
        try (TreeWalk at = TreeWalk.forPath(repository, path, tree)) {
            if (at == null || (at.getFileMode(0).getBits() & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
                return null;
            }
            return repository.open(at.getObjectId(0)).getBytes(limit);
        }
    }

    /** The Dockerfile and the ignore file go along whatever the rules say, as with docker's own client. */
    private boolean alwaysSent(String path) {
        return path.equals(source.dockerfile().value()) || path.equals(ignoreFile);
    }

    private boolean leadsToAlwaysSent(String folder) {
        return source.dockerfile().value().startsWith(folder + "/") || ignoreFile.startsWith(folder + "/");
    }

    /** Git refuses to make such names, but a server may send any tree. */
    private void checkName(String name) {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.equalsIgnoreCase(".git")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0) {
            throw new ProblemException(
                    SourceProblems.contextRefused(source, "its tree holds a file name that is not allowed"));
        }
    }

    private void count(long more) {
        bytes += more;
        if (bytes > maxBytes) {
            throw new ProblemException(SourceProblems.tooLarge(source.url(), "the build context", maxBytes));
        }
    }

    private void add(BuildContext.Entry entry) {
        if (entries.size() == MAX_ENTRIES) {
            throw new ProblemException(
                    SourceProblems.contextRefused(source, "it has more than " + MAX_ENTRIES + " files"));
        }
        entries.add(entry);
    }
}
