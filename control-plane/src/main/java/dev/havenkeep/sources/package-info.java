/**
 * Where applications come from: git repositories, kept as bare mirrors in the data folder and fetched incrementally,
 * so that no server ever needs a credential for one. {@link dev.havenkeep.sources.Sources} resolves a branch to a commit
 * and streams a commit's tree as a build context. It also keeps the credentials, sealed, and decides which network
 * addresses may be asked.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web"})
package dev.havenkeep.sources;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
