/**
 * Sign-in at upstream providers: Google, GitHub, Microsoft, Apple, and any that speaks OpenID Connect or OAuth 2.0.
 * {@link dev.havenkeep.connections.Upstream} starts a sign-in and says at its end who it was and how far their e-mail
 * address can be trusted; {@link dev.havenkeep.connections.Linking} says what account that is. Protocol only: what is
 * configured and what is pending is handed in and out, and kept by whoever calls.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "credentials"})
package dev.havenkeep.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
