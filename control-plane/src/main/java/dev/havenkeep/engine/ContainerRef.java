package dev.havenkeep.engine;

/** A container, by its id or by its name. */
public sealed interface ContainerRef permits ContainerId, ContainerName {

    /** The text that the engine knows it by. */
    String value();
}
