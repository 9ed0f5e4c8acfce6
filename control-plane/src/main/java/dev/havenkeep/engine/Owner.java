package dev.havenkeep.engine;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.TeamId;

/**
 * Who owns a stack; written on everything that it consists of.
 *
 * @param installation the {@link Installation}'s id
 * @param slug the application's name, which containers' names begin with
 */
public record Owner(
        String installation,
        TeamId team,
        ProjectId project,
        EnvironmentId environment,
        ApplicationId application,
        String slug) {}
