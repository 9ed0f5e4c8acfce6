package dev.havenkeep.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An image that is being fetched. Read {@link #next} until it gives {@link Event.Done}; a failure, such as an image
 * that the registry does not have, is thrown from there. Closing from another thread ends it.
 */
public final class Pull implements AutoCloseable {

    /** What happens while an image is fetched. */
    public sealed interface Event {

        /**
         * A layer came further.
         *
         * @param layer the layer's short id; empty when it is about the image as a whole
         * @param status the engine's words, for example {@code Downloading}
         * @param current bytes so far; 0 when it is not about bytes
         * @param total bytes in all; 0 when not known
         */
        record Progress(String layer, String status, long current, long total) implements Event {}

        /**
         * The engine has the image.
         *
         * @param digest its manifest's digest in the registry; absent when the engine did not keep it
         */
        record Done(Image image, @Nullable String digest) implements Event {}
    }

    private final EngineHttp.Streaming answer;
    private final EngineCalls calls;
    private final Images images;
    private final ImageReference reference;
    private final BufferedReader lines;
    private volatile boolean closed;
    private @Nullable String digest;

    Pull(EngineHttp.Streaming answer, EngineCalls calls, Images images, ImageReference reference) {
        this.answer = answer;
        this.calls = calls;
        this.images = images;
        this.reference = reference;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /**
     * Waits for the next event.
     *
     * @throws dev.havenkeep.kernel.ProblemException {@code image-not-found}, {@code image-access-denied}, {@code
     *     disk-full}, {@code cancelled} after a close, or another of the engine's
     */
    public Event next() {
        try {
            if (answer.status() != 200) {
                throw EngineProblems.refused(
                        answer.status(), calls.json().message(answer.body().readNBytes(64 * 1024)));
            }
            String line;
            while ((line = lines.readLine()) != null) {
                if (!line.isBlank()) {
                    return progress(calls.json().read(line.getBytes(StandardCharsets.UTF_8), Wire.PullMessage.class));
                }
            }
        } catch (IOException e) {
            throw closed ? EngineProblems.closed() : EngineProblems.unreachable(e);
        }
        Image image =
                images.inspect(reference).orElseThrow(() -> EngineProblems.refused(404, "No such image: " + reference));
        return new Event.Done(
                image, digest != null ? digest : image.digestIn(reference).orElse(null));
    }

    /** Reads the pull to its end, handing each step to the listener. */
    public Event.Done await(java.util.function.Consumer<Event.Progress> listener) {
        while (true) {
            switch (next()) {
                case Event.Progress progress -> listener.accept(progress);
                case Event.Done done -> {
                    return done;
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Images.closeQuietly(answer);
    }

    private Event progress(Wire.PullMessage message) {
        if (message.error() != null) {
            throw EngineProblems.refused(500, message.error());
        }
        String status = message.status() == null ? "" : message.status();
        if (status.startsWith("Digest: ")) {
            digest = status.substring("Digest: ".length()).strip();
        }
        Wire.PullDetail detail = message.detail();
        return new Event.Progress(
                message.id() == null ? "" : message.id(),
                status,
                detail == null ? 0 : detail.current(),
                detail == null ? 0 : detail.total());
    }
}
