/** The edge module as deployments and people use it, with real engines, containers and certificates. */
@NullMarked
package dev.havenkeep.edge;

import org.jspecify.annotations.NullMarked;
