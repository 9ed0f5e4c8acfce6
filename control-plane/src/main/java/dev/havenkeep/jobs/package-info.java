/**
 * Work that outlives the process: persisted in the database by db-scheduler, done once at a time per key, retried, and
 * taken over when the process that did it is gone. A module brings a {@link dev.havenkeep.jobs.Job} and calls it by
 * key. What the work is, nobody here knows.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.havenkeep.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
