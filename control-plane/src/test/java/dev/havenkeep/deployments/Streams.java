package dev.havenkeep.deployments;

import dev.havenkeep.testing.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A reader of server-sent events (WHATWG HTML section 9.2). */
public final class Streams implements AutoCloseable {

    private final BufferedReader reader;

    /** One event. */
    public record Event(@Nullable String id, String name, String data) {}

    private Streams(BufferedReader reader) {
        this.reader = reader;
    }

    public static Streams open(Client client, String path) {
        HttpResponse<InputStream> response = client.stream(path);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " was answered with " + response.statusCode());
        }
        return new Streams(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** The next event; absent at the end of the stream. */
    public @Nullable Event next() {
        try {
            String id = null;
            String name = null;
            StringBuilder data = new StringBuilder();
            String line;
            while ((line = reader.readLine()) != null) {
                if (line.isEmpty() && name != null) {
                    return new Event(id, name, data.toString());
                }
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All events up to the first one like this, with it. */
    public List<Event> until(Predicate<Event> last) {
        List<Event> events = new ArrayList<>();
        Event event;
        while ((event = next()) != null) {
            events.add(event);
            if (last.test(event)) {
                break;
            }
        }
        return events;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
