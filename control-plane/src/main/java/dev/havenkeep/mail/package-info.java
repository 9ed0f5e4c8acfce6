/**
 * Mail that leaves: a message as a value, the server that takes it, and sending it over SMTP. Which server, and what the
 * messages say in which language, is the business of the modules that send.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "credentials"})
package dev.havenkeep.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
