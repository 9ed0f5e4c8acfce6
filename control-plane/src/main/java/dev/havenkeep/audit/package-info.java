/**
 * What was done, by whom, from where. It listens to {@link dev.havenkeep.kernel.Audited} inside the transaction that
 * does the thing, redacts, and writes it down; nothing ever changes an event, and none goes before {@code haven.audit.retention}. Teams
 * query and export theirs.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web"})
package dev.havenkeep.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
