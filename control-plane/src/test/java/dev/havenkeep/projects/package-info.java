@NullMarked
package dev.havenkeep.projects;

import org.jspecify.annotations.NullMarked;
