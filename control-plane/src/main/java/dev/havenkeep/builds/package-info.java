/**
 * Makes an image of a commit on a server: streams the build context to that server's own docker command, which drives
 * BuildKit, and follows its output. Build secrets reach the build as mounted files and nothing else. How many builds a
 * server runs at once is limited here; who is next is not decided here.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "servers", "engine", "sources"})
package dev.havenkeep.builds;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
