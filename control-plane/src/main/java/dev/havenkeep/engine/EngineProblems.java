package dev.havenkeep.engine;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The problems that an engine can give, each with one code and one title wherever it happens. */
final class EngineProblems {

    private EngineProblems() {}

    /** 503: the connection to the engine broke off. */
    static ProblemException unreachable(@Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(
                        503,
                        "engine-unreachable",
                        "Docker does not answer",
                        "The connection to Docker broke off. Check that it runs on the server (systemctl status docker)."),
                cause);
    }

    /** 504: the engine took longer than it may. */
    static ProblemException timeout(EngineRequest request, long seconds, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(
                        504,
                        "engine-timeout",
                        "Docker takes too long",
                        "Docker did not answer " + request + " within " + seconds
                                + " seconds. The server may be overloaded or out of memory."),
                cause);
    }

    /** 502: what answers is not a Docker Engine that we understand. */
    static ProblemException garbled(Throwable cause) {
        return new ProblemException(
                Problem.of(
                        502,
                        "engine-garbled",
                        "Docker's answer makes no sense",
                        "The answer is not what a Docker Engine gives. Check that the socket is Docker's."),
                cause);
    }

    /** 502: the engine is older than Docker 20.10. */
    static ProblemException tooOld(ApiVersion version) {
        return new ProblemException(Problem.of(
                502,
                "engine-too-old",
                "Docker is too old",
                "The server's Docker speaks API " + version + "; Havenkeep needs " + ApiVersion.LEAST
                        + ", which Docker 20.10 and later have. Upgrade Docker on the server."));
    }

    /** 499: the work was ended by closing it. */
    static ProblemException closed() {
        return new ProblemException(Problem.of(
                499, "cancelled", "It was cancelled", "It was ended before it was done, as somebody asked."));
    }

    /** What the engine answered with an error status, told as what a person can do about it. */
    static ProblemException refused(int status, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left on device")) {
            return new ProblemException(Problem.of(
                    507,
                    "disk-full",
                    "The server's disk is full",
                    "Docker says: " + message + ". Free space on the server, then try again."));
        }
        if (lower.contains("no such image")
                || lower.contains("manifest unknown")
                || lower.contains("manifest for")
                || lower.contains("repository does not exist")
                || (lower.contains("not found") && lower.contains("failed to resolve reference"))) {
            return new ProblemException(Problem.of(
                    422,
                    "image-not-found",
                    "There is no such image",
                    "Docker says: " + message
                            + ". Check the image's name and tag, and its credentials if it is private."));
        }
        if (lower.contains("unauthorized") || lower.contains("authentication required") || lower.contains("denied")) {
            return new ProblemException(Problem.of(
                    422,
                    "image-access-denied",
                    "The registry refused",
                    "Docker says: " + message + ". Check the registry user name and password."));
        }
        if (lower.contains("dial tcp")
                || lower.contains("no such host")
                || lower.contains("tls handshake")
                || lower.contains("server gave http response to https client")
                || lower.contains("request canceled while waiting for connection")) {
            return new ProblemException(Problem.of(
                    502,
                    "registry-unreachable",
                    "The registry does not answer",
                    "Docker says: " + message
                            + ". Check the registry's name in the image, and the server's way to it."));
        }
        if (lower.contains("port is already allocated") || lower.contains("address already in use")) {
            return new ProblemException(Problem.of(
                    409,
                    "port-in-use",
                    "A port of the server is in use",
                    "Docker says: " + message + ". Stop what uses the port, or choose another."));
        }
        return new ProblemException(Problem.of(502, "engine-refused", "Docker refused", "Docker says: " + message)
                .with("engineStatus", status));
    }
}
