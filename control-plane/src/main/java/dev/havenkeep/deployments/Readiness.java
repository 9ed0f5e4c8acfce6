package dev.havenkeep.deployments;

import dev.havenkeep.applications.HealthCheck;
import dev.havenkeep.engine.Container;
import dev.havenkeep.engine.ContainerName;
import dev.havenkeep.engine.ExecSpec;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Address;
import dev.havenkeep.servers.Execution;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Waits until the new containers are ready for traffic: as the application's health check says, else the image's own,
 * else the open port, else that it has run for a while. A container that ends meanwhile is never ready.
 */
@Component
class Readiness {

    /** How long a container without port and check must run before it counts as started. */
    private static final Duration STABLE = Duration.ofSeconds(3);

    private static final long SHORTEST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;
    /** Looking again after a tenth of the time that it has taken so far, nobody waits a tenth longer than need be. */
    private static final int PAUSES_OF_ELAPSED = 10;

    private static final int SHOWN_LINES = 20;

    private final Replicas replicas;
    private final Listening listening;

    Readiness(Replicas replicas, Listening listening) {
        this.replicas = replicas;
        this.listening = listening;
    }

    /** How one look at a container came out. */
    private sealed interface Look {

        record Ready(String how) implements Look {}

        /**
         * @param why what it still lacks, for the person who waits
         * @param silent whether nothing accepts connections on the port
         */
        record NotYet(String why, boolean silent) implements Look {}
    }

    void await(Attempt attempt) {
        HealthCheck check = attempt.configuration().running().healthCheck();
        long start = System.nanoTime();
        long deadline = start + check.deadline().toNanos();
        Map<ContainerName, Look.NotYet> waiting = new LinkedHashMap<>();
        replicas.names(attempt).forEach(name -> waiting.put(name, new Look.NotYet("it has not been looked at", false)));
        while (true) {
            for (ContainerName name : List.copyOf(waiting.keySet())) {
                switch (look(attempt, check, name, start)) {
                    case Look.Ready(String how) -> {
                        waiting.remove(name);
                        attempt.log()
                                .say(
                                        Step.CHECKING,
                                        name + " is ready after "
                                                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms: "
                                                + how + ".");
                    }
                    case Look.NotYet notYet -> waiting.put(name, notYet);
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw neverReady(attempt, check, waiting);
            }
            attempt.pause(pause(System.nanoTime() - start));
        }
    }

    private static long pause(long elapsedNanos) {
        return Math.clamp(
                TimeUnit.NANOSECONDS.toMillis(elapsedNanos) / PAUSES_OF_ELAPSED,
                SHORTEST_PAUSE_MILLIS,
                LONGEST_PAUSE_MILLIS);
    }

    private Look look(Attempt attempt, HealthCheck check, ContainerName name, long start) {
        Container container = attempt.docker()
                .containers()
                .inspect(name)
                .orElseThrow(() -> Attempt.failure(
                        "container-gone",
                        "A container has disappeared",
                        "Somebody removed " + name + " while it was starting. Deploy again."));
        if (!container.state().running() || container.restarts() > 0) {
            throw ended(attempt, container);
        }
        Integer port = attempt.configuration().port();
        if (!check.command().isEmpty()) {
            return command(attempt, check, container);
        }
        if (check.path() != null && port != null) {
            return http(attempt, check, container, port, check.path());
        }
        return switch (container.state().health()) {
            case HEALTHY -> new Look.Ready("the image's own health check passes");
            case UNHEALTHY ->
                throw failed(
                        attempt,
                        container,
                        "The image's own health check fails: "
                                + container.state().healthOutput().strip());
            case STARTING -> new Look.NotYet("the image's own health check has not passed yet", false);
            case NONE -> port == null ? running(start) : open(attempt, check, container, port);
        };
    }

    private static Look running(long start) {
        return System.nanoTime() - start > STABLE.toNanos()
                ? new Look.Ready("it has run for " + STABLE.toSeconds() + " s")
                : new Look.NotYet("it has not run for " + STABLE.toSeconds() + " s", false);
    }

    private Look open(Attempt attempt, HealthCheck check, Container container, int port) {
        return switch (knock(attempt, check, container, port, null)) {
            case HttpProbe.Outcome.Open() -> new Look.Ready("port " + port + " is open");
            case HttpProbe.Outcome.Answered(int status) -> new Look.Ready("it answers with " + status);
            case HttpProbe.Outcome.Refused() -> new Look.NotYet("nothing listens on port " + port, true);
            case HttpProbe.Outcome.Unreadable(String why) -> new Look.NotYet(why, false);
        };
    }

    private Look http(Attempt attempt, HealthCheck check, Container container, int port, String path) {
        return switch (knock(attempt, check, container, port, path)) {
            case HttpProbe.Outcome.Answered(int status)
            when status >= 200 && status < 400 -> new Look.Ready("GET " + path + " answers with " + status);
            case HttpProbe.Outcome.Answered(int status) ->
                new Look.NotYet("GET " + path + " on port " + port + " answers with " + status, false);
            case HttpProbe.Outcome.Refused() -> new Look.NotYet("nothing listens on port " + port, true);
            case HttpProbe.Outcome.Unreadable(String why) ->
                new Look.NotYet("GET " + path + " on port " + port + ": " + why, false);
            case HttpProbe.Outcome.Open() -> throw new IllegalStateException("a request was made");
        };
    }

    private HttpProbe.Outcome knock(
            Attempt attempt, HealthCheck check, Container container, int port, @Nullable String path) {
        return replicas.address(attempt, container)
                .map(address -> attempt.cancellably(() -> HttpProbe.knock(
                        attempt.link(),
                        new Address.Tcp(address, port),
                        attempt.application().name().value(),
                        path,
                        check.timeout())))
                .orElseGet(HttpProbe.Outcome.Refused::new);
    }

    private static Look command(Attempt attempt, HealthCheck check, Container container) {
        // The engine runs the check at its interval, the first time only after one; asking ourselves is sooner.
        try (Execution execution = attempt.docker()
                        .containers()
                        .exec(
                                container.id(),
                                ExecSpec.of(check.timeout(), check.command().toArray(String[]::new)));
                Cancellation.Registration registration = attempt.cancellation().onCancel(execution::close)) {
            while (true) {
                switch (execution.next()) {
                    case Execution.Event.Output output -> {}
                    case Execution.Event.Exited(int code) -> {
                        attempt.cancellation().check();
                        return code == 0
                                ? new Look.Ready("the check command exits with 0")
                                : new Look.NotYet("the check command exits with " + code, false);
                    }
                    case Execution.Event.DeadlineExceeded() -> {
                        return new Look.NotYet(
                                "the check command runs longer than "
                                        + check.timeout().toSeconds() + " s",
                                false);
                    }
                }
            }
        } catch (ProblemException e) {
            if (e.problem().code().equals("container-not-running")) {
                return new Look.NotYet("it does not run", false);
            }
            throw e;
        }
    }

    private ProblemException neverReady(Attempt attempt, HealthCheck check, Map<ContainerName, Look.NotYet> waiting) {
        Map.Entry<ContainerName, Look.NotYet> first =
                waiting.entrySet().iterator().next();
        Container container =
                attempt.docker().containers().inspect(first.getKey()).orElseThrow();
        Integer port = attempt.configuration().port();
        String within = " within " + check.deadline().toSeconds() + " s. ";
        if (first.getValue().silent() && port != null) {
            return Attempt.failure(
                    "port-not-listening",
                    "Nothing listens on the port",
                    "Nothing in " + first.getKey() + " accepted connections on port " + port + within
                            + listening.advice(attempt, container, port)
                            + lastLines(attempt, container));
        }
        return failed(
                attempt,
                container,
                first.getKey() + " did not become healthy" + within + "Last: "
                        + first.getValue().why() + ".");
    }

    private ProblemException failed(Attempt attempt, Container container, String what) {
        return Attempt.failure(
                "health-check-failed",
                "The health check never passed",
                what + " Look at the log for what it lacks, or change the health check."
                        + lastLines(attempt, container));
    }

    private ProblemException ended(Attempt attempt, Container container) {
        Container.State state = container.state();
        String why = !state.error().isBlank()
                ? "could not be started: " + state.error()
                : state.oomKilled()
                        ? "was ended since it wanted more memory than it may have. Raise the memory limit."
                        : "ended by itself" + exitCode(attempt, container) + ".";
        return Attempt.failure(
                "container-exited",
                "The container ended",
                container.name() + " " + why + lastLines(attempt, container));
    }

    private static String exitCode(Attempt attempt, Container container) {
        OptionalInt code = container.state().running()
                ? attempt.docker().containers().exitCodeBeforeRestart(container)
                : OptionalInt.of(container.state().exitCode());
        return code.isPresent() ? " with exit code " + code.getAsInt() : "";
    }

    /** What the container printed last, for the deployment's log and its problem. */
    private String lastLines(Attempt attempt, Container container) {
        List<String> lines = replicas.lastLines(attempt, container.id(), SHOWN_LINES);
        if (lines.isEmpty()) {
            return " It printed nothing.";
        }
        lines.forEach(
                line -> attempt.log().printed(Step.CHECKING, container.name().value(), line));
        return " Its last lines:\n" + String.join("\n", lines);
    }
}
