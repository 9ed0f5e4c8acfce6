/**
 * What an edge serves, as plain values: host names, paths, headers, networks, and the state of one edge made of them.
 * Every text that a user typed becomes one of these types before it goes anywhere. Nothing here does anything.
 */
@NullMarked
package dev.havenkeep.edge.routing;

import org.jspecify.annotations.NullMarked;
