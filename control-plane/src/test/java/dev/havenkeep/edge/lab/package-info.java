/** Real things for the edge's tests: HAProxy in a container, upstreams that answer in a few lines. */
@NullMarked
package dev.havenkeep.edge.lab;

import org.jspecify.annotations.NullMarked;
