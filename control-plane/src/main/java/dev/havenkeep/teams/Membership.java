package dev.havenkeep.teams;

import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import java.time.Instant;
import java.util.List;

/**
 * That a person belongs to a team.
 *
 * @param id the membership's id, which paths call {@code member}
 * @param role the role in the whole team
 * @param grants further roles on parts of it
 */
record Membership(String id, TeamId team, UserId user, Role role, List<Grant> grants, Instant createdAt) {

    Membership {
        grants = List.copyOf(grants);
    }
}
