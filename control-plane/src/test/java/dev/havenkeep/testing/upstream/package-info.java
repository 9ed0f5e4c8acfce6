/**
 * Upstream providers for tests: real HTTP servers on loopback ports that follow the rules of Google, Microsoft, Apple,
 * GitHub and of the specifications as strictly as the real ones, with their quirks, and that attack when they are told
 * to. {@link dev.havenkeep.testing.upstream.Browser} signs in there.
 */
@NullMarked
package dev.havenkeep.testing.upstream;

import org.jspecify.annotations.NullMarked;
