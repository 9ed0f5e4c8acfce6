package dev.havenkeep.teams;

import dev.havenkeep.kernel.AccessRules;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Finds a caller's {@link Access} in a team, from what the database says now. Within one request it is looked up once
 * and kept for a moment, since a list asks for each of its items.
 */
@Component
class TeamAccess implements AccessRules {

    private static final Duration KEPT = Duration.ofSeconds(1);

    private final TeamStore teams;
    private final TokenStore tokens;
    private final Clock clock;

    TeamAccess(TeamStore teams, TokenStore tokens, Clock clock) {
        this.teams = teams;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public boolean allows(Caller caller, Permission permission, Scope scope) {
        return caller.kind() == Caller.Kind.SYSTEM
                || of(caller, scope.team())
                        .filter(access -> access.allows(permission, scope))
                        .isPresent();
    }

    @Override
    public boolean mayKnow(Caller caller, Scope scope) {
        return caller.kind() == Caller.Kind.SYSTEM
                || of(caller, scope.team())
                        .filter(access -> access.mayKnow(scope))
                        .isPresent();
    }

    /** The current caller's access to a team as it is this instant, for deciding what they may give to others. */
    Access current(TeamId team) {
        return load(Caller.current(), team)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such team that you may see.")));
    }

    /** The access that a person has without a token. */
    Optional<Access> ofPerson(UserId user, TeamId team) {
        return teams.membership(team, user).map(Access::of);
    }

    private Optional<Access> of(Caller caller, TeamId team) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request == null) {
            return load(caller, team);
        }
        String name = TeamAccess.class.getName() + "/" + team + "/" + caller.user() + "/" + caller.tokenId();
        Instant now = clock.instant();
        if (request.getAttribute(name, RequestAttributes.SCOPE_REQUEST) instanceof Looked looked
                && looked.at().plus(KEPT).isAfter(now)) {
            return Optional.ofNullable(looked.access());
        }
        Optional<Access> access = load(caller, team);
        request.setAttribute(name, new Looked(access.orElse(null), now), RequestAttributes.SCOPE_REQUEST);
        return access;
    }

    private record Looked(@Nullable Access access, Instant at) {}

    private Optional<Access> load(Caller caller, TeamId team) {
        UserId user = caller.user();
        if (user == null) {
            return Optional.empty();
        }
        return switch (caller.kind()) {
            case PERSON -> ofPerson(user, team);
            case TOKEN -> {
                String tokenId = caller.tokenId();
                yield tokenId == null
                        ? Optional.empty()
                        : tokens.find(tokenId)
                                .map(TokenStore.Kept::token)
                                .filter(token -> token.team().equals(team))
                                .flatMap(token -> teams.membership(team, token.user())
                                        .map(membership -> Access.of(membership, token.limits())));
            }
            case SYSTEM, ANONYMOUS -> Optional.empty();
        };
    }
}
