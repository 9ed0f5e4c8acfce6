package dev.havenkeep.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param at when
 * @param actor who did it
 * @param requestId the request that did it, which logs and answers name too
 * @param action what was done, such as {@code application.created}
 * @param place where it happened; absent for the installation as a whole, such as a sign-in
 * @param target what it was done to
 * @param changes what changed, by field, redacted
 */
record AuditEvent(
        String id,
        Instant at,
        Actor actor,
        String requestId,
        String action,
        @Nullable Place place,
        Target target,
        Map<String, Object> changes) {

    /**
     * Who did it.
     *
     * @param kind {@code person}, {@code token}, {@code system} or {@code anonymous}
     * @param userId the person, or the one whose token it was
     * @param name how they were called then
     * @param tokenId the API token that was used, if any
     * @param address from where, if by a request
     */
    record Actor(
            String kind,
            @Nullable String userId,
            String name,
            @Nullable String tokenId,
            @Nullable String address) {}

    /**
     * The team, and the part of it.
     *
     * @param teamId the team
     * @param projectId the project, if in one
     * @param environmentId the environment, if in one
     */
    record Place(
            String teamId,
            @Nullable String projectId,
            @Nullable String environmentId) {}

    /**
     * What it was done to, and how that was called then.
     *
     * @param type what kind of thing, such as {@code application}
     * @param name how it was called then
     */
    record Target(String type, String id, String name) {}
}
