/** Measurements of the packaged product, each printing one JSON line. */
@NullMarked
package dev.havenkeep.bench;

import org.jspecify.annotations.NullMarked;
