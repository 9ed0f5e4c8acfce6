@NullMarked
package dev.havenkeep.kernel;

import org.jspecify.annotations.NullMarked;
