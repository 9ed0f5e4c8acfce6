@NullMarked
package dev.havenkeep.api;

import org.jspecify.annotations.NullMarked;
