package dev.havenkeep.projects;

import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group of environments that belong together, such as one product.
 *
 * @param id the project's id
 * @param teamId the team that it belongs to
 * @param name its name, unique in the team
 * @param description what it is for, in its people's words
 * @param version counts its changes; the ETag
 * @param createdAt when it was made
 * @param changedAt when it was last changed
 */
public record Project(
        ProjectId id,
        TeamId teamId,
        ProjectName name,
        @Nullable String description,
        long version,
        Instant createdAt,
        Instant changedAt) {

    /** Where it lives. */
    Scope scope() {
        return new Scope(teamId, id, null);
    }
}
