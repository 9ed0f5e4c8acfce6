/**
 * The OpenID provider of every realm, over HTTP: Spring Security's authorization server made to serve many issuers, what
 * it lacks beside it, and the pages on which people sign in. A request below a realm's issuer is served here from its
 * outermost filter to its last byte and reaches nothing else of the application.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "web", "credentials", "connections", "realms", "pages", "pages :: view"})
package dev.havenkeep.provider;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
