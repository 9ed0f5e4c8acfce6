package dev.havenkeep.teams;

import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import dev.havenkeep.kernel.TeamId;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the things of this module live: each in its team. */
@Configuration(proxyBeanMethods = false)
class TeamScopes {

    private record Resolver(String pathVariable, Function<String, Optional<TeamId>> team) implements ScopeResolver {

        @Override
        public Optional<Scope> resolve(String id) {
            return team.apply(id).map(Scope::of);
        }
    }

    @Bean
    ScopeResolver teamScope(TeamStore store) {
        return new Resolver("team", id -> store.find(new TeamId(id)).map(Team::id));
    }

    @Bean
    ScopeResolver memberScope(TeamStore store) {
        return new Resolver("member", id -> store.membership(id).map(Membership::team));
    }

    @Bean
    ScopeResolver invitationScope(TeamStore store) {
        return new Resolver("invitation", id -> store.invitation(id).map(Invitation::team));
    }

    @Bean
    ScopeResolver tokenScope(TokenStore store) {
        return new Resolver(
                "token", id -> store.find(id).map(kept -> kept.token().team()));
    }
}
