package dev.havenkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A working copy with the bare repository that it pushes to, both made by git's own command. */
public final class GitRepository {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_SYSTEM", "/dev/null",
            "GIT_AUTHOR_NAME", "Ada",
            "GIT_AUTHOR_EMAIL", "ada@example.com",
            "GIT_COMMITTER_NAME", "Ada",
            "GIT_COMMITTER_EMAIL", "ada@example.com",
            "GIT_ALLOW_PROTOCOL", "file");

    private final Path bare;
    private final Path work;

    private GitRepository(Path bare, Path work) {
        this.bare = bare;
        this.work = work;
    }

    /** An empty repository {@code NAME.git} in the folder, with {@code main} as its default branch. */
    public static GitRepository in(Path folder, String name) {
        Path bare = folder.resolve(name + ".git");
        Path work = folder.resolve(name + "-work");
        run(folder, "git", "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        run(bare, "git", "config", "uploadpack.allowAnySHA1InWant", "false");
        run(folder, "git", "init", "--quiet", "--initial-branch=main", work.toString());
        run(work, "git", "remote", "add", "origin", bare.toString());
        return new GitRepository(bare, work);
    }

    /** The name that it is served under. */
    public String name() {
        return bare.getFileName().toString().replaceFirst("\\.git$", "");
    }

    /** The bare repository's folder. */
    public Path bare() {
        return bare;
    }

    /** The working copy's folder. */
    public Path work() {
        return work;
    }

    /** Writes a file into the working copy. */
    public GitRepository write(String path, String content) {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file into the working copy. */
    public GitRepository write(String path, byte[] content) {
        try {
            Path file = work.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a file of the working copy executable. */
    public GitRepository executable(String path) {
        try {
            Files.setPosixFilePermissions(work.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a symbolic link in the working copy. */
    public GitRepository link(String path, String target) {
        try {
            Files.createSymbolicLink(work.resolve(path), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds another repository as a submodule, under the address that its users will see. */
    public GitRepository submodule(String path, GitRepository other, String address) {
        git("submodule", "--quiet", "add", other.bare.toString(), path);
        git("config", "-f", ".gitmodules", "submodule." + path + ".url", address);
        return this;
    }

    /** Commits everything and pushes it to a branch; answers the commit's SHA. */
    public String push(String branch, String message) {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "-m", message);
        git("push", "--quiet", "--force", "origin", "HEAD:refs/heads/" + branch);
        return git("rev-parse", "HEAD").strip();
    }

    /** Runs git in the working copy and answers what it prints. */
    public String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        return run(work, command.toArray(String[]::new));
    }

    /** Makes a tree object, of any names, from lines as git-mktree(1) takes them; answers its id. */
    public String tree(String lines) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (String line : lines.split("\n")) {
            String mode = line.substring(0, line.indexOf(' ')).replaceFirst("^0", "");
            String id = line.substring(line.lastIndexOf(' ') + 1, line.indexOf('\t'));
            out.writeBytes(
                    (mode + " " + line.substring(line.indexOf('\t') + 1) + "\0").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(java.util.HexFormat.of().parseHex(id));
        }
        try {
            Path file = Files.write(bare.resolve("tree.tmp"), out.toByteArray());
            return git("hash-object", "-t", "tree", "-w", "--literally", file.toString())
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(Path folder, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(ENVIRONMENT);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + code + "\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
