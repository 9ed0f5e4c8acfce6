package dev.havenkeep.engine;

/** Something that a container sees at a path of its own. */
public sealed interface Mount {

    /** The absolute path in the container. */
    String target();

    /** A volume, which outlives the container. */
    record Volume(VolumeName volume, String target, boolean readOnly) implements Mount {}

    /** A file or folder of the server; never from what a user says without the server's owner allowing it. */
    record Bind(String source, String target, boolean readOnly) implements Mount {}

    /** Memory, gone with the container. */
    record Memory(String target, long sizeBytes) implements Mount {}
}
