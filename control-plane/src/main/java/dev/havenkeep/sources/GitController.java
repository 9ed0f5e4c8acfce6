package dev.havenkeep.sources;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SshKeys;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Git credentials of a team, and the check of a repository before an application is made of it. */
@RestController
@RequestMapping("/api/v1")
class GitController {

    private final GitCredentials credentials;
    private final Sources sources;

    GitController(GitCredentials credentials, Sources sources) {
        this.credentials = credentials;
        this.sources = sources;
    }

    /**
     * A git credential to add.
     *
     * @param name unique in the team
     * @param kind a generated deploy key, or a token
     * @param username what goes with the token, where the git host wants one
     * @param secret the token; absent for a deploy key
     */
    record NewGitCredential(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) GitCredential.Kind kind,
            @Nullable String username,
            @Nullable Secret secret) {}

    /**
     * The SSH host key of a git host.
     *
     * @param server host and port
     * @param fingerprint SHA-256, as {@code ssh-keygen -l} prints it
     * @param firstSeenAt when it was pinned
     */
    record GitHostKey(String server, String fingerprint, Instant firstSeenAt) {}

    /**
     * How a repository is read that is not public.
     *
     * @param teamId the team that it belongs to
     * @param name unique in the team
     * @param kind how it proves itself
     * @param username what goes with the token, if anything
     * @param publicKey what to give the git host as a deploy key
     * @param hostKeys the SSH hosts that were contacted with it
     */
    record GitCredentialView(
            GitCredentialId id,
            TeamId teamId,
            String name,
            GitCredential.Kind kind,
            @Nullable String username,
            @Nullable String publicKey,
            List<GitHostKey> hostKeys,
            Instant createdAt) {}

    /**
     * A repository to check.
     *
     * @param url the repository
     * @param credentialId the team's git credential to use; absent for a public repository
     */
    record GitCheck(
            @JsonProperty(required = true) GitUrl url,
            @Nullable GitCredentialId credentialId) {}

    /**
     * What is in it.
     *
     * @param branches by name
     * @param defaultBranch the one that is deployed when none is named
     */
    record GitCheckResult(List<String> branches, @Nullable String defaultBranch) {}

    /** Lists the git credentials of a team, oldest first. */
    @GetMapping("/teams/{team}/git-credentials")
    Page<GitCredentialView> listGitCredentials(
            @PathVariable TeamId team,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return credentials.list(team, Paging.of(limit, cursor)).map(this::view);
    }

    /** Adds a git credential: a generated deploy key, or a token. */
    @PostMapping("/teams/{team}/git-credentials")
    ResponseEntity<GitCredentialView> createGitCredential(
            @PathVariable TeamId team, @RequestBody NewGitCredential body) {
        GitCredential made = switch (body.kind()) {
            case DEPLOY_KEY -> {
                if (body.secret() != null || body.username() != null) {
                    throw new ProblemException(Problem.invalid(
                            "secret", "must be absent: a deploy key is generated, and its public key answered"));
                }
                yield credentials.createDeployKey(team, body.name());
            }
            case TOKEN -> credentials.createToken(team, body.name(), body.username(), body.secret());
        };
        return ResponseEntity.created(URI.create("/api/v1/git-credentials/" + made.id()))
                .body(view(made));
    }

    /** Reads a git credential; its secret is never answered. */
    @GetMapping("/git-credentials/{credential}")
    GitCredentialView getGitCredential(@PathVariable GitCredentialId credential) {
        return view(credentials.get(credential));
    }

    /** Removes a git credential that no application uses. */
    @DeleteMapping("/git-credentials/{credential}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteGitCredential(@PathVariable GitCredentialId credential) {
        credentials.delete(credential);
    }

    /**
     * Forgets the SSH host keys that were seen with a credential. The next contact with each host pins the key that it
     * shows then.
     */
    @DeleteMapping("/git-credentials/{credential}/host-keys")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forgetGitHostKeys(@PathVariable GitCredentialId credential) {
        credentials.forgetHostKeys(credential);
    }

    /** Checks that a repository can be read, and lists its branches. */
    @PostMapping("/teams/{team}/git-check")
    GitCheckResult checkGitRepository(@PathVariable TeamId team, @RequestBody GitCheck body) {
        if (body.credentialId() != null) {
            sources.requireCredential(team, body.credentialId());
        }
        Branches found = sources.branches(body.url(), body.credentialId(), new Cancellation());
        if (found.names().isEmpty()) {
            throw new ProblemException(SourceProblems.empty(body.url()));
        }
        return new GitCheckResult(found.names(), found.defaultBranch());
    }

    private GitCredentialView view(GitCredential credential) {
        List<GitHostKey> hosts = credentials.hostKeys(credential.id()).stream()
                .map(host -> new GitHostKey(host.server(), SshKeys.fingerprint(host.key()), host.firstSeenAt()))
                .toList();
        return new GitCredentialView(
                credential.id(),
                credential.team(),
                credential.name(),
                credential.kind(),
                credential.username(),
                credential.publicKey(),
                hosts,
                credential.createdAt());
    }
}
