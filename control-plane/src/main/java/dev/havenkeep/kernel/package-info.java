/**
 * What every module stands on: ids, problems, secrets, the caller, the database and the clock. It knows nothing of
 * what Havenkeep does. Everything here is a value or a thin seam over the framework.
 */
@NullMarked
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
package dev.havenkeep.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
