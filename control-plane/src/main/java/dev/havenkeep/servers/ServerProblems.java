package dev.havenkeep.servers;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** The problems that a link can meet, each with one code and one title wherever it happens. */
final class ServerProblems {

    private ServerProblems() {}

    /** 503: no connection to the server, or it was lost. */
    static ProblemException unreachable(String server, String why, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(
                        503,
                        "server-unreachable",
                        "The server cannot be reached",
                        "There is no connection to " + server + ": " + why
                                + ". Check that it is up and that its address and SSH port are right."),
                cause);
    }

    /** 503: the server answers, its Docker Engine does not. */
    static ProblemException engineUnreachable(String server, String socket, String why, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(
                        503,
                        "engine-unreachable",
                        "Docker does not answer",
                        "Docker on " + server + " does not answer on " + socket + ": " + why
                                + ". Check that it runs (systemctl status docker) and that the user may use it."),
                cause);
    }

    /** 409: the machine is another server already, which is told to nobody but its own team. */
    static ProblemException known(Server server, @Nullable Server other) {
        return new ProblemException(Problem.conflict(
                "already-a-server",
                "The machine is a server already",
                "The Docker of " + server.name() + " is that of "
                        + (other == null ? "another team's server" : "the server " + other.name())
                        + ", and a machine can be one server only. Use that one, and remove this. If this machine was"
                        + " copied from that one, give its Docker an id of its own: stop it, delete"
                        + " /var/lib/docker/engine-id and /etc/docker/key.json, and start it."));
    }

    /** 502: the server answers, but nothing accepts a stream at the address. */
    static ProblemException refused(String server, Address address, String why, @Nullable Throwable cause) {
        String where = switch (address) {
            case Address.Tcp tcp -> tcp.host() + ":" + tcp.port();
            case Address.Unix unix -> unix.path();
        };
        return new ProblemException(
                Problem.of(
                        502,
                        "connection-refused",
                        "Nothing answers there",
                        "On " + server + ", nothing accepts a connection at " + where + ": " + why + "."),
                cause);
    }

    /** 502: the server answers, but a command or a file operation there failed. */
    static ProblemException failed(String server, String what, String why, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(502, "server-refused", "The server refused", "On " + server + ", " + what + ": " + why),
                cause);
    }
}
