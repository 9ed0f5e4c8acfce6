package dev.havenkeep.servers;

import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import dev.havenkeep.kernel.ServerId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A server belongs to its team. */
@Component
class ServerScopes implements ScopeResolver {

    private final ServerStore store;

    ServerScopes(ServerStore store) {
        this.store = store;
    }

    @Override
    public String pathVariable() {
        return "server";
    }

    @Override
    public Optional<Scope> resolve(String id) {
        return store.find(new ServerId(id)).map(server -> Scope.of(server.team()));
    }
}
