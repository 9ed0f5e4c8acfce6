package dev.havenkeep.connections;

/** How a sign-in at an upstream provider came out. */
public sealed interface UpstreamOutcome {

    /** The provider proved who it is. */
    record Proven(UpstreamIdentity identity) implements UpstreamOutcome {}

    /**
     * The person, or the provider for them, said no.
     *
     * @param reason what the provider said, cut and without control characters
     */
    record Denied(String reason) implements UpstreamOutcome {}

    /** Nobody is proven. */
    record Failed(UpstreamFailure failure) implements UpstreamOutcome {}
}
