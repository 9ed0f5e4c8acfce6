/**
 * Certificates: reading and checking those that people bring, an authority of the installation's own for development
 * names, and ACME for everything public. Private keys leave here only sealed, or on their way to an edge.
 */
@NullMarked
package dev.havenkeep.edge.certificates;

import org.jspecify.annotations.NullMarked;
