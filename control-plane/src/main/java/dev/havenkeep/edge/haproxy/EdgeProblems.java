package dev.havenkeep.edge.haproxy;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** What can go wrong with an edge. */
public final class EdgeProblems {

    private EdgeProblems() {}

    /** The edge does not answer on its sockets. */
    public static ProblemException unreachable(String detail, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(
                        503,
                        "edge-unreachable",
                        "The edge does not answer",
                        "The server's edge does not answer: " + detail
                                + ". It is restored by itself within seconds; if it is not, look at its container's log."),
                cause);
    }

    /** The edge answered a command in a way that was not expected. */
    public static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(
                502, "edge-refused", "The edge refused a command", "The server's edge answered: " + detail.strip()));
    }

    /** HAProxy does not accept the configuration; the one before stays. */
    public static ProblemException configuration(String detail) {
        return new ProblemException(Problem.of(
                500,
                "edge-configuration-refused",
                "The edge does not accept its configuration",
                "HAProxy refused the new configuration, so the one before stays in use: " + detail.strip()));
    }

    /** The edge's folder on the server cannot be used. */
    public static ProblemException folder(String path, String detail) {
        return new ProblemException(Problem.of(
                502,
                "edge-folder-unusable",
                "The edge's folder cannot be used",
                "The folder " + path + " on the server cannot be used; the user that Havenkeep signs in as must be able"
                        + " to write there: " + detail.strip()));
    }

    /** A container does not answer the edge. */
    public static ProblemException unanswered(String container, String detail) {
        return new ProblemException(Problem.of(
                502,
                "upstream-unreachable",
                "The container does not answer the edge",
                "The edge sent requests to " + container + " and got no answer: " + detail
                        + ". Does the application listen on the configured port on all addresses (0.0.0.0)?"));
    }
}
