package dev.havenkeep.sources;

import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where a git credential lives: in its team. */
@Component
class GitCredentialScopes implements ScopeResolver {

    private final GitCredentialStore store;

    GitCredentialScopes(GitCredentialStore store) {
        this.store = store;
    }

    @Override
    public String pathVariable() {
        return "credential";
    }

    @Override
    public Optional<Scope> resolve(String id) {
        return store.find(new GitCredentialId(id)).map(credential -> Scope.of(credential.team()));
    }
}
