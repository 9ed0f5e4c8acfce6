/** The control plane. Each sub-package is one module; see ARCHITECTURE.md for how they depend on each other. */
@NullMarked
package dev.havenkeep;

import org.jspecify.annotations.NullMarked;
