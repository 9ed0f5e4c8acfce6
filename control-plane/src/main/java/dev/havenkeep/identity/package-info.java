/**
 * The people of an installation: who they are, how they prove it, and the sessions of their browsers. Everything that
 * a sign-in does inside (password, lock-out, session) is behind {@link dev.havenkeep.identity.SignIn} and
 * {@link dev.havenkeep.identity.Sessions}, where an OpenID provider takes its place later. What a person may do is not
 * known here; the teams module adds that, and further ways for a request to prove who sends it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "credentials"})
package dev.havenkeep.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
