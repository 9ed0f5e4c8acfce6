package dev.havenkeep.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image that the engine has.
 *
 * @param id {@code sha256:…}, the same wherever this very image is
 * @param tags the names that it has here
 * @param digests repository and manifest digest of each registry that it came from
 * @param sizeBytes its layers together
 * @param exposedPorts what it says it listens on, for example {@code 80/tcp}
 * @param healthChecked whether it brings a health check of its own
 * @param user who it runs as; empty for root
 */
public record Image(
        String id,
        List<String> tags,
        List<String> digests,
        long sizeBytes,
        Map<String, String> labels,
        List<String> exposedPorts,
        boolean healthChecked,
        String user) {

    /** The manifest digest that the image has in the reference's repository, if it came from there. */
    public Optional<String> digestIn(ImageReference reference) {
        String prefix = reference.repository() + "@";
        return digests.stream()
                .filter(digest -> digest.startsWith(prefix))
                .map(digest -> digest.substring(prefix.length()))
                .findFirst();
    }

    /** The image itself, by its id. */
    public ImageReference reference() {
        return ImageReference.ofId(id);
    }
}
