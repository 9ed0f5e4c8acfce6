package dev.havenkeep.edge;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A domain belongs where its application does. */
@Component
class DomainScopes implements ScopeResolver {

    private final DomainStore store;
    private final Applications applications;

    DomainScopes(DomainStore store, Applications applications) {
        this.store = store;
        this.applications = applications;
    }

    @Override
    public String pathVariable() {
        return "domain";
    }

    @Override
    public Optional<Scope> resolve(String id) {
        return store.find(new DomainId(id))
                .flatMap(domain -> applications.find(domain.application()))
                .map(Application::scope);
    }
}
