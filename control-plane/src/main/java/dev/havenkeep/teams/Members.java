package dev.havenkeep.teams;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.Paging;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Who is in a team, and as what. Nobody gives more than they hold, nor changes or removes somebody who holds more; and
 * a team always has an owner.
 */
@Component
class Members {

    private final TeamStore store;
    private final TokenStore tokens;
    private final TeamAccess access;
    private final Places places;
    private final Database database;
    private final ApplicationEventPublisher events;

    Members(
            TeamStore store,
            TokenStore tokens,
            TeamAccess access,
            Places places,
            Database database,
            ApplicationEventPublisher events) {
        this.store = store;
        this.tokens = tokens;
        this.access = access;
        this.places = places;
        this.database = database;
        this.events = events;
    }

    /** What was granted on a place goes with it. */
    @EventListener
    void forget(PlaceDeleted deleted) {
        store.deleteGrants(deleted.scope());
    }

    List<Membership> list(TeamId team, Paging paging) {
        return store.members(team, paging);
    }

    /**
     * Changes a member's role, grants, or both.
     *
     * @throws ProblemException 403 when it would give or take more than the caller holds, 409 for the last owner
     */
    Membership update(TeamId team, String id, String name, @Nullable Role role, @Nullable List<GrantForm> grants) {
        return database.transaction(() -> {
            store.lock(team);
            Membership before = get(team, id);
            Membership after = new Membership(
                    id,
                    team,
                    before.user(),
                    role == null ? before.role() : role,
                    grants == null ? before.grants() : places.grants(team, grants),
                    before.createdAt());
            Access own = access.current(team);
            requireHeld(own.holds(before), "change this member");
            requireHeld(own.holds(after), "give this role");
            if (before.role() == Role.OWNER && after.role() != Role.OWNER) {
                requireAnotherOwner(team);
            }
            store.update(after);
            Map<String, Object> changes = new HashMap<>();
            if (before.role() != after.role()) {
                changes.put("role", Map.of("from", before.role(), "to", after.role()));
            }
            if (!before.grants().equals(after.grants())) {
                changes.put("grants", Map.of("from", forms(before), "to", forms(after)));
            }
            events.publishEvent(new Audited("member.changed", Scope.of(team), "member", id, name, changes));
            return after;
        });
    }

    /**
     * Removes a member together with the API tokens that they have in the team.
     *
     * @throws ProblemException 403 when they hold more than the caller, 409 for the last owner
     */
    void remove(TeamId team, String id, String name) {
        database.transaction(() -> {
            store.lock(team);
            Membership member = get(team, id);
            requireHeld(access.current(team).holds(member), "remove this member");
            end(member, name, "member.removed");
        });
    }

    /**
     * Takes the caller out of a team.
     *
     * @throws ProblemException 403 for a token, 409 for the last owner
     */
    void leave(TeamId team) {
        Caller caller = Caller.current();
        UserId user = caller.user();
        if (caller.kind() != Caller.Kind.PERSON || user == null) {
            throw new ProblemException(Problem.forbidden("Only a person can leave a team; sign in to do it."));
        }
        database.transaction(() -> {
            store.lock(team);
            Membership member = store.membership(team, user)
                    .orElseThrow(() -> new ProblemException(Problem.notFound("You are not in this team.")));
            end(member, caller.name(), "member.left");
        });
    }

    Membership get(TeamId team, String id) {
        return store.membership(id)
                .filter(member -> member.team().equals(team))
                .orElseThrow(() -> new ProblemException(Problem.notFound("The team has no member with this id.")));
    }

    private void end(Membership member, String name, String action) {
        if (member.role() == Role.OWNER) {
            requireAnotherOwner(member.team());
        }
        List<Token> own = tokens.ofMember(member.team(), member.user());
        own.forEach(token -> tokens.delete(token.id()));
        store.deleteMembership(member.id());
        events.publishEvent(new Audited(
                action,
                Scope.of(member.team()),
                "member",
                member.id(),
                name,
                Map.of(
                        "role",
                        member.role(),
                        "revokedTokens",
                        own.stream().map(Token::name).toList())));
    }

    private void requireAnotherOwner(TeamId team) {
        if (store.owners(team) < 2) {
            throw new ProblemException(Problem.conflict(
                    "last-owner",
                    "The team needs an owner",
                    "This is the team's only owner. Make another member owner first, or delete the team."));
        }
    }

    private static void requireHeld(boolean held, String what) {
        if (!held) {
            throw new ProblemException(
                    Problem.forbidden("You cannot " + what + ": it goes beyond what you hold here yourself."));
        }
    }

    private static List<GrantForm> forms(Membership member) {
        return member.grants().stream().map(GrantForm::of).toList();
    }
}
