package dev.havenkeep.sources;

import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.TeamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Git repositories as the rest of Havenkeep sees them. Every method may take as long as the fetch timeout, ends soon
 * after a cancellation with the problem {@code cancelled}, and fails with one of {@code repository-unreachable} (502),
 * {@code credentials-rejected}, {@code host-key-changed}, {@code address-refused}, {@code repository-too-large} or
 * {@code repository-busy} when the repository cannot be had.
 */
@Component
public class Sources {

    private static final int MAX_MESSAGE = 200;

    private final GitCredentials credentials;
    private final Mirrors mirrors;
    private final GitSsh ssh;
    private final SourcesProperties properties;
    private final NetworkPolicy policy;
    private final JsonMapper json;

    Sources(
            GitCredentials credentials,
            Mirrors mirrors,
            GitSsh ssh,
            SourcesProperties properties,
            JsonMapper json,
            IsolatedGitConfig isolated) {
        this.credentials = credentials;
        this.mirrors = mirrors;
        this.ssh = ssh;
        this.properties = properties;
        this.policy = new NetworkPolicy(properties.allowPrivateNetworks());
        this.json = json;
        java.util.Objects.requireNonNull(isolated, "JGit must be set up before it is used");
    }

    /** A repository, open for reading, with the way to its server. */
    record Opened(Mirror.Reading reading, Remote remote, LfsObjects lfs) {}

    /**
     * Finds the commit to deploy: the named one, or else the tip of the source's branch as it is on the server now.
     *
     * @param wanted a whole or abbreviated SHA; absent for the branch's tip
     * @throws ProblemException also {@code repository-empty}, {@code branch-missing}, {@code commit-missing} or
     *     {@code commit-ambiguous}
     */
    public Commit resolve(GitSource source, @Nullable CommitSha wanted, Cancellation cancellation) {
        Remote remote = remote(source.url(), source.credential(), cancellation);
        Mirror mirror = mirrors.of(source.url(), source.credential());
        ObjectId id = wanted == null
                ? mirror.fetchBranch(remote, source.branch(), properties.fetchTimeout(), cancellation)
                : commit(mirror, remote, source.branch(), wanted, cancellation);
        try (Mirror.Reading reading = mirror.read()) {
            return describe(reading.repository(), id);
        } finally {
            mirrors.tidy(mirror);
        }
    }

    /** The repository's branches, asked of its server now. An empty repository has none. */
    public Branches branches(GitUrl url, @Nullable GitCredentialId credential, Cancellation cancellation) {
        return remote(url, credential, cancellation).branches();
    }

    /**
     * Prepares a commit's tree for streaming: fetches what of it is missing, submodules and LFS files included. The caller
     * closes the result.
     *
     * @throws ProblemException also {@code dockerfile-missing}, {@code context-missing}, {@code context-refused},
     *     {@code commit-missing} or {@code lfs-object-missing}
     */
    public BuildContext context(GitSource source, CommitSha sha, Cancellation cancellation) {
        Remote remote = remote(source.url(), source.credential(), cancellation);
        Mirror mirror = mirrors.of(source.url(), source.credential());
        ObjectId id = commit(mirror, remote, source.branch(), sha, cancellation);
        try {
            Mirror.Reading reading = mirror.read();
            Commit commit;
            try {
                commit = describe(reading.repository(), id);
            } catch (RuntimeException e) {
                reading.close();
                throw e;
            }
            return new ContextCollector(
                            this, source, commit, properties.maxContextSize().toBytes(), cancellation)
                    .collect(reading, remote, new LfsObjects(remote, mirror.folder(), json));
        } catch (IOException e) {
            throw new UncheckedIOException("The mirror of " + source.url() + " cannot be read", e);
        }
    }

    /**
     * Checks that a team may use a credential.
     *
     * @throws ProblemException 422 when the team has no such credential
     */
    public void requireCredential(TeamId team, GitCredentialId id) {
        if (credentials.find(id).filter(found -> found.team().equals(team)).isEmpty()) {
            throw new ProblemException(SourceProblems.credentialMissing());
        }
    }

    /**
     * Removes what is kept of a repository, when nothing is built from it with this credential any more. Its submodules'
     * mirrors stay for their usual time, since others may have the same ones.
     */
    public void forget(GitUrl url, @Nullable GitCredentialId credential) {
        mirrors.remove(url, credential);
    }

    /** A submodule's repository with its commit; the parent's credential goes along to the same server only. */
    Opened openSubmodule(Remote parent, GitUrl url, CommitSha sha, Cancellation cancellation) {
        boolean sameServer = url.sameServer(parent.url());
        Access access = sameServer ? parent.access() : new Access.Anonymous();
        Remote remote = new Remote(url, access, policy, ssh, properties, cancellation);
        Mirror mirror = mirrors.of(url, sameServer ? parent.credential() : null);
        commit(mirror, remote, null, sha, cancellation);
        return new Opened(mirror.read(), remote, new LfsObjects(remote, mirror.folder(), json));
    }

    private ObjectId commit(
            Mirror mirror, Remote remote, @Nullable BranchName branch, CommitSha sha, Cancellation cancellation) {
        try (Mirror.Reading reading = mirror.read()) {
            ObjectId there = mirror.find(reading.repository(), remote.url(), sha);
            if (there != null) {
                return there;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The mirror of " + remote.url() + " cannot be read", e);
        }
        return mirror.fetchCommit(remote, branch, sha, properties.fetchTimeout(), cancellation);
    }

    private Remote remote(GitUrl url, @Nullable GitCredentialId credential, Cancellation cancellation) {
        return new Remote(url, credentials.open(credential), policy, ssh, properties, cancellation);
    }

    private static Commit describe(Repository repository, ObjectId id) {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(id);
            String message = commit.getShortMessage().replaceAll("\\p{Cntrl}+", " ");
            return new Commit(
                    new CommitSha(id.name()),
                    message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message,
                    commit.getAuthorIdent().getName(),
                    Instant.ofEpochSecond(commit.getCommitTime()));
        } catch (IOException e) {
            throw new UncheckedIOException("A commit of the mirror cannot be read", e);
        }
    }
}
