/**
 * Projects and their environments: how a team groups what it runs, and what permissions are granted on. A project
 * always begins with the environment production. It knows nothing of what is in an environment; whoever does refuses
 * its deletion by listening to {@link dev.havenkeep.projects.EnvironmentDeleting}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "teams"})
package dev.havenkeep.projects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
