package dev.havenkeep.teams;

import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.CidrBlock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program signs in with, on behalf of the person who made it.
 *
 * @param limits what it may do at most
 * @param allowedNetworks from where it may be used; empty for anywhere
 * @param expiresAt until when; absent for until it is revoked
 */
record Token(
        String id,
        TeamId team,
        UserId user,
        String name,
        Limits limits,
        List<CidrBlock> allowedNetworks,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Use lastUse) {

    Token {
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    /**
     * What the token may do, whatever its maker may do besides.
     *
     * @param projects the only projects that it reaches; empty for all
     */
    record Limits(List<Permission> permissions, List<ProjectId> projects, boolean readOnly) {

        Limits {
            permissions = List.copyOf(permissions);
            projects = List.copyOf(projects);
        }
    }

    /** When and from where it was used last, to the minute. */
    record Use(Instant at, String address) {}
}
