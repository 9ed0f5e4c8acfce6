package dev.havenkeep.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an engine's containers, networks, volumes and images. Read by one thread; closing from another one
 * ends it. It does not reconnect: whoever watches must look at what there is after each new beginning anyway.
 */
public final class EngineEvents implements AutoCloseable {

    /**
     * Something that happened.
     *
     * @param type for example {@code container}
     * @param action for example {@code die}
     * @param id of the container, network, volume or image
     * @param attributes its labels and more, such as {@code exitCode}
     */
    public record Event(String type, String action, String id, Map<String, String> attributes, Instant at) {}

    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final long NANOS = 1_000_000_000L;

    private final EngineCalls calls;
    private final EngineHttp.Streaming answer;
    private final BufferedReader lines;
    private volatile boolean closed;

    private EngineEvents(EngineCalls calls, EngineHttp.Streaming answer) {
        this.calls = calls;
        this.answer = answer;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    static EngineEvents open(EngineCalls calls, Map<String, String> labels, @Nullable Instant since) {
        EngineRequest request =
                EngineRequest.get("/events").with("filters", calls.json().labelFilter(labels));
        if (since != null) {
            request = request.with("since", time(since));
        }
        EngineHttp.Streaming answer = calls.http().open(request, OPEN);
        if (answer.status() != 200) {
            try (answer) {
                throw EngineProblems.refused(
                        answer.status(), calls.json().message(answer.body().readNBytes(64 * 1024)));
            } catch (IOException e) {
                throw EngineProblems.unreachable(e);
            }
        }
        return new EngineEvents(calls, answer);
    }

    /** A time as the engine takes it: seconds since the epoch, with nine decimals. */
    static String time(Instant at) {
        return at.getEpochSecond() + "." + String.valueOf(NANOS + at.getNano()).substring(1);
    }

    /**
     * Waits for the next event.
     *
     * @return absent after a close
     * @throws dev.havenkeep.kernel.ProblemException {@code engine-unreachable} when the connection broke off
     */
    public @Nullable Event next() {
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                if (!line.isBlank()) {
                    Wire.EventMessage message =
                            calls.json().read(line.getBytes(StandardCharsets.UTF_8), Wire.EventMessage.class);
                    return new Event(
                            message.type(),
                            message.action(),
                            message.actor().id() == null ? "" : message.actor().id(),
                            Wire.orEmpty(message.actor().attributes()),
                            Instant.ofEpochSecond(message.timeNano() / NANOS, message.timeNano() % NANOS));
                }
            }
        } catch (IOException e) {
            if (closed) {
                return null;
            }
            throw EngineProblems.unreachable(e);
        }
        if (closed) {
            return null;
        }
        throw EngineProblems.unreachable(null);
    }

    @Override
    public void close() {
        closed = true;
        Images.closeQuietly(answer);
    }
}
