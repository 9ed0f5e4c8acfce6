package dev.havenkeep.teams;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import org.jspecify.annotations.Nullable;

/**
 * A role on one project of a team, or on one environment of it, on top of the role in the team.
 *
 * @param environment absent for the whole project
 */
record Grant(ProjectId project, @Nullable EnvironmentId environment, Role role) {

    Scope scope(TeamId team) {
        return new Scope(team, project, environment);
    }
}
