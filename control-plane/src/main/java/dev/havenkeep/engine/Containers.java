package dev.havenkeep.engine;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.type.TypeReference;

/** The containers of one engine. */
public final class Containers {

    private static final TypeReference<List<Wire.ContainerListed>> LIST = new TypeReference<>() {};

    private final EngineCalls calls;
    private final Deadlines deadlines;

    Containers(EngineCalls calls, Deadlines deadlines) {
        this.calls = calls;
        this.deadlines = deadlines;
    }

    /** How the making of a container came out. */
    public sealed interface Created {

        /** It was made now, and has not been started. */
        record Fresh(ContainerId id) implements Created {}

        /** There is a container of this name already, perhaps another one. */
        record NameTaken() implements Created {}
    }

    /** How the waiting for a container came out. */
    public sealed interface Ended {

        /** It ended; 128 + n when signal n ended it. */
        record Exited(int code) implements Ended {}

        /** It still ran at the deadline. */
        record StillRunning() implements Ended {}

        /** There is no such container. */
        record Absent() implements Ended {}
    }

    /**
     * What a container has used; counters grow from its start.
     *
     * @param memoryBytes without the page cache that the kernel may take back
     * @param memoryLimitBytes what it may use; the server's memory when it has no limit
     */
    public record Usage(long cpuNanos, long memoryBytes, long memoryLimitBytes, long receivedBytes, long sentBytes) {}

    /**
     * Makes a container, joined to all of its networks. An image that the engine does not have is the problem {@code
     * image-not-found}; nothing is fetched here.
     */
    public Created create(ContainerSpec spec) {
        EngineHttp.Reply reply = calls.exchange(
                EngineRequest.post("/containers/create")
                        .with("name", spec.name().value()),
                ContainerJson.of(spec),
                Docker.CHANGE);
        if (reply.status() == 409) {
            return new Created.NameTaken();
        }
        ContainerId id = new ContainerId(calls.json()
                .read(calls.success(reply).body(), Wire.Created.class)
                .id());
        try {
            join(id, spec);
        } catch (ProblemException e) {
            remove(id);
            throw e;
        }
        return new Created.Fresh(id);
    }

    /** Joins a container to those of its networks that it was not made in; may be repeated. */
    void join(ContainerRef container, ContainerSpec spec) {
        Networks networks = new Networks(calls);
        spec.networks().stream().skip(1).forEach(more -> {
            if (networks.connect(more.network(), container, more.aliases()) == Change.ABSENT) {
                throw EngineProblems.refused(404, "network " + more.network() + " not found");
            }
        });
    }

    /** Starts a container; {@link Change#ALREADY} when it runs. */
    public Change start(ContainerRef container) {
        return calls.change(EngineRequest.post(path(container) + "/start"), Docker.CHANGE);
    }

    /**
     * Asks a container to end, and kills it when it has not ended after the grace period. Waits until it has ended.
     * {@link Change#ALREADY} when it does not run.
     */
    public Change stop(ContainerRef container, Duration grace) {
        return calls.change(
                EngineRequest.post(path(container) + "/stop").with("t", Long.toString(grace.toSeconds())),
                grace.plus(Docker.CHANGE));
    }

    /** Kills a container at once; {@link Change#ALREADY} when it does not run. */
    public Change kill(ContainerRef container) {
        EngineHttp.Reply reply = calls.exchange(EngineRequest.post(path(container) + "/kill"), Docker.CHANGE);
        return reply.status() == 409 ? Change.ALREADY : calls.change(reply);
    }

    /** Removes a container, killing it if it runs, and its nameless volumes; named volumes stay. */
    public Change remove(ContainerRef container) {
        EngineHttp.Reply reply = calls.exchange(
                EngineRequest.delete(path(container)).with("force", "1").with("v", "1"), Docker.CHANGE);
        // 409: it is being removed by somebody else.
        return reply.status() == 409 ? Change.ALREADY : calls.change(reply);
    }

    /** The container, if there is one. */
    public Optional<Container> inspect(ContainerRef container) {
        return calls.find(EngineRequest.get(path(container) + "/json"), Wire.ContainerInspection.class)
                .map(Wire.ContainerInspection::toContainer);
    }

    /** The containers, running or not, that have all of these labels; an empty value stands for any. */
    public List<ContainerSummary> list(Map<String, String> labels) {
        return calls
                .get(
                        EngineRequest.get("/containers/json")
                                .with("all", "1")
                                .with("filters", calls.json().labelFilter(labels)),
                        LIST)
                .stream()
                .map(Wire.ContainerListed::toSummary)
                .toList();
    }

    /** Waits until a container has ended, for as long as the deadline. A container that never ran has not ended. */
    public Ended await(ContainerRef container, Duration deadline) {
        EngineHttp.Reply reply;
        try {
            reply = calls.exchange(EngineRequest.post(path(container) + "/wait"), deadline);
        } catch (ProblemException e) {
            if (e.problem().code().equals("engine-timeout")) {
                return new Ended.StillRunning();
            }
            throw e;
        }
        if (reply.status() == 404) {
            return new Ended.Absent();
        }
        Wire.Waited waited = calls.json().read(calls.success(reply).body(), Wire.Waited.class);
        if (waited.error() != null) {
            throw EngineProblems.refused(500, waited.error().message());
        }
        return new Ended.Exited(waited.statusCode());
    }

    /**
     * The exit code of the end that the engine followed by starting the container again. While it runs, its own state
     * no longer tells: the engine clears the code with every start. Empty when it was never started again, and when so
     * much has happened on the engine since that it no longer remembers (it keeps its last 256 events).
     */
    public OptionalInt exitCodeBeforeRestart(Container container) {
        Instant startedAt = container.state().startedAt();
        if (container.restarts() == 0 || startedAt == null) {
            return OptionalInt.empty();
        }
        EngineRequest request = EngineRequest.get("/events")
                .with("since", "1")
                .with("until", EngineEvents.time(startedAt))
                .with("filters", calls.json().eventFilter(container.id(), "die"));
        return calls
                .json()
                .lines(calls.success(calls.exchange(request, Docker.QUICK)).body(), Wire.EventMessage.class)
                .stream()
                .map(event -> Wire.orEmpty(event.actor().attributes()).get("exitCode"))
                .filter(Objects::nonNull)
                .mapToInt(Integer::parseInt)
                .reduce((_, later) -> later);
    }

    /**
     * Opens a container's log. Close it when it is not wanted any more.
     *
     * @throws ProblemException 404 {@code not-found} when there is no such container
     */
    public LogStream logs(ContainerRef container, LogOptions options) {
        Container found = inspect(container)
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "There is no container " + container.value() + " on the server; it may have been replaced.")));
        return new LogStream(calls, this, found, options);
    }

    /**
     * Runs a command inside a running container. Closing the execution or its deadline ends the connection; the engine
     * has no way to end the command itself, which then ends by its next write.
     *
     * @throws ProblemException 404 {@code not-found} when there is no such container, 409 {@code container-not-running}
     */
    public Execution exec(ContainerRef container, ExecSpec spec) {
        return ExecStream.start(calls, deadlines, container, spec);
    }

    /** What a running container has used; empty when it does not exist or does not run. */
    public Optional<Usage> usage(ContainerRef container) {
        return calls.find(
                        EngineRequest.get(path(container) + "/stats")
                                .with("stream", "0")
                                .with("one-shot", "1"),
                        Wire.Statistics.class)
                .filter(statistics -> statistics.memory().limit() > 0)
                .map(Containers::usage);
    }

    static String path(ContainerRef container) {
        return "/containers/" + container.value();
    }

    private static Usage usage(Wire.Statistics statistics) {
        Map<String, Long> memory = Wire.orEmpty(statistics.memory().stats());
        // The name differs between cgroup v1 and v2.
        long cache = memory.getOrDefault("total_inactive_file", memory.getOrDefault("inactive_file", 0L));
        Map<String, Wire.NetworkStatistics> networks = Wire.orEmpty(statistics.networks());
        return new Usage(
                statistics.cpu().use().totalNanos(),
                Math.max(statistics.memory().usage() - cache, 0),
                statistics.memory().limit(),
                networks.values().stream()
                        .mapToLong(Wire.NetworkStatistics::received)
                        .sum(),
                networks.values().stream()
                        .mapToLong(Wire.NetworkStatistics::sent)
                        .sum());
    }
}
