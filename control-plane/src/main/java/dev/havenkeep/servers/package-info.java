/**
 * The servers that Havenkeep deploys to, and the {@link dev.havenkeep.servers.Link} through which everything above
 * reaches one: locally or over SSH. Nothing above this module knows which. It keeps each server's address, pinned host
 * key and sealed credentials.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "teams"})
package dev.havenkeep.servers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
