package dev.havenkeep.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (HTML Living Standard, section 9.2), and takes up again where the connection broke. */
final class EventSource {

    private static final int MOST_FAILURES = 10;
    private static final long FIRST_MILLIS = 2_000;
    private static final long IDLE_MILLIS = 500;
    private static final long PAUSE_MILLIS = 1_000;

    private final Api api;
    private final String path;

    EventSource(Api api, String path) {
        this.api = api;
        this.path = path;
    }

    /** An event. */
    record Event(String name, String data) {}

    /** Takes an event; false ends the reading. */
    @FunctionalInterface
    interface Listener {
        boolean on(Event event);
    }

    /** Reads until the listener has enough, or, unless it is endless, until the server ends the stream. */
    void read(boolean endless, Listener listener) {
        Position position = new Position();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try (InputStream in = api.stream(path, "text/event-stream", position.lastId)) {
                boolean more = read(in, position, listener);
                if (!more || (!endless && position.ended)) {
                    return;
                }
                failures = position.moved ? 1 : failures + 1;
            } catch (IOException e) {
                failures = position.moved ? 1 : failures + 1;
                if (failures >= MOST_FAILURES || (failures == 1 && position.lastId == null && !position.moved)) {
                    throw api.unreachable(e);
                }
            }
            position.moved = false;
            pause();
        }
    }

    /** Reads what is there, until nothing came for a while. */
    void readWhatIsThere(Listener listener) {
        Position position = new Position();
        try (InputStream in = api.stream(path, "text/event-stream", null)) {
            Thread watch = Thread.ofVirtual().start(() -> closeWhenIdle(in, position));
            try {
                read(in, position, listener);
            } finally {
                watch.interrupt();
            }
        } catch (IOException e) {
            if (!position.idle) {
                throw api.unreachable(e);
            }
        }
    }

    private static void closeWhenIdle(InputStream in, Position position) {
        try {
            long pause = FIRST_MILLIS;
            do {
                position.moved = false;
                Thread.sleep(pause);
                pause = IDLE_MILLIS;
            } while (position.moved);
            position.idle = true;
            in.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean read(InputStream in, Position position, Listener listener) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        String name = "message";
        String id = position.lastId;
        String line = reader.readLine();
        while (line != null) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    position.lastId = id;
                    position.moved = true;
                    data.setLength(data.length() - 1);
                    if (!listener.on(new Event(name, data.toString()))) {
                        return false;
                    }
                }
                data.setLength(0);
                name = "message";
            } else if (!line.startsWith(":")) {
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                value = value.startsWith(" ") ? value.substring(1) : value;
                switch (field) {
                    case "data" -> data.append(value).append('\n');
                    case "event" -> name = value;
                    case "id" -> id = value;
                    default -> {
                        // Fields that we do not know are read over, as the standard says.
                    }
                }
            }
            line = reader.readLine();
        }
        position.ended = true;
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("Interrupted", "The stream was not read to its end.");
        }
    }

    private static final class Position {
        private @Nullable String lastId;
        private volatile boolean moved;
        private volatile boolean idle;
        private boolean ended;
    }
}
