package dev.havenkeep.teams;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import java.time.Instant;
import java.util.List;

/** That somebody may join a team, until it expires or is used. The link's secret is not part of it. */
record Invitation(
        String id,
        TeamId team,
        EmailAddress email,
        Role role,
        List<Grant> grants,
        UserId invitedBy,
        Instant createdAt,
        Instant expiresAt) {

    Invitation {
        grants = List.copyOf(grants);
    }
}
