package dev.havenkeep.administration;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmId;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.teams.TeamDeleting;
import dev.havenkeep.web.Paging;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where a realm lives: in the team that it belongs to. The realm of the platform's own people is in none. */
@Component
class RealmScopes implements ScopeResolver {

    private static final int NAMED = 10;

    private final Realms realms;

    RealmScopes(Realms realms) {
        this.realms = realms;
    }

    @Override
    public String pathVariable() {
        return "realm";
    }

    @Override
    public Optional<Scope> resolve(String id) {
        return realms.find(new RealmId(id)).map(Realm::teamId).map(Scope::of);
    }

    @EventListener
    void keepTeamWithRealms(TeamDeleting deleting) {
        List<Realm> left = realms.list(deleting.team(), new Paging(NAMED, null)).items();
        if (!left.isEmpty()) {
            String names = left.stream().map(realm -> realm.name().value()).collect(Collectors.joining(", "));
            throw new ProblemException(Problem.conflict(
                    "team-not-empty", "The team still has realms", "Delete its realms first: " + names));
        }
    }
}
