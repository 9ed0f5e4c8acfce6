package dev.havenkeep.teams;

import dev.havenkeep.identity.User;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import java.util.List;

/**
 * What a browser needs to know about whom it is signed in as.
 *
 * @param user who it is
 * @param csrfToken what each mutation must carry in {@code X-CSRF-Token}
 * @param teams the teams that they are in
 */
record SignedIn(User user, String csrfToken, List<OwnTeam> teams) {

    /**
     * A team that the person is in.
     *
     * @param name what it is called
     * @param role their role in the whole team
     * @param permissions what they may do in the whole team
     * @param grants their roles on parts of it
     */
    record OwnTeam(TeamId id, String name, Role role, List<Permission> permissions, List<OwnGrant> grants) {

        static OwnTeam of(Team team, Membership membership) {
            Access access = Access.of(membership);
            return new OwnTeam(
                    team.id(),
                    team.name(),
                    membership.role(),
                    access.permissions(Scope.of(team.id())),
                    membership.grants().stream()
                            .map(grant -> OwnGrant.of(grant, access, team.id()))
                            .toList());
        }
    }

    /**
     * A part of the team on which they have a role besides.
     *
     * @param scope which part
     * @param role their role there
     * @param permissions what they may do there, all things considered
     */
    record OwnGrant(GrantForm.Place scope, Role role, List<Permission> permissions) {

        private static OwnGrant of(Grant grant, Access access, TeamId team) {
            GrantForm form = GrantForm.of(grant);
            return new OwnGrant(form.scope(), form.role(), access.permissions(grant.scope(team)));
        }
    }
}
