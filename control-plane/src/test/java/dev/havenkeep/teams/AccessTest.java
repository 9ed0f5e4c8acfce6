package dev.havenkeep.teams;

import static dev.havenkeep.kernel.Permission.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final TeamId TEAM = new TeamId(id());
    private static final ProjectId SHOP = new ProjectId(id());
    private static final ProjectId BLOG = new ProjectId(id());
    private static final EnvironmentId SHOP_PRODUCTION = new EnvironmentId(id());
    private static final EnvironmentId SHOP_STAGING = new EnvironmentId(id());

    private static final Scope IN_TEAM = Scope.of(TEAM);
    private static final Scope IN_SHOP = new Scope(TEAM, SHOP, null);
    private static final Scope IN_BLOG = new Scope(TEAM, BLOG, null);
    private static final Scope IN_PRODUCTION = new Scope(TEAM, SHOP, SHOP_PRODUCTION);
    private static final Scope IN_STAGING = new Scope(TEAM, SHOP, SHOP_STAGING);

    @Test
    void eachRoleHoldsWhatTheNextHoldsAndOnlyOwnersEndTeams() {
        List<Role> roles = List.of(Role.OWNER, Role.ADMIN, Role.DEVELOPER, Role.VIEWER, Role.NONE);
        for (int i = 1; i < roles.size(); i++) {
            assertThat(RolePermissions.of(roles.get(i - 1))).containsAll(RolePermissions.of(roles.get(i)));
        }
        assertThat(RolePermissions.of(Role.OWNER)).containsExactlyInAnyOrder(Permission.values());
        assertThat(RolePermissions.of(Role.ADMIN)).doesNotContain(TEAM_DELETE).contains(MEMBERS_WRITE);
        assertThat(RolePermissions.of(Role.DEVELOPER)).doesNotContain(MEMBERS_WRITE, SERVERS_WRITE, AUDIT_READ);
        assertThat(RolePermissions.of(Role.VIEWER))
                .allMatch(Permission::readOnly)
                .doesNotContain(VARIABLES_READ);
        assertThat(RolePermissions.of(Role.NONE)).isEmpty();
    }

    @Test
    void roleInTheTeamHoldsEverywhereInItAndNowhereElse() {
        Access access = access(Role.DEVELOPER);

        assertThat(access.allows(DEPLOYMENTS_WRITE, IN_PRODUCTION)).isTrue();
        assertThat(access.allows(MEMBERS_WRITE, IN_TEAM)).isFalse();
        Scope elsewhere = Scope.of(new TeamId(id()));
        assertThat(Arrays.stream(Permission.values())).noneMatch(permission -> access.allows(permission, elsewhere));
        assertThat(access.mayKnow(elsewhere)).isFalse();
    }

    @Test
    void grantOnAnEnvironmentHoldsThereAndShowsOnlyTheWay() {
        Access access = access(Role.NONE, new Grant(SHOP, SHOP_PRODUCTION, Role.DEVELOPER));

        assertThat(access.allows(DEPLOYMENTS_WRITE, IN_PRODUCTION)).isTrue();
        assertThat(access.allows(DEPLOYMENTS_READ, IN_STAGING)).isFalse();
        assertThat(access.mayKnow(IN_STAGING)).isFalse();
        assertThat(access.mayKnow(IN_BLOG)).isFalse();
        assertThat(access.permissions(IN_SHOP)).containsExactly(PROJECTS_READ);
        assertThat(access.permissions(IN_TEAM)).containsExactly(TEAM_READ, SERVERS_READ, PROJECTS_READ);
    }

    @Test
    void grantAddsToTheRoleInTheTeam() {
        Access access = access(Role.VIEWER, new Grant(SHOP, null, Role.ADMIN));

        assertThat(access.allows(PROJECTS_DELETE, IN_SHOP)).isTrue();
        assertThat(access.allows(PROJECTS_DELETE, IN_STAGING)).isTrue();
        assertThat(access.allows(PROJECTS_DELETE, IN_BLOG)).isFalse();
        assertThat(access.allows(APPLICATIONS_READ, IN_BLOG)).isTrue();
        assertThat(access.allows(MEMBERS_WRITE, IN_TEAM)).isFalse();
    }

    @Test
    void memberWithNothingSeesTheTeamAndNoMore() {
        Access access = access(Role.NONE);

        assertThat(access.permissions(IN_TEAM)).containsExactly(TEAM_READ);
        assertThat(access.mayKnow(IN_SHOP)).isFalse();
    }

    @Test
    void tokenTakesAwayAndNeverAdds() {
        Access token = token(Role.VIEWER, List.of(DEPLOYMENTS_READ, DEPLOYMENTS_WRITE), List.of(), false);

        assertThat(token.allows(DEPLOYMENTS_READ, IN_SHOP)).isTrue();
        assertThat(token.allows(DEPLOYMENTS_WRITE, IN_SHOP)).isFalse();
        assertThat(token.allows(APPLICATIONS_READ, IN_SHOP)).isFalse();
    }

    @Test
    void readOnlyTokenChangesNothingWhateverItNames() {
        Access token = token(Role.OWNER, List.of(Permission.values()), List.of(), true);

        assertThat(Arrays.stream(Permission.values()))
                .allMatch(permission -> token.allows(permission, IN_PRODUCTION) == permission.readOnly());
    }

    @Test
    void tokenOfOneProjectReachesNeitherOthersNorTheTeamsOwnThings() {
        Access token = token(Role.OWNER, List.of(Permission.values()), List.of(SHOP), false);

        assertThat(token.allows(APPLICATIONS_WRITE, IN_PRODUCTION)).isTrue();
        assertThat(token.mayKnow(IN_BLOG)).isFalse();
        assertThat(token.allows(APPLICATIONS_READ, IN_BLOG)).isFalse();
        assertThat(token.permissions(IN_TEAM)).containsExactly(TEAM_READ, SERVERS_READ, PROJECTS_READ);
    }

    @Test
    void nobodyHoldsEnoughToGiveMoreThanTheyHave() {
        assertThat(access(Role.ADMIN).holds(Role.OWNER, IN_TEAM)).isFalse();
        assertThat(access(Role.ADMIN).holds(Role.ADMIN, IN_TEAM)).isTrue();
        assertThat(access(Role.NONE, new Grant(SHOP, null, Role.ADMIN)).holds(Role.DEVELOPER, IN_SHOP))
                .isTrue();
        assertThat(access(Role.NONE, new Grant(SHOP, null, Role.ADMIN)).holds(Role.VIEWER, IN_BLOG))
                .isFalse();
        assertThat(token(Role.OWNER, List.of(MEMBERS_WRITE), List.of(), false).holds(Role.VIEWER, IN_TEAM))
                .isFalse();
    }

    private static Access access(Role role, Grant... grants) {
        return Access.of(membership(role, grants));
    }

    private static Access token(Role role, List<Permission> permissions, List<ProjectId> projects, boolean readOnly) {
        return Access.of(membership(role), new Token.Limits(permissions, projects, readOnly));
    }

    private static Membership membership(Role role, Grant... grants) {
        return new Membership(id(), TEAM, new UserId(id()), role, List.of(grants), Instant.EPOCH);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
