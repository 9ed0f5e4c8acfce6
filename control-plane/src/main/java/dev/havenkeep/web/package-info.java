/**
 * What controllers share: pages and cursors, entity tags, resumable event streams, and the one place where a problem
 * becomes an RFC 9457 answer. It holds no endpoint of its own. Feature modules depend on it; it depends on the kernel.
 */
@NullMarked
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"kernel"})
package dev.havenkeep.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
