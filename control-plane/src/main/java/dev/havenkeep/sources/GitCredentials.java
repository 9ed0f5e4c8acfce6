package dev.havenkeep.sources;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import dev.havenkeep.kernel.SshKeys;
import dev.havenkeep.kernel.StorableText;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Makes, lists, opens and deletes git credentials. A secret leaves only towards a repository's server. */
@Component
class GitCredentials {

    private static final int MAX_NAME = 100;
    private static final int MAX_SECRET = 8192;
    private static final String TARGET = "git-credential";

    private final GitCredentialStore store;
    private final Database database;
    private final SecretBox secrets;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    GitCredentials(
            GitCredentialStore store,
            Database database,
            SecretBox secrets,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.database = database;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    GitCredential createDeployKey(TeamId team, String name) {
        GitCredentialId id = new GitCredentialId(ids.next());
        KeyPair pair = SshKeys.generate();
        return create(new GitCredential(
                id,
                team,
                checkedName(name),
                GitCredential.Kind.DEPLOY_KEY,
                null,
                secrets.seal(SshKeys.privateText(pair), GitCredential.sealOwner(id)),
                SshKeys.publicText(pair),
                now()));
    }

    GitCredential createToken(TeamId team, String name, @Nullable String username, @Nullable Secret secret) {
        if (secret == null || secret.reveal().isEmpty() || secret.reveal().length() > MAX_SECRET) {
            throw invalid("secret", "must be the token, at most " + MAX_SECRET + " characters");
        }
        if (secret.reveal().chars().anyMatch(Character::isISOControl)) {
            throw invalid("secret", "must not hold line breaks or control characters");
        }
        String user = username == null || username.isBlank() ? "git" : username;
        if (user.length() > MAX_NAME || user.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
            throw invalid("username", "must be at most " + MAX_NAME + " characters, without a colon");
        }
        StorableText.require("username", user);
        GitCredentialId id = new GitCredentialId(ids.next());
        return create(new GitCredential(
                id,
                team,
                checkedName(name),
                GitCredential.Kind.TOKEN,
                user,
                secrets.seal(secret, GitCredential.sealOwner(id)),
                null,
                now()));
    }

    Page<GitCredential> list(TeamId team, Paging paging) {
        return Page.of(
                store.list(team, paging), paging, credential -> credential.id().value());
    }

    Optional<GitCredential> find(GitCredentialId id) {
        return store.find(id);
    }

    GitCredential get(GitCredentialId id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such git credential.")));
    }

    List<GitCredentialStore.PinnedHost> hostKeys(GitCredentialId id) {
        return store.hostKeys(id);
    }

    /** Deletes it, unless a listener of {@link GitCredentialDeletion} objects. */
    void delete(GitCredentialId id) {
        database.transaction(() -> {
            GitCredential credential = get(id);
            events.publishEvent(new GitCredentialDeletion(id, credential.name()));
            store.delete(id);
            audit("git-credential.deleted", credential, Map.of());
        });
    }

    void forgetHostKeys(GitCredentialId id) {
        database.transaction(() -> {
            GitCredential credential = get(id);
            store.forgetHostKeys(id);
            audit("git-credential.host-keys-forgotten", credential, Map.of());
        });
    }

    /** What a repository's server is shown; the problem names the team's part in it, never the secret. */
    Access open(@Nullable GitCredentialId id) {
        if (id == null) {
            return new Access.Anonymous();
        }
        GitCredential credential =
                store.find(id).orElseThrow(() -> new ProblemException(SourceProblems.credentialMissing()));
        Secret secret = secrets.open(credential.sealedSecret(), GitCredential.sealOwner(id));
        return switch (credential.kind()) {
            case DEPLOY_KEY -> new Access.DeployKey(id, SshKeys.parse(secret));
            case TOKEN -> {
                String username = credential.username();
                yield new Access.Token(id, username == null ? "git" : username, secret);
            }
        };
    }

    private GitCredential create(GitCredential credential) {
        return database.transaction(() -> {
            if (!store.insert(credential)) {
                throw new ProblemException(Problem.conflict(
                        "name-taken",
                        "The name is taken",
                        "The team has a git credential named " + credential.name() + ". Choose another name."));
            }
            audit(
                    "git-credential.created",
                    credential,
                    Map.of("kind", credential.kind().text(), "secret", "[secret]"));
            return credential;
        });
    }

    private void audit(String action, GitCredential credential, Map<String, Object> changes) {
        events.publishEvent(new Audited(
                action, Scope.of(credential.team()), TARGET, credential.id().value(), credential.name(), changes));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw invalid("name", "must be 1 to " + MAX_NAME + " characters, without control characters");
        }
        return StorableText.require("name", stripped);
    }

    private static ProblemException invalid(String path, String message) {
        return new ProblemException(Problem.invalid(path, message));
    }
}
