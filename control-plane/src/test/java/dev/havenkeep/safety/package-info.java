/**
 * What holds for everything that people can type, whichever module takes it: nothing of it is ever executed, and nothing
 * of it that is a secret ever comes out.
 */
@org.jspecify.annotations.NullMarked
package dev.havenkeep.safety;
