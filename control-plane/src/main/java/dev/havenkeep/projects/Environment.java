package dev.havenkeep.projects;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import java.time.Instant;

/**
 * Where applications of a project run together and reach each other, such as production or staging.
 *
 * @param id the environment's id
 * @param projectId the project that it belongs to
 * @param teamId the team that the project belongs to
 * @param name its name, unique in the project
 * @param version counts its changes; the ETag
 * @param createdAt when it was made
 * @param changedAt when it was last changed
 */
public record Environment(
        EnvironmentId id,
        ProjectId projectId,
        TeamId teamId,
        EnvironmentName name,
        long version,
        Instant createdAt,
        Instant changedAt) {

    /** Where it lives. */
    Scope scope() {
        return new Scope(teamId, projectId, id);
    }
}
