/**
 * What the world sees of a server: domains, routes, certificates and the HAProxy that serves them, driven at run time
 * so that neither a deployment nor a domain ever costs a request. What is wanted is in the database before anything
 * acts, and a reconciler makes each edge so.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "servers", "engine", "applications"})
package dev.havenkeep.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
