@org.jspecify.annotations.NullMarked
package dev.havenkeep.provider;
