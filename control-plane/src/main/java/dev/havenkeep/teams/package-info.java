/**
 * Who may do what: teams, their members and roles, invitations, API tokens, and the one computation of effective
 * permissions that authorises every request. It also answers the questions that a browser asks first: is this
 * installation set up, and who am I. People themselves, their passwords and sessions are the identity module's.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "web", "credentials", "identity"})
package dev.havenkeep.teams;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
