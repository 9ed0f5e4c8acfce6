package dev.havenkeep.engine;

/** How a change to something of the engine came out; none of these is a failure. */
public enum Change {
    /** It was done now. */
    DONE,
    /** It was so already, or is being done by somebody else. */
    ALREADY,
    /** The thing does not exist. */
    ABSENT,
    /** It cannot be done since something else uses the thing. */
    IN_USE
}
