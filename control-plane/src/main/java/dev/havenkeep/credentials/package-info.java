/**
 * What people are known by and prove themselves with: addresses, names, passwords and their hashes. Values and pure
 * functions only; whose they are is kept by the modules that have people (identity for the platform's own, realms for
 * those of applications).
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web"})
package dev.havenkeep.credentials;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
