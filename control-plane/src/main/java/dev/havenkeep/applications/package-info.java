/**
 * Applications as their owners configure them: where they run, from which source, with which variables, volumes,
 * health check and limits. It keeps what is wanted and the state that deployments report, and makes nothing happen on
 * a server. Every user's text becomes a validated value here.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "projects", "servers", "sources"})
package dev.havenkeep.applications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
