package dev.havenkeep.teams;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Paging;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Teams as such: made, named, ended. */
@Component
class Teams {

    private final TeamStore store;
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Teams(TeamStore store, Database database, Ids ids, Clock clock, ApplicationEventPublisher events) {
        this.store = store;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /** Makes a team with its first owner. */
    Team create(DisplayName name, UserId owner) {
        return database.transaction(() -> {
            Team team = new Team(new TeamId(ids.next()), name.value(), 1, clock.instant());
            store.insert(team);
            store.insert(new Membership(ids.next(), team.id(), owner, Role.OWNER, List.of(), team.createdAt()));
            events.publishEvent(new Audited(
                    "team.created", Scope.of(team.id()), "team", team.id().value(), team.name(), Map.of()));
            return team;
        });
    }

    /**
     * Makes a further team.
     *
     * @throws ProblemException 403 when the person owns no team yet, so that an invitation is not a way around limits
     */
    Team createFurther(DisplayName name, UserId person) {
        if (!store.ownsATeam(person)) {
            throw new ProblemException(
                    Problem.forbidden("Only somebody who owns a team of this installation can make another one."));
        }
        return create(name, person);
    }

    Team get(TeamId id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such team that you may see.")));
    }

    List<Team> ofPerson(UserId person, Paging paging) {
        return store.ofUser(person, paging);
    }

    Optional<Team> find(TeamId id) {
        return store.find(id);
    }

    /** @throws ProblemException 412 when it has changed since the version that the caller read */
    Team rename(TeamId id, DisplayName name, @Nullable String ifMatch) {
        return database.transaction(() -> {
            Team team = get(id);
            EntityTag.check(ifMatch, team.version());
            if (team.name().equals(name.value())) {
                return team;
            }
            if (!store.rename(id, name.value(), team.version())) {
                EntityTag.check(EntityTag.of(team.version()), get(id).version());
            }
            events.publishEvent(new Audited(
                    "team.changed",
                    Scope.of(id),
                    "team",
                    id.value(),
                    name.value(),
                    Map.of("name", Map.of("from", team.name(), "to", name.value()))));
            return get(id);
        });
    }

    /** @throws ProblemException 409 when something of the team is still there, or it is the installation's first */
    void delete(TeamId id) {
        try {
            database.transaction(() -> {
                Team team = get(id);
                if (store.first().equals(id)) {
                    throw new ProblemException(Problem.conflict(
                            "first-team",
                            "The first team stays",
                            "This team was made with the installation and looks after it. It can be renamed instead."));
                }
                events.publishEvent(new TeamDeleting(id));
                events.publishEvent(
                        new Audited("team.deleted", Scope.of(id), "team", id.value(), team.name(), Map.of()));
                store.delete(id);
            });
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(
                    Problem.conflict(
                            "team-not-empty",
                            "The team is not empty",
                            "The team still has projects, servers or credentials. Delete those first."),
                    e);
        }
    }
}
