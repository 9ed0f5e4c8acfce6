/**
 * Realms: isolated worlds of people who sign in to applications. The registry says which there are and whose; what is
 * in a realm (users, clients, keys, sessions, events) is in a store of its own, a file or a schema, which no query can
 * leave. Nothing here speaks HTTP: the provider module is the door, the administration module the desk.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "credentials", "connections"})
package dev.havenkeep.realms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
