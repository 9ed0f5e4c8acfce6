package dev.havenkeep.teams;

import org.jspecify.annotations.Nullable;

/**
 * A grant as the API shows and takes it.
 *
 * @param scope the project or environment that it is on
 * @param role what the person is there
 */
record GrantForm(Place scope, Role role) {

    /**
     * The part of the team that it is on.
     *
     * @param projectId may be left out when there is an environment
     * @param environmentId absent for the whole project
     */
    record Place(@Nullable String projectId, @Nullable String environmentId) {}

    static GrantForm of(Grant grant) {
        return new GrantForm(
                new Place(
                        grant.project().value(),
                        grant.environment() == null ? null : grant.environment().value()),
                grant.role());
    }
}
