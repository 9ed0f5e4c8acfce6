/** Programs of others that sign in with our realms, as they come from npm, Debian and Maven Central. */
@org.jspecify.annotations.NullMarked
package dev.havenkeep.peers;
