package dev.havenkeep.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Where a thing lives, which is what permissions are granted on: a team, a project of it, or an environment of that.
 *
 * @param project absent for things that belong to the team itself
 * @param environment absent for things that belong to the project or the team itself
 */
public record Scope(
        TeamId team, @Nullable ProjectId project, @Nullable EnvironmentId environment) {

    /** The scope of a team itself. */
    public static Scope of(TeamId team) {
        return new Scope(team, null, null);
    }

    /** Whether a grant on this scope covers the other one. */
    public boolean covers(Scope other) {
        return team.equals(other.team)
                && (project == null || project.equals(other.project))
                && (environment == null || environment.equals(other.environment));
    }
}
