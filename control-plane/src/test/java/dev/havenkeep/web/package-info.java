@NullMarked
package dev.havenkeep.web;

import org.jspecify.annotations.NullMarked;
