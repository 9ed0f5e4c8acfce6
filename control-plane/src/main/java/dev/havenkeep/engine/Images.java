package dev.havenkeep.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The images of one engine. */
public final class Images {

    private static final TypeReference<List<Wire.ImageListed>> LIST = new TypeReference<>() {};
    private static final Duration LOAD = Duration.ofMinutes(30);
    /** A registry may take its time before the first word. */
    private static final Duration FIRST_PROGRESS = Duration.ofMinutes(2);

    private final EngineCalls calls;

    Images(EngineCalls calls) {
        this.calls = calls;
    }

    /** The image of this name or id, if the engine has it. */
    public Optional<Image> inspect(ImageReference reference) {
        return calls.find(EngineRequest.get(path(reference) + "/json"), Wire.ImageInspection.class)
                .map(Wire.ImageInspection::toImage);
    }

    /** The images that have all of these labels. */
    public List<ImageSummary> list(Map<String, String> labels) {
        return calls
                .get(
                        EngineRequest.get("/images/json")
                                .with("filters", calls.json().labelFilter(labels)),
                        LIST)
                .stream()
                .map(Wire.ImageListed::toSummary)
                .toList();
    }

    /**
     * Begins to fetch an image from its registry. Read the pull to its end; closing it ends it.
     *
     * @param credentials absent for an image that anybody may fetch
     */
    public Pull pull(ImageReference reference, @Nullable RegistryCredentials credentials) {
        if (reference.local()) {
            throw EngineProblems.refused(404, "No such image: " + reference);
        }
        String version = reference.digest() != null ? reference.digest() : reference.tag();
        EngineRequest request = EngineRequest.post("/images/create")
                .with("fromImage", reference.repository())
                .with("tag", version == null ? "latest" : version);
        if (credentials != null) {
            request = request.header("X-Registry-Auth", authentication(reference, credentials));
        }
        EngineHttp.Streaming answer = calls.http().open(request, FIRST_PROGRESS);
        return new Pull(answer, calls, this, reference);
    }

    /** Gives an image one more name; {@link Change#ABSENT} when there is no such image. */
    public Change tag(ImageReference image, ImageReference name) {
        return calls.change(
                EngineRequest.post(path(image) + "/tag")
                        .with("repo", name.repository())
                        .with("tag", name.tag() == null ? "latest" : name.tag()),
                Docker.CHANGE);
    }

    /**
     * Takes a name off an image, and the image itself when that was its last one; given an id, all of its names.
     * {@link Change#IN_USE} when a container has it: nothing is ever forced away from a container.
     */
    public Change remove(ImageReference reference) {
        if (reference.local()) {
            Optional<Image> image = inspect(reference);
            if (image.isPresent() && usedByContainer(reference)) {
                return Change.IN_USE;
            }
            // The engine refuses to remove by id what has several names.
            image.ifPresent(found -> found.tags().forEach(tag -> removeOne(ImageReference.parse(tag))));
            Change last = removeOne(reference);
            return image.isPresent() && last == Change.ABSENT ? Change.DONE : last;
        }
        return removeOne(reference);
    }

    private boolean usedByContainer(ImageReference image) {
        EngineRequest request = EngineRequest.get("/containers/json")
                .with("all", "1")
                .with("filters", calls.json().text(Map.of("ancestor", List.of(image.toString()))));
        return !calls.get(request, new TypeReference<List<Wire.ContainerListed>>() {})
                .isEmpty();
    }

    private Change removeOne(ImageReference reference) {
        EngineRequest request = EngineRequest.delete(path(reference));
        EngineHttp.Reply reply = calls.exchange(request, Docker.CHANGE);
        return reply.status() == 409 ? Change.IN_USE : calls.change(reply);
    }

    /** Loads images from the stream of a tar archive as {@code docker save} writes it. */
    public void load(InputStream archive) {
        EngineRequest request = EngineRequest.post("/images/load")
                .with("quiet", "1")
                .body(new EngineRequest.Body.Stream("application/x-tar", archive));
        EngineHttp.Reply reply = calls.success(calls.exchange(request, LOAD));
        failIfReported(reply);
    }

    /**
     * Makes an image of a file system, as {@code docker import} does.
     *
     * @param archive a tar archive of the whole file system
     * @param changes Dockerfile instructions that set the image's configuration
     */
    public Image importArchive(InputStream archive, ImageReference name, List<String> changes) {
        EngineRequest request = EngineRequest.post("/images/create")
                .with("fromSrc", "-")
                .with("repo", name.repository())
                .with("tag", name.tag() == null ? "latest" : name.tag())
                .with("changes", String.join("\n", changes))
                .body(new EngineRequest.Body.Stream("application/x-tar", archive));
        failIfReported(calls.success(calls.exchange(request, LOAD)));
        return inspect(name).orElseThrow(() -> EngineProblems.refused(404, "No such image: " + name));
    }

    private void failIfReported(EngineHttp.Reply reply) {
        for (String line : new String(reply.body(), StandardCharsets.UTF_8).split("\n")) {
            if (line.contains("\"error\"")) {
                Wire.PullMessage message =
                        calls.json().read(line.getBytes(StandardCharsets.UTF_8), Wire.PullMessage.class);
                throw EngineProblems.refused(500, String.valueOf(message.error()));
            }
        }
    }

    private String authentication(ImageReference reference, RegistryCredentials credentials) {
        String domain = String.valueOf(reference.domain());
        byte[] json = calls.json()
                .write(Map.of(
                        "username", credentials.username(),
                        "password", credentials.password().reveal(),
                        "serveraddress", domain.equals("docker.io") ? "https://index.docker.io/v1/" : domain));
        return Base64.getUrlEncoder().encodeToString(json);
    }

    /** A reference's slashes are part of the path that the engine knows, and its other characters need no escape. */
    private static String path(ImageReference reference) {
        return "/images/" + reference;
    }

    /** Closes a stream whose work is over or not wanted any more. */
    static void closeQuietly(EngineHttp.Streaming answer) {
        try {
            answer.close();
        } catch (IOException e) {
            System.getLogger(Images.class.getName())
                    .log(System.Logger.Level.DEBUG, "A stream to the engine closed badly", e);
        }
    }
}
