package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An application: what its owner wants, and what is known about it.
 *
 * @param scope the team, project and environment that it belongs to
 * @param configuration what its next release will hold
 * @param status what its deployments report
 * @param record when it was made and changed
 */
public record Application(
        ApplicationId id,
        Scope scope,
        ApplicationName name,
        Configuration configuration,
        Status status,
        Record record) {

    /**
     * The record's own life.
     *
     * @param version grows with each change of the configuration; the resource's ETag
     * @param createdAt when it was made
     * @param changedAt when its configuration or its variables last changed
     * @param deletion what goes with it, once its deletion was asked for
     */
    public record Record(
            long version,
            Instant createdAt,
            Instant changedAt,
            @Nullable Deletion deletion) {}

    /**
     * What a deletion takes with it.
     *
     * @param volumes whether the data in its volumes goes too
     * @param abandon whether it goes even when its server does not answer; what it has there then stays
     */
    public record Deletion(boolean volumes, boolean abandon) {}
}
