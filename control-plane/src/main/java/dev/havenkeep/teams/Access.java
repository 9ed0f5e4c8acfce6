package dev.havenkeep.teams;

import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may do in one team: the effective permissions, computed from the membership as it is now and, for a
 * token, from its limits. The only place where that is decided.
 *
 * <p>Whoever has a role on a part sees the way to it: the team, the names on the path, and, where they may deploy, the
 * servers to choose from. A list on that way is filtered with {@link #mayKnow}.
 */
final class Access {

    /** What can be read on the way to a part in which one has a role. */
    private static final Set<Permission> ON_THE_WAY =
            Set.of(Permission.TEAM_READ, Permission.PROJECTS_READ, Permission.SERVERS_READ);

    private final TeamId team;
    private final Role role;
    private final List<Grant> grants;
    private final Token.@Nullable Limits limits;

    private Access(TeamId team, Role role, List<Grant> grants, Token.@Nullable Limits limits) {
        this.team = team;
        this.role = role;
        this.grants = grants;
        this.limits = limits;
    }

    static Access of(Membership membership) {
        return new Access(membership.team(), membership.role(), membership.grants(), null);
    }

    static Access of(Membership membership, Token.Limits limits) {
        return new Access(membership.team(), membership.role(), membership.grants(), limits);
    }

    boolean allows(Permission permission, Scope scope) {
        return team.equals(scope.team())
                && withinLimits(permission, scope)
                && (heldInTeam(permission) || granted(permission, scope) || onTheWay(permission, scope));
    }

    boolean mayKnow(Scope scope) {
        if (!team.equals(scope.team()) || !withinProjects(scope)) {
            return false;
        }
        return scope.project() == null
                || role != Role.NONE
                || grants.stream()
                        .anyMatch(grant -> grant.scope(team).covers(scope)
                                || (scope.environment() == null
                                        && grant.project().equals(scope.project())));
    }

    /** Whether this caller holds everything that the role would give there, and so may give it. */
    boolean holds(Role given, Scope scope) {
        return RolePermissions.of(given).stream().allMatch(permission -> allows(permission, scope));
    }

    /** Whether this caller holds everything that a member holds, and so may change or remove them. */
    boolean holds(Membership member) {
        return holds(member.role(), Scope.of(team))
                && member.grants().stream().allMatch(grant -> holds(grant.role(), grant.scope(team)));
    }

    /** What is allowed in a scope, in the order of {@link Permission}. */
    List<Permission> permissions(Scope scope) {
        return Arrays.stream(Permission.values())
                .filter(permission -> allows(permission, scope))
                .toList();
    }

    private boolean withinLimits(Permission permission, Scope scope) {
        return limits == null
                || (limits.permissions().contains(permission)
                        && (!limits.readOnly() || permission.readOnly())
                        && (limits.projects().isEmpty()
                                || (scope.project() == null
                                        ? ON_THE_WAY.contains(permission)
                                        : limits.projects().contains(scope.project()))));
    }

    private boolean withinProjects(Scope scope) {
        return limits == null
                || limits.projects().isEmpty()
                || scope.project() == null
                || limits.projects().contains(scope.project());
    }

    private boolean heldInTeam(Permission permission) {
        return RolePermissions.of(role).contains(permission);
    }

    private boolean granted(Permission permission, Scope scope) {
        return grants.stream()
                .anyMatch(grant -> grant.scope(team).covers(scope)
                        && RolePermissions.of(grant.role()).contains(permission));
    }

    private boolean onTheWay(Permission permission, Scope scope) {
        if (!ON_THE_WAY.contains(permission) || scope.environment() != null) {
            return false;
        }
        if (scope.project() != null) {
            return permission == Permission.PROJECTS_READ
                    && grants.stream().anyMatch(grant -> grant.project().equals(scope.project()));
        }
        if (permission == Permission.SERVERS_READ) {
            return grants.stream()
                    .anyMatch(grant -> RolePermissions.of(grant.role()).contains(Permission.APPLICATIONS_WRITE));
        }
        return permission == Permission.TEAM_READ || !grants.isEmpty();
    }
}
