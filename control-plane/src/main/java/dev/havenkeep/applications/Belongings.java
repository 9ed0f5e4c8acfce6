package dev.havenkeep.applications;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import dev.havenkeep.kernel.TeamId;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes sure that what an application names belongs to its own team: the same question that authorises paths. */
@Component
class Belongings {

    private final ObjectProvider<ScopeResolver> resolvers;

    Belongings(ObjectProvider<ScopeResolver> resolvers) {
        this.resolvers = resolvers;
    }

    Scope scopeOf(EnvironmentId environment) {
        return resolve("environment", environment.value())
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no environment with this id.")));
    }

    void check(TeamId team, Configuration configuration) {
        require(team, "server", configuration.server().value(), "serverId", "names no server of the team");
        if (configuration.source() instanceof Source.Git git && git.credentialId() != null) {
            require(
                    team,
                    "credential",
                    git.credentialId().value(),
                    "source.credentialId",
                    "names no git credential of the team");
        }
    }

    private void require(TeamId team, String kind, String id, String path, String message) {
        if (resolve(kind, id).map(Scope::team).filter(team::equals).isEmpty()) {
            throw Accepted.refusal(path, message);
        }
    }

    private Optional<Scope> resolve(String kind, String id) {
        return resolvers.stream()
                .filter(resolver -> resolver.pathVariable().equals(kind))
                .findAny()
                .flatMap(resolver -> resolver.resolve(id));
    }
}
