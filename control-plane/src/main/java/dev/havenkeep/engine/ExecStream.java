package dev.havenkeep.engine;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.servers.EventQueue;
import dev.havenkeep.servers.Execution;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A command inside a container. */
final class ExecStream implements Execution {

    private static final int KILLED = 128 + 9;

    private final EngineCalls calls;
    private final String id;
    private final EngineHttp.Hijacked stream;
    private final EventQueue events = new EventQueue();

    private ExecStream(EngineCalls calls, String id, EngineHttp.Hijacked stream) {
        this.calls = calls;
        this.id = id;
        this.stream = stream;
    }

    static ExecStream start(EngineCalls calls, Deadlines deadlines, ContainerRef container, ExecSpec spec) {
        String id = create(calls, container, spec);
        EngineHttp.Hijacked stream;
        try {
            stream = calls.http()
                    .hijack(
                            EngineRequest.post("/exec/" + id + "/start")
                                    .body(new EngineRequest.Body.Json(
                                            calls.json().write(Map.of("Detach", false, "Tty", false)))),
                            Docker.QUICK);
        } catch (EngineHttp.RefusedUpgrade e) {
            throw EngineProblems.refused(e.status(), calls.json().message(e.body()));
        }
        ExecStream execution = new ExecStream(calls, id, stream);
        Deadlines.Timer timer = deadlines.start(execution::pastDeadline, spec.deadline());
        Thread.ofVirtual().name("exec-stdin").start(() -> execution.feed(spec));
        Thread.ofVirtual().name("exec-output").start(() -> execution.pump(timer));
        return execution;
    }

    @Override
    public Event next() {
        return events.take();
    }

    @Override
    public void close() {
        events.cut(new Event.Exited(KILLED));
        closeStream();
    }

    private void pastDeadline() {
        events.end(new Event.DeadlineExceeded());
        closeStream();
    }

    private void feed(ExecSpec spec) {
        try {
            spec.stdin().writeTo(stream.duplex().out());
            stream.duplex().closeOutput();
        } catch (IOException e) {
            // The command ended without reading all of its input, which is its right.
            System.getLogger(ExecStream.class.getName())
                    .log(System.Logger.Level.DEBUG, "A command took no more input", e);
        }
    }

    private void pump(Deadlines.Timer timer) {
        StdFrames frames = new StdFrames(stream.in(), true);
        try (timer) {
            StdFrames.Piece piece;
            while ((piece = frames.next()) != null) {
                if (!events.put(new Event.Output(piece.channel(), piece.bytes()))) {
                    return;
                }
            }
            Wire.ExecInspection ended =
                    calls.get(EngineRequest.get("/exec/" + id + "/json"), Wire.ExecInspection.class, Docker.QUICK);
            if (ended.running() || ended.exitCode() == null) {
                events.fail(EngineProblems.unreachable(null));
            } else {
                events.end(new Event.Exited(ended.exitCode()));
            }
        } catch (IOException e) {
            events.fail(EngineProblems.unreachable(e));
        } catch (ProblemException e) {
            events.fail(e);
        } finally {
            closeStream();
        }
    }

    private void closeStream() {
        try {
            stream.close();
        } catch (IOException e) {
            System.getLogger(ExecStream.class.getName())
                    .log(System.Logger.Level.DEBUG, "A stream to the engine closed badly", e);
        }
    }

    private static String create(EngineCalls calls, ContainerRef container, ExecSpec spec) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("AttachStdin", true);
        body.put("AttachStdout", true);
        body.put("AttachStderr", true);
        body.put("Tty", false);
        body.put("Cmd", spec.argv());
        body.put(
                "Env",
                new TreeMap<>(spec.environment())
                        .entrySet().stream()
                                .map(entry ->
                                        entry.getKey() + "=" + entry.getValue().reveal())
                                .toList());
        if (spec.user() != null) {
            body.put("User", spec.user());
        }
        EngineHttp.Reply reply =
                calls.exchange(EngineRequest.post(Containers.path(container) + "/exec"), body, Docker.QUICK);
        return switch (reply.status()) {
            case 404 ->
                throw new ProblemException(
                        Problem.notFound("There is no container " + container.value() + " on the server."));
            case 409 ->
                throw new ProblemException(Problem.conflict(
                        "container-not-running",
                        "The container does not run",
                        "The container " + container.value() + " does not run, so nothing can be run in it."));
            default ->
                calls.json()
                        .read(calls.success(reply).body(), Wire.Created.class)
                        .id();
        };
    }
}
