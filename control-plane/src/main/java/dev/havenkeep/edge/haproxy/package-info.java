/**
 * HAProxy's two languages: its configuration file, rendered as a pure function of an edge's state, and the commands of
 * its run-time sockets. One quoter writes every value. Nothing here knows of containers or databases.
 */
@NullMarked
package dev.havenkeep.edge.haproxy;

import org.jspecify.annotations.NullMarked;
