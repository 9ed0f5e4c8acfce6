package dev.havenkeep.sources;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.Collection;

/** What can be wrong with a source, and what to do about it. No text here ever holds a credential. */
final class SourceProblems {

    private static final int UNPROCESSABLE = 422;
    private static final int BAD_GATEWAY = 502;
    private static final int MAX_NAMES = 8;

    private SourceProblems() {}

    static Problem unreachable(GitUrl url, String why) {
        return Problem.of(BAD_GATEWAY, "repository-unreachable", "The repository cannot be reached", url + ": " + why);
    }

    static Problem empty(GitUrl url) {
        return Problem.of(
                UNPROCESSABLE,
                "repository-empty",
                "The repository is empty",
                url + " has no commit yet. Push a branch to it and try again.");
    }

    static Problem credentialsRejected(GitUrl url, String why) {
        return Problem.of(
                UNPROCESSABLE,
                "credentials-rejected",
                "The repository does not accept the credentials",
                url + ": " + why);
    }

    static Problem branchMissing(GitUrl url, BranchName branch, Collection<String> existing) {
        String there = existing.isEmpty()
                ? ""
                : " It has: "
                        + String.join(
                                ", ",
                                existing.stream().sorted().limit(MAX_NAMES).toList())
                        + (existing.size() > MAX_NAMES ? " and " + (existing.size() - MAX_NAMES) + " more." : ".");
        return Problem.of(
                UNPROCESSABLE,
                "branch-missing",
                "The branch does not exist",
                url + " has no branch " + branch + "." + there + " Choose another branch, or push this one.");
    }

    static Problem commitMissing(GitUrl url, CommitSha sha) {
        return Problem.of(
                UNPROCESSABLE,
                "commit-missing",
                "The commit does not exist",
                url + " has no commit " + sha + " on any branch. Was it pushed, or has its branch been rewritten?");
    }

    static Problem commitAmbiguous(GitUrl url, CommitSha sha) {
        return Problem.of(
                UNPROCESSABLE,
                "commit-ambiguous",
                "More than one commit starts like this",
                url + " has several commits that start with " + sha + ". Give more digits.");
    }

    static Problem dockerfileMissing(GitSource source, CommitSha sha) {
        String folder = source.contextDir().isRoot() ? "" : " in its folder " + source.contextDir();
        return Problem.of(
                UNPROCESSABLE,
                "dockerfile-missing",
                "There is no Dockerfile",
                "Commit " + sha.abbreviated() + " of " + source.url() + " has no file " + source.dockerfile() + folder
                        + ". Add it, or say where the Dockerfile is.");
    }

    static Problem contextMissing(GitSource source, CommitSha sha) {
        return Problem.of(
                UNPROCESSABLE,
                "context-missing",
                "The context folder does not exist",
                "Commit " + sha.abbreviated() + " of " + source.url() + " has no folder " + source.contextDir()
                        + ". Name one that it has, or . for the whole repository.");
    }

    static Problem contextRefused(GitSource source, String why) {
        return Problem.of(
                UNPROCESSABLE,
                "context-refused",
                "The commit cannot be used as a build context",
                source.url() + ": " + why);
    }

    static Problem tooLarge(GitUrl url, String what, long limit) {
        return Problem.of(
                UNPROCESSABLE,
                "repository-too-large",
                "The repository is too large",
                url + ": " + what + " would be more than " + limit / (1024 * 1024)
                        + " MiB. Remove large files from its history, or have the limit raised.");
    }

    static Problem lfsObjectMissing(GitUrl url, String path, String why) {
        return Problem.of(
                UNPROCESSABLE,
                "lfs-object-missing",
                "A file kept in Git LFS cannot be had",
                url + ": " + path + ": " + why);
    }

    static Problem addressRefused(GitUrl url, String host) {
        return Problem.of(
                UNPROCESSABLE,
                "address-refused",
                "The repository's address is not allowed",
                url + ": " + host
                        + " is a loopback, link-local or private address, which this installation does not fetch"
                        + " from. Use a public address, or have haven.sources.allow-private-networks set.");
    }

    static Problem hostKeyChanged(GitUrl url, String pinned, String offered) {
        return Problem.of(
                UNPROCESSABLE,
                "host-key-changed",
                "The repository's server has another host key",
                url + ": this credential knows the server by " + pinned + ", but it now shows " + offered
                        + ". If the server's owner changed it, forget the credential's host keys; else somebody may be"
                        + " in between.");
    }

    static Problem credentialMissing() {
        return Problem.invalid("credentialId", "is not a git credential of this team");
    }

    static ProblemException failure(Problem problem) {
        return new ProblemException(problem);
    }
}
