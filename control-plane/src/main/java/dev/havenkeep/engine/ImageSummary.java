package dev.havenkeep.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An image in a list. */
public record ImageSummary(
        String id, List<String> tags, Map<String, String> labels, long sizeBytes, Instant createdAt) {

    /** The image itself, by its id. */
    public ImageReference reference() {
        return ImageReference.ofId(id);
    }
}
