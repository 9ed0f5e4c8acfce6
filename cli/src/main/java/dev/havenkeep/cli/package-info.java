/** The {@code haven} command: a client of the public API only. */
@NullMarked
package dev.havenkeep.cli;

import org.jspecify.annotations.NullMarked;
