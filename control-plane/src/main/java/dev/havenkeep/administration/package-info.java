/**
 * The desk of the realms: what a team's operators see and change of them over the API. Realms themselves are the realms
 * module's, what their users meet is the provider's.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "credentials", "connections", "realms", "teams"})
package dev.havenkeep.administration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
