package dev.havenkeep.sources;

import org.jspecify.annotations.Nullable;

/**
 * What an application is built from.
 *
 * @param branch absent for the repository's default branch
 * @param credential absent for a public repository
 * @param dockerfile relative to the context folder
 * @param contextDir the folder that the build sees
 */
public record GitSource(
        GitUrl url,
        @Nullable BranchName branch,
        @Nullable GitCredentialId credential,
        DockerfilePath dockerfile,
        ContextDir contextDir) {

    /** A public repository's default branch with its Dockerfile in the usual place. */
    public static GitSource of(GitUrl url) {
        return new GitSource(url, null, null, DockerfilePath.DEFAULT, ContextDir.ROOT);
    }

    /** The same, on another branch. */
    public GitSource onBranch(@Nullable BranchName other) {
        return new GitSource(url, other, credential, dockerfile, contextDir);
    }

    /** The same, with a credential. */
    public GitSource with(@Nullable GitCredentialId other) {
        return new GitSource(url, branch, other, dockerfile, contextDir);
    }
}
