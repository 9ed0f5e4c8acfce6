package dev.havenkeep.teams;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import dev.havenkeep.kernel.TeamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds the projects and environments that grants and tokens name, which live in a module above this one. */
@Component
class Places {

    private static final int MOST = 100;

    private final ObjectProvider<ScopeResolver> resolvers;

    Places(ObjectProvider<ScopeResolver> resolvers) {
        this.resolvers = resolvers;
    }

    /**
     * Reads the grants of a member or an invitation.
     *
     * @throws ProblemException 422 when one names nothing of this team, or a role that cannot be granted on a part
     */
    List<Grant> grants(TeamId team, @Nullable List<GrantForm> forms) {
        if (forms == null) {
            return List.of();
        }
        if (forms.size() > MOST) {
            throw new ProblemException(Problem.invalid("grants", "may be at most " + MOST));
        }
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            Grant grant = grant(team, forms.get(i), "grants[" + i + "]");
            for (Grant other : grants) {
                if (other.scope(team).equals(grant.scope(team))) {
                    throw new ProblemException(Problem.invalid("grants[" + i + "].scope", "is there twice"));
                }
            }
            grants.add(grant);
        }
        return grants;
    }

    /**
     * Reads the projects that a token is limited to.
     *
     * @throws ProblemException 422 when one is not of this team
     */
    List<ProjectId> projects(TeamId team, @Nullable List<String> ids) {
        if (ids == null) {
            return List.of();
        }
        if (ids.size() > MOST) {
            throw new ProblemException(Problem.invalid("projectIds", "may be at most " + MOST));
        }
        List<ProjectId> projects = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            ProjectId project =
                    find("project", ids.get(i), team, "projectIds[" + i + "]").project();
            if (project != null && !projects.contains(project)) {
                projects.add(project);
            }
        }
        return projects;
    }

    private Grant grant(TeamId team, GrantForm form, String path) {
        if (form.role() == Role.OWNER || form.role() == Role.NONE) {
            throw new ProblemException(
                    Problem.invalid(path + ".role", "must be admin, developer or viewer on a part of a team"));
        }
        String projectId = form.scope().projectId();
        String environmentId = form.scope().environmentId();
        if (projectId == null && environmentId == null) {
            throw new ProblemException(Problem.invalid(path + ".scope", "must name a project or an environment"));
        }
        Scope scope = environmentId != null
                ? find("environment", environmentId, team, path + ".scope.environmentId")
                : find("project", String.valueOf(projectId), team, path + ".scope.projectId");
        ProjectId project = scope.project();
        if (project == null || (projectId != null && !project.value().equals(projectId))) {
            throw new ProblemException(Problem.invalid(path + ".scope.projectId", "is not the environment's project"));
        }
        return new Grant(project, scope.environment(), form.role());
    }

    private Scope find(String kind, String id, TeamId team, String path) {
        Optional<Scope> found;
        try {
            found = resolvers.stream()
                    .filter(resolver -> resolver.pathVariable().equals(kind))
                    .findFirst()
                    .flatMap(resolver -> resolver.resolve(id));
        } catch (ProblemException e) {
            found = Optional.empty();
        }
        return found.filter(scope -> scope.team().equals(team))
                .orElseThrow(() -> new ProblemException(Problem.invalid(path, "is no " + kind + " of this team")));
    }
}
